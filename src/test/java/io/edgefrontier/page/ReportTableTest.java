package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** Comes last in either order. */
  private static final String ABSENT = "-";

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
      assertSorted(column, false);
      report.focus(selector(column));
      browser.press(Keys.ENTER);
      assertSorted(column, true);
      browser.press(Keys.SPACE);
      assertSorted(column, false);
    }
  }

  private void assertSorted(String column, boolean descending) {
    String state = descending ? "descending" : "ascending";
    assertEquals(state, state(column), column);
    assertEquals(
        1,
        browser.findAll("#table th[aria-sort=ascending], #table th[aria-sort=descending]").size(),
        "one column says that it is sorted by");
    List<String> shown = report.column(column);
    List<String> expected = new ArrayList<>(shown);
    Comparator<String> order = descending ? order(column).reversed() : order(column);
    expected.sort(Comparator.comparing((String text) -> text.equals(ABSENT)).thenComparing(order));
    assertEquals(expected, shown, column + " " + state);
    assertEquals(16, new TreeSet<>(report.column("id")).size(), "all cells are there");
  }

  /** Returns the order of a column's texts: by budgets exceeded, as words, or by number. */
  private static Comparator<String> order(String column) {
    return switch (column) {
      case "exceeds" -> Comparator.comparingInt(ReportTableTest::budgets);
      case "id", "precision", "verdict", "frontier" -> Comparator.naturalOrder();
      default ->
          Comparator.comparingDouble(
              text -> text.equals(ABSENT) ? 0 : Double.parseDouble(text.split(" ", 2)[0]));
    };
  }

  private static int budgets(String text) {
    return text.equals("none") ? 0 : text.split(",", -1).length;
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
    browser.pressHolding(Keys.CONTROL, "a");
    browser.press(Keys.DELETE);
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
