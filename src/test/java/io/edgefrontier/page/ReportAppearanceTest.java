package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at the report of a real run in both colour schemes, on a telephone and on paper. */
class ReportAppearanceTest {
  private static final String GROUND = "return getComputedStyle(document.body).backgroundColor";

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

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyTextStandsOutFromItsGround(String scheme) throws IOException {
    browser.emulate("", scheme);
    unfold();
    Map<?, ?> result = (Map<?, ?>) browser.runFile("contrast.js", 4.5);
    assertTrue(((Number) result.get("checked")).intValue() > 300, result::toString);
    assertEquals(List.of(), result.get("failures"));
  }

  /** Opens everything, in a window that holds all of it. */
  private void unfold() {
    report.unfold();
    browser.settle();
    browser.resize(2600, browser.number("return document.documentElement.scrollHeight"));
    browser.resize(2600, browser.number("return document.documentElement.scrollHeight"));
    browser.settle();
  }

  @Test
  void followsTheSchemeOfTheSystem() {
    assertEquals("rgb(255, 255, 255)", browser.text(GROUND));
    browser.emulate("", "dark");
    browser.settle();
    assertTrue(brightness() < 60, () -> browser.text(GROUND));
    browser.emulate("", "light");
    browser.settle();
    assertEquals("rgb(255, 255, 255)", browser.text(GROUND));
  }

  private int brightness() {
    return browser.number(
        GROUND + ".match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void changesTheSchemeByItsButton(String scheme) {
    browser.emulate("", scheme);
    browser.settle();
    String before = browser.text(GROUND);
    String pressed = browser.find("#theme").getDomAttribute("aria-pressed");
    browser.click(browser.find("#theme"));
    assertNotEquals(before, browser.text(GROUND));
    assertNotEquals(pressed, browser.find("#theme").getDomAttribute("aria-pressed"));
    browser.click(browser.find("#theme"));
    assertEquals(before, browser.text(GROUND));
    assertEquals(pressed, browser.find("#theme").getDomAttribute("aria-pressed"));
  }

  @Test
  void fitsATelephone() {
    browser.resize(360, 740);
    browser.settle();
    assertEquals(List.of(), report.wider());
    assertEquals(
        List.of(),
        browser.texts(
            """
            return Array.from(document.querySelectorAll('button, input, select')).filter(element => {
              const box = element.getBoundingClientRect();
              const scrolls = element.closest('.wide');
              return scrolls === null && box.width > 0 && (box.left < 0 || box.right > 360);
            }).map(element => element.outerHTML.slice(0, 100));
            """),
        "controls outside");
  }

  @Test
  void printsTablesAndPicturesButNoControls() {
    browser.emulate("print", "light");
    browser.resize(688, 1016); // A4 at 96 pixels an inch, without the margins of 14 mm
    browser.settle();
    for (String shown :
        List.of("#recommendation", "#plot svg", "#table", "#environment", "#method")) {
      assertTrue(browser.find(shown).isDisplayed(), shown);
    }
    for (String hidden : List.of("nav", "#theme", "#budget", "#filter", "#x-axis")) {
      assertTrue(!browser.find(hidden).isDisplayed(), hidden);
    }
    assertEquals(
        List.of(),
        browser.texts(
            """
            return Array.from(document.querySelectorAll('table, .wide, .chart, svg')).filter(element => {
              const box = element.getBoundingClientRect();
              return box.width > 0 && (box.right > innerWidth || element.scrollWidth > element.clientWidth
                && getComputedStyle(element).overflowX !== 'visible');
            }).map(element => element.outerHTML.slice(0, 100) + element.getBoundingClientRect().right);
            """),
        "cut off at the edge of the paper");
  }

  @Test
  void printsInLightColoursInADarkScheme() {
    browser.emulate("print", "dark");
    browser.settle();
    assertTrue(brightness() > 200, () -> browser.text(GROUND));
  }
}
