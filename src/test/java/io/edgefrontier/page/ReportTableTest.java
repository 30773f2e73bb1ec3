package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Sorts and filters the table of a real run's report. */
class ReportTableTest {
  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private static Path folder;

  private static Path page;

  private final Browser browser = EXTENSION.browser();
  private final ReportPage report = new ReportPage(browser);

  @BeforeAll
  static void report() throws IOException {
    page = PublishedRun.copy(folder.resolve("run")).page();
  }

  @BeforeEach
  void open() {
    browser.open(page);
  }

  @Test
  void sortsByEveryColumnBothWays() {
    List<String> columns = report.columns();
    assertTrue(columns.size() > 10, columns::toString);
    for (String column : columns) {
      browser.click(button(column));
      if (state(column).equals("descending")) { // by this column already
        browser.click(button(column));
      }
      assertSorted(column, "ascending", order(column));
      report.focus(selector(column));
      browser.press(Keys.ENTER);
      assertSorted(column, "descending", order(column).reversed());
      browser.press(Keys.SPACE);
      assertSorted(column, "ascending", order(column));
    }
  }

  private void assertSorted(String column, String state, Comparator<String> order) {
    assertEquals(state, state(column), column);
    assertEquals(
        1,
        browser.findAll("#table th[aria-sort=ascending], #table th[aria-sort=descending]").size(),
        "one column says that it is sorted by");
    List<String> shown = report.column(column);
    assertEquals(sorted(shown, order), shown, column + " " + state);
    assertEquals(16, new TreeSet<>(report.column("id")).size(), "all cells are there");
  }

  private static List<String> sorted(List<String> texts, Comparator<String> order) {
    List<String> sorted = new ArrayList<>(texts);
    Collections.sort(sorted, order);
    return sorted;
  }

  /** Returns the order of a column's texts: by budgets exceeded, by number, or as words. */
  private static Comparator<String> order(String column) {
    return switch (column) {
      case "exceeds" ->
          Comparator.comparingInt(
              text ->
                  text.equals("none") ? 0 : (int) text.chars().filter(c -> c == ',').count() + 1);
      case "id", "precision", "verdict", "frontier" -> Comparator.naturalOrder();
      default -> Comparator.comparingDouble(text -> Double.parseDouble(text.split(" ", 2)[0]));
    };
  }

  private String state(String column) {
    return browser.text(
        "return document.querySelector(arguments[0]).closest('th').getAttribute('aria-sort')",
        selector(column));
  }

  private WebElement button(String column) {
    return browser.find(selector(column));
  }

  private static String selector(String column) {
    return "#table th button[data-column='" + column + "']";
  }

  @Test
  void showsTheRowsThatHaveEveryWordOfTheFilter() {
    report.focus("#filter");
    browser.press("INT8");
    assertEquals(
        List.of("int8"), report.column("precision").stream().distinct().toList(), "any case");
    assertEquals(4, report.column("id").size());
    assertTrue(browser.find("#shown").getText().startsWith("4 of 16"));
    browser.press(" p0.5");
    assertEquals(List.of("resnet8-p0.5-int8"), report.column("id"));
    browser.press("zzz");
    assertEquals(List.of(), report.column("id"));
    assertTrue(browser.find("#shown").getText().startsWith("0 of 16"));
    browser.press(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    assertEquals(16, report.column("id").size());
  }

  @Test
  void filtersByTheVerdictOfTheBudgetAsItMoves() {
    report.focus("#filter");
    browser.press("rejected");
    int before = report.column("id").size();
    report.focus("#budget");
    browser.press(Keys.HOME);
    assertEquals(16, report.column("id").size());
    browser.press(Keys.END);
    assertEquals(0, report.column("id").size());
    assertNotEquals(0, before);
  }

  @Test
  void keepsTheOrderWhenTheBudgetMoves() {
    browser.click(button("size"));
    List<String> before = report.column("id");
    report.focus("#budget");
    browser.press(Keys.END);
    assertEquals(before, report.column("id"));
  }

  @Test
  void tellsAScreenReaderWhatHeadsARow() {
    assertEquals(16, browser.findAll("#table tbody th[scope=row]").size());
    assertEquals(report.columns().size(), browser.findAll("#table thead th[scope=col]").size());
    assertEquals(1, browser.findAll("#table caption").size());
  }
}
