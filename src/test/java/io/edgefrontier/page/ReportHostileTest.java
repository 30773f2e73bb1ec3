package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Opens the report of a run whose every word is an attempt to get into the page. */
class ReportHostileTest {
  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private static Path folder;

  private static Path page;

  private final Browser browser = EXTENSION.browser();
  private final ReportPage report = new ReportPage(browser);

  @BeforeAll
  static void report() throws IOException {
    page = HostileRun.of(PublishedRun.copy(folder.resolve("run"))).page();
  }

  @BeforeEach
  void open() {
    browser.open(page);
  }

  @Test
  void executesNothingAndParsesNothing() {
    useEverything();
    assertEquals("null", browser.text("return window.hacked === undefined ? null : window.hacked"));
    assertEquals(0, browser.findAll("[data-hostile]").size());
    assertEquals(2, browser.findAll("script").size(), "the page's data and its code");
    assertEquals(
        List.of(),
        browser.texts(
            """
            return Array.from(document.querySelectorAll('*'))
              .flatMap(element => Array.from(element.attributes, attribute => attribute.name))
              .filter(name => name.startsWith('on'));
            """),
        "handlers in attributes");
  }

  /** Brings every foreign word to where it is shown. */
  private void useEverything() {
    report.unfold();
    report.focus("#budget");
    browser.press(Keys.HOME, Keys.END);
    for (String select : List.of("#x-axis", "#drift-cell", "#layer-variant")) {
      for (WebElement option : browser.findAll(select + " option")) {
        browser.click(option);
      }
    }
    for (WebElement point : browser.findAll("#plot g.point")) {
      browser.run("arguments[0].focus()", point);
      browser.settle();
    }
  }

  @Test
  void showsWhatItIsGivenAsText() {
    report.unfold();
    String visible =
        "return document.querySelector(arguments[0]).textContent.includes(arguments[1])";
    for (String place :
        List.of("#recommendation", "#table", "#layers", "#environment", "#command", "#archives")) {
      assertEquals("true", browser.text(visible, place, HostileRun.TEXT), place);
    }
    assertEquals("true", browser.text(visible, "#table", "failed: " + HostileRun.TEXT));
  }

  @Test
  void linksToNothingButFilesOfTheRun() {
    List<String> links =
        browser.texts("return Array.from(document.querySelectorAll('a[href]'), a => a.href)");
    String here = page.getParent().toUri().toString();
    assertTrue(links.size() > 16, links::toString);
    assertEquals(List.of(), links.stream().filter(link -> !link.startsWith(here)).toList());
  }

  @Test
  void staysInsideTheWindow() {
    for (int width : List.of(1280, 360)) {
      browser.resize(width, 800);
      browser.settle();
      assertEquals(List.of(), report.wider(), "at " + width);
    }
  }
}
