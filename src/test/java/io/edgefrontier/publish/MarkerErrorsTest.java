package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerErrorsTest {
  private static final String SYNTAX =
      "expected <!-- BEGIN:edge-frontier RUN OPTIONS --> or <!-- END:edge-frontier -->, alone on"
          + " its line";

  /** A semicolon ends a line; {@code SYNTAX} stands for what every such message ends with. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '^',
      value = {
        "a;<!-- BEGIN:edge-frontier r -->;b => 2: this marker has no end; expected"
            + " <!-- END:edge-frontier --> below it",
        "<!-- BEGIN:edge-frontier r -->;```;<!-- END:edge-frontier --> => 1: this marker has no end;"
            + " expected <!-- END:edge-frontier --> below it outside of the code that the fence in"
            + " line 2 begins",
        "<!-- END:edge-frontier --> => 1: an end without a beginning; expected"
            + " <!-- BEGIN:edge-frontier RUN OPTIONS --> above it",
        "<!-- BEGIN:edge-frontier r -->;<!-- BEGIN:edge-frontier s -->;<!-- END:edge-frontier -->"
            + " => 2: a marker within the one of line 1; expected its <!-- END:edge-frontier -->"
            + " first",
        "<!-- BEGIN:edge-frontier r -->;<!-- END:edge-frontier -->;<!-- END:edge-frontier --> => 3: an"
            + " end without a beginning; expected <!-- BEGIN:edge-frontier RUN OPTIONS --> above it",
        "<!-- BEGIN:edge-frontier r;--sort x => 1: this marker is not closed; expected -->",
        "<!-- BEGIN:edge-frontier --> => 1: this marker names no run; SYNTAX",
        "<!-- BEGIN:edge-frontier 'a --> => 1: the quote ' before 'a' is not closed",
        "<!-- BEGIN:edge-frontier r --> text => 1: text after a marker; SYNTAX",
        "text <!-- BEGIN:edge-frontier r --> => 1: text before a marker; SYNTAX",
        "text;      <!-- BEGIN:edge-frontier r --> => 2: a marker indented like code; expected at most"
            + " 3 spaces more than the text above",
        "<!-- begin:edge-frontier r --> => 1: found '<!-- begin:edge-frontier r -->'; SYNTAX",
        "<!-- BEGIN: edge-frontier r --> => 1: found '<!-- BEGIN: edge-frontier r -->'; SYNTAX",
        "<!-- BEGIN:edge-frontier2 r --> => 1: found '<!-- BEGIN:edge-frontier2 r -->'; SYNTAX",
        "<!-- BEGIN:edgefrontier r --> => 1: found '<!-- BEGIN:edgefrontier r -->'; SYNTAX",
        "<!-- END:edge-frontier r --> => 1: found '<!-- END:edge-frontier r -->'; SYNTAX",
        "> <!-- END:edge-frontier => 1: found '<!-- END:edge-frontier'; SYNTAX",
      })
  void namesFileAndLine(String text, String expected) {
    Exception error =
        assertThrows(
            IOException.class, () -> MarkedFile.of("docs/a.md", text.replace(";", "\n")), text);

    assertEquals("docs/a.md:" + expected.replace("SYNTAX", SYNTAX), error.getMessage());
  }
}
