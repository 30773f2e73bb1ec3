package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.analysis.BudgetMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Moves the budget of a real run's report, and holds what it shows against the analysis. */
class ReportBudgetTest {
  private static final double ACTIVE_MB = 0.15;
  private static final List<Double> TRACKED_MB = List.of(0.05, 0.1, 0.2);

  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private static Path folder;

  private static PublishedRun run;
  private static Decisions decisions;
  private static Path page;

  private final Browser browser = EXTENSION.browser();
  private final ReportPage report = new ReportPage(browser);

  @BeforeAll
  static void report() throws IOException {
    run = PublishedRun.copy(folder.resolve("run"));
    decisions = Decisions.of(run);
    page = run.page();
  }

  @BeforeEach
  void open() {
    browser.open(page);
  }

  /** Returns every budget at which a decision can change, those of the run, and one too small. */
  private static List<Double> stops() {
    TreeSet<Double> stops = new TreeSet<>(TRACKED_MB);
    stops.add(ACTIVE_MB);
    double least = TRACKED_MB.get(0);
    for (var row : decisions.rows()) {
      double metricMb = BudgetMetric.MODEL_MEMORY_MB.of(row.memory());
      stops.add(metricMb);
      least = Math.min(least, metricMb);
    }
    if (least < TRACKED_MB.get(0)) {
      stops.add(0.0);
    }
    return List.copyOf(stops);
  }

  @Test
  void startsAtTheRunsOwnBudget() {
    assertShows(ACTIVE_MB, "latency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latency", "energy", "memory", "size", "coldStart"})
  void decidesAsTheAnalysisDoesAtEveryStop(String cost) {
    report.choose("#x-axis", cost);
    report.focus("#budget");
    browser.press(Keys.HOME);
    List<Double> stops = stops();
    for (int i = 0; i < stops.size(); i++) {
      assertEquals(i, report.sliderValue());
      assertShows(stops.get(i), cost);
      browser.press(Keys.ARROW_RIGHT);
    }
    assertEquals(stops.size() - 1, report.sliderValue(), "the last stop");
  }

  private void assertShows(double budgetMb, String cost) {
    Decisions expected = decisions.at(budgetMb);
    assertEquals(budgetMb, report.budgetMb(), 0.0005 * budgetMb + 1e-9);
    String at = "at " + budgetMb + " MiB against " + cost;
    List<ReportPage.Point> points = report.points();
    assertEquals(decisions.rows().size(), points.size());
    assertEquals(expected.accepted(), ReportPage.ids(points, ReportPage.Point::accepted), at);
    assertEquals(expected.accepted(), ReportPage.ids(points, ReportPage.Point::filled), at);
    assertEquals(expected.frontier(cost), ReportPage.ids(points, ReportPage.Point::onFrontier), at);
    List<String> ship = expected.recommended().stream().toList();
    assertEquals(ship, List.copyOf(ReportPage.ids(points, ReportPage.Point::recommended)), at);
    assertEquals(ship, List.copyOf(ReportPage.ids(points, ReportPage.Point::ringed)), at);
    assertRecommends(expected.recommended(), at);
    assertTableShows(expected, at);
  }

  private void assertTableShows(Decisions expected, String at) {
    assertEquals(
        expected.accepted(), report.rows("verdict", words -> words.startsWith("accepted")), at);
    assertEquals(
        expected.recommended().stream().collect(Collectors.toSet()),
        report.rows("verdict", words -> words.contains("recommended")),
        at);
    for (String cost : List.of("latency", "energy", "memory")) {
      assertEquals(
          expected.frontier(cost), report.rows("frontier", words -> words.contains(cost)), at);
    }
  }

  @Test
  void returnsToTheRunsOwnBudget() {
    report.focus("#budget");
    browser.press(Keys.END);
    assertEquals(16, ReportPage.ids(report.points(), ReportPage.Point::accepted).size());
    browser.click(browser.find("#budget-reset"));
    assertShows(ACTIVE_MB, "latency");
    assertEquals("budget", browser.text("return document.activeElement.id"));
  }

  private void assertRecommends(Optional<String> ship, String at) {
    String words = browser.find("#recommendation").getText();
    if (ship.isPresent()) {
      assertTrue(words.contains("hip " + ship.get()), () -> at + ": " + words);
      String hash =
          browser.text(
              "return JSON.parse(document.getElementById('run').textContent).cells"
                  + ".find(cell => cell.id === arguments[0]).archive",
              ship.get());
      assertTrue(words.contains(hash), () -> at + ": " + words);
    } else {
      assertTrue(words.contains("othing"), () -> at + ": " + words);
    }
  }
}
