package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaleBlockTest {
  private static final String FILE =
      """
      # Mine

      <!-- BEGIN:edge-frontier runs/a -->

      same
      old

      <!-- END:edge-frontier -->

      <!-- BEGIN:edge-frontier runs/b -->

      same

      <!-- END:edge-frontier -->
      """;

  @Test
  void namesMarkerAndFirstLineThatDiffers() throws IOException {
    assertEquals(
        List.of(
            """
            README.md:3: stale: runs/a
              line 6
                says     old
                expected new"""),
        messages(FILE, "same\nnew", "same"));
  }

  @Test
  void tellsOfEveryBlock() throws IOException {
    assertEquals(
        List.of(
            """
            README.md:3: stale: runs/a
              line 8
                says     (nothing: the block ends before)
                expected more""",
            """
            README.md:10: stale: runs/b
              line 12
                says     same
                expected other"""),
        messages(FILE, "same\nold\n\nmore", "other"));
  }

  @Test
  void tellsOfLinesTooMany() throws IOException {
    assertEquals(
        List.of(
            """
            README.md:3: stale: runs/a
              line 6
                says     old
                expected (a blank line)"""),
        messages(FILE, "same", "same"));
  }

  @Test
  void tellsOfABlockWithoutText() throws IOException {
    String empty = FILE.replace("\nsame\nold\n\n", "");

    assertEquals(
        List.of(
            """
            README.md:3: stale: runs/a
              line 4
                says     (nothing: the block ends before)
                expected (a blank line)"""),
        messages(empty, "same", "same"));
  }

  @Test
  void tellsOfALineEnd() throws IOException {
    String text = FILE.replace("\n", "\r\n").replace("old\r\n", "old\n");

    assertEquals(
        List.of(
            """
            README.md:3: stale: runs/a
              line 6
                says     old\\n
                expected old\\r\\n"""),
        messages(text, "same\nold", "same"));
  }

  @Test
  void showsTheDifferenceInALongLine() throws IOException {
    String longLine = "x".repeat(1000);

    String message = messages(FILE, longLine + "\nold", "same").get(0);
    assertTrue(message.length() < 400, message);
    String far =
        messages(with(longLine + "a" + longLine), longLine + "b" + longLine, "same").get(0);
    assertTrue(far.contains("...xxx") && far.contains("xax") && far.contains("xbx"), far);
  }

  @Test
  void comparesTheSameMarkersOnly() throws IOException {
    MarkedFile file = MarkedFile.of("README.md", FILE);
    MarkedFile other = MarkedFile.of("README.md", "none");

    assertThrows(IllegalArgumentException.class, () -> file.stale(other));
  }

  private static String with(String first) throws IOException {
    return MarkedFile.of("README.md", FILE).with(List.of(first, "same")).text();
  }

  private static List<String> messages(String text, String... expected) throws IOException {
    MarkedFile file = MarkedFile.of("README.md", text);
    return file.stale(file.with(List.of(expected))).stream()
        .map(stale -> stale.message("README.md"))
        .toList();
  }
}
