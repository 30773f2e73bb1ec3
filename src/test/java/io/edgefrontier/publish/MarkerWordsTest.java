package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "runs/a --sort latency => runs/a|--sort|latency",
        "` \t runs/a\n  --sort\r\n latency ` => runs/a|--sort|latency",
        "\"my runs/a\" --title='a \"b\" c' => my runs/a|--title=a \"b\" c",
        "a'b c'd\"e f\" => ab cde f",
        "'' a => |a",
        "C:\\runs\\a => C:\\runs\\a"
      })
  void readsWordsAsAShellDoes(String text, String expected) {
    assertEquals(List.of(expected.split("\\|", -1)), MarkerWords.of(text));
  }

  @Test
  void readsBackWhatItWrites() {
    List<String> words = List.of("runs/a", "a b", "", "it's", "say \"so\"", "'\"'", "\\", "\t");

    assertEquals(words, MarkerWords.of(MarkerWords.text(words)));
    assertEquals("runs/a --sort latency", MarkerWords.text(List.of("runs/a", "--sort", "latency")));
  }

  @Test
  void saysWhichQuoteIsOpen() {
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> MarkerWords.of("a 'b c --sort latency"));

    assertEquals("the quote ' before 'b c --sort latency' is not closed", error.getMessage());
  }
}
