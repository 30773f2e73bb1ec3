package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.function.Function;

/**
 * One column of the result table, whatever the table is written in.
 *
 * @param title one or two words
 * @param unit empty for what has none
 * @param right whether the text is aligned right, as numbers are
 * @param expendable whether a narrow terminal may do without it
 * @param text of a row that did not fail
 */
record Column(
    String title, String unit, boolean right, boolean expendable, Function<SweepRow, String> text) {

  static Column number(String title, String unit, Function<SweepRow, String> text) {
    return new Column(title, unit, true, false, text);
  }

  static Column words(String title, String unit, Function<SweepRow, String> text) {
    return new Column(title, unit, false, false, text);
  }

  Column asExpendable() {
    return new Column(title, unit, right, true, text);
  }
}
