package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.track.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCommandTest {
  /** A run of this project; its latencies rest on a paired reference. */
  private static final String PAIRED = "results/runs/fe767307/20261122T222719Z-305b5a06";

  /** A run that an earlier version made, whose config.yaml has keys of its own. */
  private static final String OLDER = "results/runs/fe767307/20261122T193622Z-bf483b41";

  @TempDir private Path folder;

  @Test
  void publishesARunAndLeavesItsFolderAsItIs() throws IOException {
    Map<Path, Long> before = files();

    Execution done = Execution.of("publish", PAIRED);

    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().startsWith("resnet8 on digits, machine fe767307, commit 305b5a06,"));
    assertTrue(done.out().contains("**0.329 ± 0.006**"), done.out());
    assertTrue(done.out().contains("**99.2 [97.6, 99.7]**"), done.out());
    assertTrue(done.out().endsWith("```sh\njava -jar benchmarks.jar\n```\n"), done.out());
    assertEquals(before, files());
  }

  private static Map<Path, Long> files() throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(Path.of(PAIRED))) {
      for (Path path : paths.toList()) {
        files.put(path, Files.getLastModifiedTime(path).toMillis());
      }
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"markdown", "csv", "latex", "html", "json"})
  void writesAFileThatHasWhatTheOutputWouldHave(String format) throws IOException {
    Path file = folder.resolve("new/table");

    Execution printed = Execution.of("publish", PAIRED, OLDER, "--format", format);
    Execution written =
        Execution.of("publish", PAIRED, OLDER, "--format", format, "--output", file.toString());

    assertEquals(0, printed.exitCode(), printed.err());
    assertEquals(0, written.exitCode(), written.err());
    assertEquals(printed.out(), Files.readString(file));
    assertEquals("", written.out());
    assertTrue(printed.out().contains("bf483b41"), printed.out());
  }

  @Test
  void takesTheWordsOfTheCommandLineFromOthersToo() throws IOException {
    List<String> words =
        List.of(PAIRED, "--columns", "latency,accuracy", "--sort=-accuracy", "--format=csv");

    Runs runs = new Runs(Path.of("results"), "x");
    String text =
        Publication.text(
            PublishRequest.parse(words), name -> new LocatedRun(runs.locate(name), ""));

    assertEquals(
        Execution.of(
                "publish", PAIRED, "--columns=latency,accuracy", "--sort=-accuracy", "--format=csv")
            .out(),
        text);
  }

  @Test
  void refusesAJmhFileWhichHasNoTable() {
    Execution done = Execution.of("publish", PAIRED + "/jmh.json");

    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains("expected the folder of a run that 'merge'"), done.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|expected one run or more, such as 'latest'",
        PAIRED + " --columns latncy|the nearest are latency",
        PAIRED + " --format pdf|unknown format 'pdf'; available: markdown, csv, latex, html, json",
        PAIRED + " --group-by size|cannot group by 'size'; available: model,",
        PAIRED + " --baseline fp8|no baseline variant 'fp8'",
      })
  void refusesWhatItCannotPublish(String wordsAndReason) {
    int bar = wordsAndReason.indexOf('|');
    String words = ("publish " + wordsAndReason.substring(0, bar)).strip();

    Execution done = Execution.of(words.split(" ", -1));

    assertEquals(2, done.exitCode(), done.err());
    String reason = wordsAndReason.substring(bar + 1);
    assertTrue(done.err().contains(reason), done.err());
    assertEquals("", done.out());
  }

  @Test
  void teachesByExample() {
    Execution help = Execution.of("publish", "--help");

    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("publish latest --baseline fp32"), help.out());
  }
}
