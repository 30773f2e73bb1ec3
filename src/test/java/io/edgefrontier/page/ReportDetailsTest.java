package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** Holds what a real run's report shows behind the figures against the run's own files. */
class ReportDetailsTest {
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

  @Test
  void drawsTheLatenciesOfEveryCellWithTheMedianThatTheTableHas() {
    assertEquals(16, browser.findAll("#distributions g.distribution").size());
    List<List<String>> rows = figures("#distributions");
    for (int i = 0; i < rows.size(); i++) {
      SweepRow row = decisions.rows().get(i);
      List<String> shown = rows.get(i);
      assertEquals(row.evidence().samples(), Long.parseLong(shown.get(1)), shown::toString);
      double medianMs = row.latency().percentiles().p50Ms();
      assertEquals(medianMs, Double.parseDouble(shown.get(4)), 0.001 * medianMs, shown::toString);
    }
    assertEquals(16, rows.size());
  }

  /** Returns what the folded table below a picture says. */
  private List<List<String>> figures(String section) {
    browser.click(browser.find(section + " summary"));
    List<List<String>> rows = new ArrayList<>();
    for (WebElement row : browser.findAll(section + " tbody tr")) {
      rows.add(browser.texts("return Array.from(arguments[0].children, c => c.innerText)", row));
    }
    return rows;
  }

  @Test
  void drawsTheLayersOfEveryVariantWithTheSumsOfItsArchive() {
    for (SweepRow row : decisions.rows()) {
      Archive archive = row.archive().orElseThrow();
      report.choose("#layer-variant", row.cell().variant().id());
      report.choose("#layer-measure", "macs");
      assertEquals(
          (double) archive.macs().orElseThrow(), total(), 0.006 * archive.macs().orElseThrow());
      report.choose("#layer-measure", "bytes");
      assertEquals((double) archive.modelBytes(), total(), 0.006 * archive.modelBytes());
    }
  }

  /** Returns the sum that the picture of the layers names. */
  private double total() {
    String words = browser.find("#layers svg").getDomAttribute("aria-label");
    String[] parts = words.substring(words.indexOf("in all ") + 7).split(" ", 2);
    double step = parts[1].endsWith("B") ? 1024 : 1000;
    int power = parts[1].startsWith("M") ? 2 : parts[1].matches("[kK].*") ? 1 : 0;
    return Double.parseDouble(parts[0]) * Math.pow(step, power);
  }

  @Test
  void drawsEveryForkThatWasTimed() throws IOException {
    List<JsonObject> forks = new ArrayList<>();
    for (String line : Files.readAllLines(run.file("forks.jsonl"))) {
      JsonObject fork = JsonParser.parseString(line).getAsJsonObject();
      if (fork.get("kind").getAsString().equals("latency")) {
        forks.add(fork);
      }
    }
    assertEquals(forks.size(), browser.findAll("#drift g.fork").size());
    assertEquals(
        forks.stream().filter(fork -> fork.has("disturbed")).count(),
        browser.findAll("#drift g.fork .disturbed").size());
    for (int i = 0; i < decisions.rows().size(); i++) {
      String name = decisions.rows().get(i).cell().variant().id() + "-b1-t1";
      report.choose("#drift-cell", String.valueOf(i));
      for (String measure : List.of("ms", "ratio")) {
        report.choose("#drift-measure", measure);
        assertEquals(
            forks.stream().filter(fork -> fork.get("cell").getAsString().equals(name)).count(),
            browser.findAll("#drift g.fork").size(),
            name);
      }
    }
  }

  @Test
  void linksToFilesThatAreThere() {
    List<String> links =
        browser.texts(
            "return Array.from(document.querySelectorAll('#files a, #archives a'), a => a.href)");
    assertTrue(links.size() >= 16 + 8, links::toString);
    for (String link : links) {
      assertTrue(Files.exists(Path.of(URI.create(link))), link);
    }
    Set<String> shown =
        Set.copyOf(
            browser.texts(
                "return Array.from(document.querySelectorAll('#archives .hash'), e => e.innerText)"));
    for (SweepRow row : decisions.rows()) {
      assertTrue(shown.contains(row.archive().orElseThrow().sha256()));
    }
  }

  @Test
  void saysOnWhatAndHowItWasMeasured() {
    assertEquals("java -jar benchmarks.jar", browser.find("#command").getText());
    String environment = browser.find("#environment").getText();
    for (String fact : List.of("AMD EPYC", "17.0.15+6-Debian-1deb12u1", "2.7.1", "305b5a06")) {
      assertTrue(environment.contains(fact), fact);
    }
    assertTrue(browser.findAll("#method li").size() >= 3);
  }
}
