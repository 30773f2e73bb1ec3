package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Plays with the picture of a real run's report. */
class ReportPlotTest {
  private static final String POINT = "#plot g.point";

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
  void placesEveryPointByTheFiguresOfTheAxes() {
    List<String> across = options("#x-axis");
    List<String> up = options("#y-axis");
    assertTrue(
        across.containsAll(List.of("latency", "energy", "memory", "size", "coldStart")),
        across::toString);
    assertTrue(up.contains("accuracy") && up.size() > 1, up::toString);
    for (String x : across) {
      report.choose("#x-axis", x);
      for (String y : up) {
        report.choose("#y-axis", y);
        assertEquals(measured(x, y), browser.findAll(POINT).size(), x + " and " + y);
        assertEquals(List.of(), misplaced(x, y), x + " and " + y);
      }
    }
  }

  /** Returns how many cells have both figures. */
  private int measured(String x, String y) {
    return browser.number(
        """
        const cells = JSON.parse(document.getElementById('run').textContent).cells;
        return cells.filter(cell => arguments[0].every(name => cell[name][0] !== null)).length;
        """,
        List.of(x, y));
  }

  /** Returns pairs of points whose places are in another order than their figures. */
  private List<String> misplaced(String x, String y) {
    return browser.texts(
        """
        const cells = JSON.parse(document.getElementById('run').textContent).cells;
        const points = Array.from(document.querySelectorAll('#plot g.point'), point => {
          const box = point.querySelector('.marker').getBoundingClientRect();
          const cell = cells[Number(point.dataset.index)];
          return { id: cell.id, x: cell[arguments[0]][0], y: cell[arguments[1]][0],
            left: box.left + box.width / 2, bottom: -box.top - box.height / 2 };
        });
        const wrong = (a, b, figure, place) =>
          (a[figure] < b[figure] && a[place] > b[place] + 1) ||
          (a[figure] === b[figure] && Math.abs(a[place] - b[place]) > 1);
        return points.flatMap(a => points
          .filter(b => wrong(a, b, 'x', 'left') || wrong(a, b, 'y', 'bottom'))
          .map(b => a.id + ' and ' + b.id));
        """,
        x,
        y);
  }

  private List<String> options(String selector) {
    return browser.texts(
        "return Array.from(document.querySelectorAll(arguments[0]), option => option.value)",
        selector + " option");
  }

  @Test
  void hidesAPrecisionByTheLegendAndMovesNothing() {
    List<ReportPage.Point> all = report.points();
    List<String> places = places();
    Set<String> precisions = new TreeSet<>();
    for (WebElement box : browser.findAll("#legend input[data-precision]")) {
      precisions.add(box.getDomAttribute("data-precision"));
    }
    assertEquals(Set.of("bf16", "fp16", "fp32", "int8"), precisions);
    for (String precision : precisions) {
      report.focus("#legend input[data-precision='" + precision + "']");
      browser.press(Keys.SPACE);
      assertEquals(
          all.stream().filter(point -> !point.id().endsWith(precision)).collect(Collectors.toSet()),
          Set.copyOf(report.points()));
      assertTrue(places.containsAll(places()), "the others stay where they are");
      browser.press(Keys.SPACE);
      assertEquals(all, report.points());
      assertEquals(places, places());
    }
  }

  private List<String> places() {
    return browser.texts(
        "return Array.from(document.querySelectorAll('#plot .marker'), m => m.getAttribute('d'))");
  }

  @Test
  void saysWhatIsUnderThePointer() {
    assertFalse(browser.find("#tooltip").isDisplayed());
    for (WebElement point : browser.findAll(POINT)) {
      browser.hover(point.findElement(By.cssSelector(".marker")));
      assertTrue(browser.find("#tooltip").isDisplayed());
      assertInsideTheWindow();
    }
    browser.hover(browser.find("h1"));
    assertFalse(browser.find("#tooltip").isDisplayed());
  }

  @Test
  void goesFromPointToPointByArrowKeys() {
    List<ReportPage.Point> points = report.points();
    report.focus("#y-axis");
    browser.run("document.querySelector('#plot g.point').focus()");
    browser.press(Keys.HOME);
    for (ReportPage.Point point : points) {
      assertPointedAt(point);
      browser.press(Keys.ARROW_RIGHT);
    }
    browser.press(Keys.ARROW_UP);
    assertPointedAt(points.get(points.size() - 2));
    browser.press(Keys.HOME);
    assertPointedAt(points.get(0));
    browser.press(Keys.END);
    assertPointedAt(points.get(points.size() - 1));
  }

  private void assertPointedAt(ReportPage.Point point) {
    assertEquals(
        point.words(), browser.text("return document.activeElement.getAttribute('aria-label')"));
    String words = browser.find("#tooltip").getText();
    assertTrue(words.contains(point.id()), () -> point.id() + ": " + words);
    assertTrue(words.contains("%") && words.contains("ms"), words);
    assertInsideTheWindow();
  }

  @Test
  void saysWhatHasTheFocusUntilEscape() {
    browser.resize(360, 740);
    browser.run("document.querySelector('#plot g.point').focus()");
    browser.settle();
    assertPointedAt(report.points().get(0));
    browser.press(Keys.ESCAPE);
    assertFalse(browser.find("#tooltip").isDisplayed());
    browser.press(Keys.ARROW_RIGHT);
    assertPointedAt(report.points().get(1));
    browser.press(Keys.TAB);
    assertFalse(browser.find("#tooltip").isDisplayed());
  }

  private void assertInsideTheWindow() {
    assertEquals(
        "true",
        browser.text(
            """
            const box = document.getElementById('tooltip').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
            """),
        () ->
            browser.text(
                "return JSON.stringify(document.getElementById('tooltip').getBoundingClientRect())"));
  }
}
