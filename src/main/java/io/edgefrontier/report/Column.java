package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.function.Function;

/**
 * One column of the result table, whatever the table is written in.
 *
 * @param title one or two words
 * @param unit empty for what has none
 * @param right whether the text is aligned right, as numbers are
 * @param dropOrder when a narrow terminal does without it, from 1 for what goes first; 0 is never
 * @param text of a row that did not fail
 */
record Column(
    String title, String unit, boolean right, int dropOrder, Function<SweepRow, String> text) {

  static Column number(String title, String unit, Function<SweepRow, String> text) {
    return new Column(title, unit, true, 0, text);
  }

  static Column words(String title, String unit, Function<SweepRow, String> text) {
    return new Column(title, unit, false, 0, text);
  }

  Column dropped(int order) {
    return new Column(title, unit, right, order, text);
  }
}
