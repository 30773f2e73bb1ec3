package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Uses the report of a real run without a mouse, and as a screen reader would. */
class ReportKeyboardTest {
  /** Stops that the real run's page has at the very least: its points and its sortable columns. */
  private static final int FEWEST_STOPS = 40;

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
  void reachesEveryControlWithTheTabKeyInTheOrderOfThePage() throws IOException {
    report.unfold();
    int count = stops();
    List<Integer> reached = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      browser.press(Keys.TAB);
      reached.add(browser.number("return stops.indexOf(document.activeElement)"));
    }
    assertEquals(IntStream.range(0, count).boxed().toList(), reached);
    for (int i = count - 2; i >= 0; i--) {
      browser.pressHolding(Keys.SHIFT, Keys.TAB);
      assertEquals(i, browser.number("return stops.indexOf(document.activeElement)"), "backwards");
    }
  }

  @Test
  void showsWhereTheFocusIs() throws IOException {
    report.unfold();
    int count = stops();
    List<String> unseen = new ArrayList<>();
    browser.press(Keys.TAB); // from here on the browser takes focus for the keyboard's
    for (int i = 0; i < count; i++) {
      WebElement element =
          (WebElement)
              browser.run(
                  """
                  const stop = stops[arguments[0]];
                  stop.focus();
                  stop.scrollIntoView({ block: 'center' });
                  return stop;
                  """,
                  i);
      browser.settle();
      Map<?, ?> place = browser.surroundings(element);
      BufferedImage focused = browser.picture(place);
      browser.run("arguments[0].blur()", element);
      browser.settle();
      int changed = differences(focused, browser.picture(place));
      // An outline of one pixel has twice as many.
      if (changed < focused.getWidth() + focused.getHeight() - 32) {
        unseen.add(
            changed
                + " pixels: "
                + browser.text("return arguments[0].outerHTML.slice(0, 200)", element));
      }
    }
    assertEquals(List.of(), unseen);
  }

  private int stops() throws IOException {
    int count = ((Number) browser.runFile("stops.js")).intValue();
    assertTrue(count > FEWEST_STOPS, () -> "only " + count + " stops");
    return count;
  }

  /** Returns how many pixels differ between pictures of one size. */
  private static int differences(BufferedImage a, BufferedImage b) {
    int count = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        count += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void tellsAScreenReaderTheNameOfEverythingThatNeedsOne() {
    report.unfold();
    List<Accessibility.Node> named =
        Accessibility.tree(browser).stream().filter(Accessibility.Node::needsName).toList();
    assertTrue(named.size() > FEWEST_STOPS, named::toString);
    assertEquals(List.of(), named.stream().filter(node -> node.name().isEmpty()).toList());
  }

  @Test
  void hasOneHeadingOfTheFirstLevelAndSkipsNoLevel() {
    List<String> levels =
        browser.texts(
            "return Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), h => h.tagName)");
    assertEquals("H1", levels.get(0));
    assertEquals(1, levels.stream().filter("H1"::equals).count(), levels::toString);
    for (int i = 1; i < levels.size(); i++) {
      assertTrue(levels.get(i).charAt(1) - levels.get(i - 1).charAt(1) <= 1, levels::toString);
    }
  }

  @Test
  void hasNoIdTwice() {
    List<String> ids =
        browser.texts("return Array.from(document.querySelectorAll('[id]'), e => e.id)");
    assertEquals(ids.stream().distinct().toList(), ids);
  }
}
