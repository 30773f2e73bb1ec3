package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishInPlaceTest {
  private static final String RUN = "results/runs/fe767307/" + PublishedRunFolder.NAME;
  private static final String END = "<!-- END:edge-frontier -->";

  @TempDir private Path folder;
  private Path run;
  private Path readme;

  @BeforeEach
  void copyARun() throws IOException {
    run = PublishedRunFolder.copyTo(folder);
    readme = folder.resolve("README.md");
  }

  @Test
  void bringsTextUpToDateOnce() throws IOException {
    write(readme, "# Mine\n\n%s\n%s\n\nThe end.", begin(RUN), END);

    Execution update = publish("--update", readme);
    assertEquals(0, update.exitCode(), update.err());
    assertEquals(readme + ": updated, 1 of 1 block\n", update.out());
    String text = Files.readString(readme);
    assertTrue(text.startsWith("# Mine\n\n" + begin(RUN) + "\n\n"), text);
    assertTrue(text.endsWith("\n\n" + END + "\n\nThe end."), text);
    assertTrue(text.contains("| 0.487 ± 0.004 |") || text.contains("0.487 ± 0.004"), text);
    assertTrue(text.contains("Archive: " + RUN + "/variants/resnet8-p0.0-int8.pt"), text);

    assertEquals(readme + ": up to date, 1 block\n", publish("--update", readme).out());
    assertEquals(0, publish("--check", readme).exitCode());
    assertEquals(text, Files.readString(readme));
  }

  @Test
  void saysWhereATextIsStaleAndChangesNothing() throws IOException {
    write(readme, "%s\n%s\n\n%s\n%s\n", begin(RUN), END, begin(RUN + " --content summary"), END);
    publish("--update", readme);
    String changed = Files.readString(readme).replace("16 cells, 14 accepted", "16 cells, all");
    Files.writeString(readme, changed);
    List<String> lines = changed.lines().toList();
    int marker = 1 + lines.indexOf(begin(RUN + " --content summary"));

    Execution check = publish("--check", readme);

    assertEquals(ExitCode.STALE, check.exitCode());
    assertEquals(
        """
        %s:%d: stale: %s --content summary
          line %d
            says     16 cells, all. Accepted: model_memory_mb <= 0.15 MiB. Tracked budgets: 0.05, 0.1, 0.2 MiB.
            expected 16 cells, 14 accepted. Accepted: model_memory_mb <= 0.15 MiB. Tracked budgets: 0.05, 0.1, 0.2 MiB.
        Bring up to date with: java -jar benchmarks.jar publish --update %s
        """
            .formatted(readme, marker, RUN, marker + 4, readme),
        check.out());
    assertEquals(changed, Files.readString(readme));
    assertEquals(readme + ": updated, 1 of 2 blocks\n", publish("--update", readme).out());
  }

  @Test
  void noticesThatTheRunHasChanged() throws IOException {
    write(readme, "%s\n%s\n", begin(RUN), END);
    publish("--update", readme);
    Path sweep = run.resolve("sweep_results.csv");
    String before = Files.readString(sweep);
    String after = before.replace("resnet8,0,fp32,1,1,false,", "resnet8,0,fp32,1,1,true,");
    assertNotEquals(before, after);
    Files.writeString(sweep, after);

    assertEquals(ExitCode.STALE, publish("--check", readme).exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "page", "summary", "pictures"})
  void linksToFilesFromWhereverTheTextLies(String content) throws IOException {
    Files.createDirectory(folder.resolve("docs"));
    Path text = folder.resolve("docs/results.md");
    write(text, "- Results\n\n  %s\n  %s\n", begin("'../" + RUN + "/' --content " + content), END);

    Execution update = publish("--update", text);

    assertEquals(0, update.exitCode(), update.err());
    String written = Files.readString(text);
    List<String> links =
        Pattern.compile("(?:\\]\\(|(?:src|srcset)=\")([^)\"]+)")
            .matcher(written)
            .results()
            .map((MatchResult link) -> link.group(1))
            .toList();
    int expected = content.equals("page") ? 17 : content.equals("pictures") ? 3 : 0;
    assertTrue(links.size() >= expected, written);
    links.forEach(link -> assertTrue(Files.exists(text.resolveSibling(link)), link));
    assertTrue(
        content.equals("pictures") || written.contains("../" + RUN + "/variants/resnet8-p0.0-int8"),
        written);
    assertTrue(written.lines().skip(1).allMatch(line -> line.isEmpty() || line.startsWith("  ")));
  }

  @Test
  void showsPicturesForBothGrounds() throws IOException {
    write(readme, "%s\n%s\n", begin(RUN + " --content pictures"), END);

    publish("--update", readme);

    StringBuilder expected = new StringBuilder(begin(RUN + " --content pictures")).append("\n\n");
    for (String axis : List.of("latency", "energy", "memory", "size", "cold_start")) {
      expected.append(
          """
          <picture>
            <source media="(prefers-color-scheme: dark)" srcset="%s/frontier_%s_dark.svg">
            <img alt="Accuracy against %s" src="%s/frontier_%s_light.svg">
          </picture>

          """
              .formatted(RUN, axis, axis.replace('_', ' '), RUN, axis));
    }
    assertEquals(expected.append(END).append('\n').toString(), Files.readString(readme));
  }

  @Test
  void writesAllFilesOrNone() throws IOException {
    write(readme, "%s\n%s\n", begin(RUN), END);
    Path bad = folder.resolve("bad.md");
    write(bad, "\n%s\n%s\n%s\n%s\n", begin("results/runs/gone"), END, begin("x --sort"), END);
    Path none = folder.resolve("none.md");
    write(none, "Write `%s`.\n", begin("x"));
    String before = Files.readString(readme);

    Execution update = publish("--update", readme, bad, none, folder.resolve("gone.md"));

    assertEquals(2, update.exitCode());
    assertEquals(before, Files.readString(readme));
    assertEquals(
        """
        error: %s:2: no run 'results/runs/gone'; expected its folder, relative to that of the file
        %s:4: Missing required parameter for option '--sort' ([-]COLUMN)
        %s: has no marker; expected a line <!-- BEGIN:edge-frontier RUN OPTIONS --> and below it <!-- END:edge-frontier -->
        %s: no such file
        """
            .formatted(bad, bad, none, folder.resolve("gone.md")),
        update.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "latest | no run 'latest'; expected its folder",
        "baseline:main | no run 'baseline:main'; expected its folder",
        "/tmp | found '/tmp', expected a path relative to the file",
        ". | sweep_results.csv: no such file; expected the folder of a run",
        "README.md | no run 'README.md'; expected its folder",
        "RUN --content story | unknown content 'story'; available: table, page, summary, pictures",
        "RUN RUN --content page | --content page: expected one run, found 2",
        "RUN --content page --columns latency | --content page: expected no option of tables",
        "RUN --content summary --format html | --content summary: expected no option of tables",
        "RUN --format csv | --format csv: expected markdown or html, since it stands in Markdown",
        "RUN --columns speed | speed",
        "RUN --update README.md | Unknown option: '--update'",
        "RUN --output x.md | Unknown option: '--output'",
        "@args | no run '@args'",
        "--sort latency | expected one run or more",
      })
  void namesTheMarkerThatAsksForWhatIsNotThere(String arguments, String expected)
      throws IOException {
    write(readme, "\n%s\n%s\n", begin(arguments.replace("RUN", RUN)), END);
    write(folder.resolve("args"), "%s", RUN);

    for (String option : List.of("--update", "--check")) {
      Execution done = publish(option, readme);

      assertEquals(2, done.exitCode(), done.out());
      assertTrue(done.err().startsWith("error: " + readme + ":2: "), done.err());
      assertTrue(done.err().contains(expected), done.err());
    }
  }

  @Test
  void takesEverythingElseFromTheMarkers() throws IOException {
    write(readme, "%s\n%s\n", begin(RUN), END);

    for (String[] others :
        new String[][] {
          {"latest"}, {"--check", "x.md"}, {"--columns", "latency"}, {"--output", "x.md"}
        }) {
      String[] words = new String[others.length + 3];
      words[0] = "publish";
      System.arraycopy(others, 0, words, 1, others.length);
      words[others.length + 1] = "--update";
      words[others.length + 2] = readme.toString();
      Execution done = Execution.of(words);

      assertEquals(2, done.exitCode(), done.out());
      assertTrue(done.err().contains("expected files and nothing else"), done.err());
      assertTrue(done.err().contains("found " + others[0]), done.err());
    }
  }

  @Test
  void noTextOfARunLeavesItsBlock() throws IOException {
    Path environment = run.resolve("environment.json");
    String evil = "```\\n\\n%s\\n%s\\n\\n# Free\\n".formatted(END, begin("evil"));
    Files.writeString(
        environment,
        Files.readString(environment)
            .replaceFirst(
                "\"command\": \\[", "\"command\": [\"%s\",".formatted(evil).replace("\\", "\\\\"))
            .replaceFirst("\"cpu\": \"", "\"cpu\": \"%s".formatted(evil).replace("\\", "\\\\")));
    write(readme, "%s\n%s\nAfter\n%s\n%s\n", begin(RUN), END, begin(RUN + " --content page"), END);

    assertEquals(0, publish("--update", readme).exitCode());

    String text = Files.readString(readme);
    assertTrue(text.contains("# Free"), "the test's text is in it");
    assertEquals(2, text.lines().filter(line -> line.contains(END)).count(), text);
    assertFalse(text.contains(begin("evil")), text);
    assertEquals(0, publish("--check", readme).exitCode());
  }

  @Test
  void keepsALinkToAFile() throws IOException {
    Path file = folder.resolve("REAL.md");
    write(file, "%s\n%s\n", begin(RUN), END);
    Files.createSymbolicLink(readme, Path.of("REAL.md"));

    assertEquals(0, publish("--update", readme).exitCode());

    assertTrue(Files.isSymbolicLink(readme));
    assertTrue(Files.readString(file).contains("int8"));
  }

  @Test
  void leadsFromTheOutputToTheRun() throws IOException {
    Path text = folder.resolve("docs/page.md");

    Execution done =
        Execution.of("publish", run.toString(), "--content", "page", "--output", text.toString());

    assertEquals(0, done.exitCode(), done.err());
    assertTrue(Files.readString(text).contains("](../" + RUN + "/sweep_results.csv)"));
  }

  private static Execution publish(String option, Path... files) {
    String[] words = new String[files.length + 2];
    words[0] = "publish";
    words[1] = option;
    for (int i = 0; i < files.length; i++) {
      words[i + 2] = files[i].toString();
    }
    return Execution.of(words);
  }

  private static String begin(String arguments) {
    return "<!-- BEGIN:edge-frontier " + arguments + " -->";
  }

  private static void write(Path file, String format, Object... arguments) throws IOException {
    Files.writeString(file, format.formatted(arguments));
  }
}
