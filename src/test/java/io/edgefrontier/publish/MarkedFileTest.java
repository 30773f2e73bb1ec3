package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedFileTest {
  private static final String BEGIN = "<!-- BEGIN:edge-frontier runs/a -->";
  private static final String END = "<!-- END:edge-frontier -->";
  private static final String TABLE = "| a |\n|---|\n| 1 |\n";

  @TempDir private Path folder;

  @Test
  void replacesWhatIsBetweenMarkersAndNothingElse() throws IOException {
    String before = "# Mine\n%s\nold\n%s\n  trailing  \n\n".formatted(BEGIN, END);

    assertEquals(
        "# Mine\n%s\n\n| a |\n|---|\n| 1 |\n\n%s\n  trailing  \n\n".formatted(BEGIN, END),
        with(before, TABLE));
  }

  @Test
  void leavesAFileAloneThatSaysWhatItShould() throws IOException {
    String once = with(BEGIN + "\n" + END, TABLE);

    assertEquals(once, with(once, TABLE));
    assertEquals(List.of(), file(once).stale(file(once).with(List.of(TABLE))));
  }

  @Test
  void givesEachMarkerItsOwnText() throws IOException {
    String before =
        """
        <!-- BEGIN:edge-frontier runs/a --sort latency -->
        <!-- END:edge-frontier -->
        between
        <!--BEGIN:edge-frontier
          "my runs/b"
          --columns latency,accuracy
        -->
        old

        old
        <!--END:edge-frontier-->
        """;
    MarkedFile file = file(before);

    assertEquals(
        List.of(
            new Marker(1, List.of("runs/a", "--sort", "latency")),
            new Marker(4, List.of("my runs/b", "--columns", "latency,accuracy"))),
        file.markers());
    assertEquals(
        """
        <!-- BEGIN:edge-frontier runs/a --sort latency -->

        one

        <!-- END:edge-frontier -->
        between
        <!--BEGIN:edge-frontier
          "my runs/b"
          --columns latency,accuracy
        -->

        two

        <!--END:edge-frontier-->
        """,
        file.with(List.of("one\n", "two\n")).text());
  }

  @Test
  void keepsLineEndsByteOrderMarkAndAMissingLastLineEnd() throws IOException {
    Path path = folder.resolve("README.md");
    Files.writeString(path, "\uFEFF%s\r\nold\r\n%s".formatted(BEGIN, END));
    MarkedFile file = MarkedFile.read(path);

    assertEquals(
        "\uFEFF%s\r\n\r\n| a |\r\n|---|\r\n| 1 |\r\n\r\n%s".formatted(BEGIN, END),
        file.with(List.of(TABLE)).text());
    assertArrayEquals(Files.readAllBytes(path), file.text().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesTheLineEndOfTheMarkerWhereAFileMixesThem() throws IOException {
    String before = "lf\ncrlf\r\ncr\r%s\r\nold\n%s\nlf\n".formatted(BEGIN, END);

    assertEquals(
        "lf\ncrlf\r\ncr\r%s\r\n\r\nnew\r\n\r\n%s\nlf\n".formatted(BEGIN, END), with(before, "new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- item\n\n  @\n  %\n",
        "1. item\n\n   - nested\n\n     @\n     %\n",
        "10) item\n    @\n    %\n",
        "- a\n- b\n\n      code\n\n  @\n  %\n",
        "> quoted\n> @\n> %\n",
        "* * *\n   @\n   %\n",
        "text\n@\n%\ntext\n",
        "\t\n@\n%\n",
        "* item\n\n\t@\n\t%\n",
        "<details>\n@\n%\n</details>\n",
      })
  void writesEveryLineWhereItsMarkerStands(String text) throws IOException {
    String before = text.replace("@", BEGIN).replace("%", END);
    String line = before.lines().filter(l -> l.contains(BEGIN)).findFirst().orElseThrow();
    String prefix = line.substring(0, line.indexOf('<'));
    String blank = prefix.stripTrailing();

    String expected =
        "%s\n%s\n%sone\n%s\n%stwo\n%s\n".formatted(BEGIN, blank, prefix, blank, prefix, blank);
    assertEquals(before.replace(BEGIN + "\n", expected), with(before, "one\n\ntwo\n"));
  }

  @Test
  void standsAtTheBeginningOfAnItem() throws IOException {
    String before = "1. a\n2. %s\n   %s\n".formatted(BEGIN, END);

    assertEquals("1. a\n2. %s\n\n   new\n\n   %s\n".formatted(BEGIN, END), with(before, "new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\n@\n%\n```\n",
        "~~~~md\n```\n~~~\n@\n%\n~~~~\n",
        "- item\n  ```\n  @\n  %\n  ```\n",
        "> ```\n> @\n> %\n> ```\n",
        "````\n```\n@\n%\n",
        "text\n\n    @\n    %\n",
        "-     @\n",
        "\t@\n\n\t%\n",
        "<!-- commented out\n@\n",
        "Write `@` and `%`, or `` ` @``.\n",
        "- `@`\n",
        "| `@` |\n",
      })
  void leavesMarkersInCodeAlone(String text) throws IOException {
    String before = text.replace("@", BEGIN).replace("%", END);

    assertEquals(List.of(), file(before).markers());
    assertEquals(before, file(before).with(List.of()).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\ncode\n```\n@\n%\n",
        "```inline``` code\n@\n%\n",
        "- item\n  ```\n  code\n@\n%\n",
        "> ```\n> code\n\n@\n%\n",
        "    ```\n@\n%\n",
        "~~~\n```\n~~~\n@\n%\n",
        "```\n   ```\n@\n%\n",
        "<!-- a comment -->\n@\n%\n",
        "<!-- a\ncomment -->\n@\n%\n",
        "@\n```\n%\n```\n%\n",
      })
  void findsMarkersAfterCode(String text) throws IOException {
    assertEquals(1, file(text.replace("@", BEGIN).replace("%", END)).markers().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- END:edge-frontier -->\n<!-- BEGIN:edge-frontier evil -->",
        "a\r<!-- END:edge-frontier -->\rb",
        "```\n<!-- END:edge-frontier -->\n```",
        "<!--\nEND:edge-frontier -->",
        "<!<!---- END:edge-frontier -->",
        "half a pair \uD800",
      })
  void noTextLeavesItsBlock(String text) throws IOException {
    String around = "before\n%s\nold\n%s\nafter\n".formatted(BEGIN, END);

    String done = with(around, text);

    assertTrue(done.startsWith("before\n" + BEGIN + "\n\n"), done);
    assertTrue(done.endsWith("\n" + END + "\nafter\n"), done);
    assertEquals(done.indexOf(END), done.lastIndexOf(END));
    assertFalse(done.contains(BEGIN.replace("runs/a", "evil")));
    assertEquals(done, with(done, text));
    byte[] bytes = done.getBytes(StandardCharsets.UTF_8);
    assertEquals(done, new String(bytes, StandardCharsets.UTF_8), "it is read as it was written");
  }

  @Test
  void refusesTextThatHidesItsEnd() throws IOException {
    MarkedFile file = file(BEGIN + "\n" + END);

    Exception error =
        assertThrows(IllegalArgumentException.class, () -> file.with(List.of("```\ncode\n")));

    assertTrue(error.getMessage().contains("breaks a marker: README.md:1"), error.getMessage());
  }

  @Test
  void asksForAnotherRunAndKeepsTheRest() throws IOException {
    String before =
        "- <!-- BEGIN:edge-frontier\r\n  runs/a --title \"a b\"\r\n  -->\r\n  old\r\n  %s\r\n%s\nold\n%s"
            .formatted(END, BEGIN.replace("runs/a", "runs/c"), END);

    MarkedFile changed =
        file(before)
            .asking(words -> words.stream().map(w -> w.equals("runs/a") ? "my b" : w).toList());

    assertEquals(
        "- <!-- BEGIN:edge-frontier \"my b\" --title \"a b\" -->\r\n  old\r\n  %s\r\n%s\nold\n%s"
            .formatted(END, BEGIN.replace("runs/a", "runs/c"), END),
        changed.text());
  }

  @Test
  void startsAFileWithItsMarker() {
    MarkedFile file = MarkedFile.of("README.md", List.of("my runs/a", "--content", "page"));

    assertEquals(
        "<!-- BEGIN:edge-frontier \"my runs/a\" --content page -->\n\nnew\n\n" + END + "\n",
        file.with(List.of("new")).text());
  }

  @Test
  void refusesWhatIsNoMarkdown() throws IOException {
    Path latin = Files.write(folder.resolve("latin.md"), new byte[] {'a', (byte) 0xE9, 'b'});

    assertMessage(latin + ": is not UTF-8", () -> MarkedFile.read(latin));
    assertMessage(folder + ": is a folder", () -> MarkedFile.read(folder));
  }

  private static void assertMessage(
      String expected, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(IOException.class, action).getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  private static MarkedFile file(String text) throws IOException {
    return MarkedFile.of("README.md", text);
  }

  private static String with(String text, String body) throws IOException {
    return file(text).with(List.of(body)).text();
  }
}
