package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Shows that the browser notices what the tests of the page rely on its noticing. */
class BrowserTest {
  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private Path folder;

  private final Browser browser = EXTENSION.browser();

  @Test
  void noticesAnythingThatAPageAsksTheNetworkFor() throws IOException {
    open(
        """
        <link rel="stylesheet" href="https://styles.invalid/a.css">
        <img src="http://pictures.invalid/a.png" alt="">
        <script>
          fetch('http://data.invalid/').catch(() => {});
          new WebSocket('ws://socket.invalid/').onerror = () => {};
          navigator.sendBeacon('http://beacon.invalid/');
        </script>
        """);
    List<String> requests = browser.requests();
    for (String address :
        List.of(
            "https://styles.invalid/a.css",
            "http://pictures.invalid/a.png",
            "http://data.invalid/",
            "ws://socket.invalid/",
            "http://beacon.invalid/")) {
      assertTrue(requests.contains(address), () -> address + " is not among " + requests);
    }
    assertTrue(
        browser.console().stream().anyMatch(line -> line.contains("ERR_NAME_NOT_RESOLVED")),
        "no name may be resolved");
  }

  @Test
  void noticesAnErrorThatNobodyCaught() throws IOException {
    open("<script>throw new Error('on purpose')</script>");
    List<String> console = browser.console();
    assertEquals(1, console.size(), console::toString);
    assertTrue(console.get(0).matches("(?s)SEVERE .*Error: on purpose.*"), console::toString);
  }

  @Test
  void noticesWhatIsWrittenToTheConsole() throws IOException {
    open("<script>console.debug('a word')</script>");
    assertTrue(browser.console().get(0).contains("a word"));
  }

  @Test
  void showsTheSchemeMediumAndSizeThatItIsToldTo() throws IOException {
    open("<p>text</p>");
    assertEquals(List.of("false", "false", "1280"), media());
    browser.emulate("print", "dark");
    browser.resize(360, 800);
    assertEquals(List.of("true", "true", "360"), media());
    open("<p>text</p>");
    assertEquals(List.of("false", "false", "1280"), media());
  }

  private List<String> media() {
    return browser.texts(
        """
        return [matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('print').matches,
          innerWidth]
        """);
  }

  @Test
  void pressesKeysAsAPersonDoes() throws IOException {
    open("<input id='a'><input id='b' type='range' min='0' max='3' value='0'>");
    browser.press(Keys.TAB, "x", Keys.TAB, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertEquals(List.of("x", "2"), browser.texts("return [a.value, b.value]"));
  }

  private void open(String body) throws IOException {
    Path file = folder.resolve("page.html");
    Files.writeString(
        file, "<!doctype html><html lang='en'><meta charset='utf-8'><title>t</title>" + body);
    browser.open(file);
  }
}
