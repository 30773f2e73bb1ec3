package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "abc, 3",
    "0.1 ± 0.2, 9",
    "e\u0301, 1",
    "\u65E5\u672C\u8A9E, 6",
    "\uFF21, 2",
    "\uD55C\uAE00, 4",
    "\u1112\u1161\u11AB, 2",
    "\uD83D\uDE00, 2",
    "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67, 2",
    "\uD83C\uDDE9\uD83C\uDDEA, 2",
    "\uD83D\uDC4D\uD83C\uDFFD, 2",
    "\u2764\uFE0F, 2",
    "\u2764, 1",
    "\u0627\u0644\u0639, 3",
    "a\u200Bb, 2",
  })
  void countsTheColumnsThatPeopleSee(String text, int columns) {
    assertEquals(columns, DisplayWidth.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, ab…",
    "\u65E5\u672C\u8A9E, 5, \u65E5\u672C…",
    "\u65E5\u672C\u8A9E, 4, \u65E5…",
    "e\u0301e\u0301e\u0301, 3, e\u0301e\u0301e\u0301",
  })
  void cutsBetweenWhatPeopleSeeAsCharacters(String text, int columns, String clipped) {
    assertEquals(clipped, DisplayWidth.clip(text, columns));
  }

  @Test
  void endsAHeapOfMarks() {
    String heap = "e" + "\u0301".repeat(100_000);

    assertTrue(DisplayWidth.clip(heap, 80).length() <= 4 * 80 + 1);
  }
}
