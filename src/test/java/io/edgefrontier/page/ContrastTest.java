package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the measurement of contrast against ratios that are known: #767676 on white is 4.54 : 1.
 */
class ContrastTest {
  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private Path folder;

  @Test
  void acceptsTheLightestGreyThatTheGuidelineDoes() throws IOException {
    assertEquals(
        List.of(),
        failures(
            """
            <p style="color:#767676">text</p>
            <p style="background:#767676;color:white">text</p>
            <p style="opacity:.54;color:black">text</p>
            <svg><text y="20" style="fill:#767676">text</text></svg>
            <svg><rect width="90" height="30" fill="black"/><text y="20" fill="#757575">text</text></svg>
            <p hidden style="color:#eee">text</p>
            <input value="text" style="color:#767676;background:white">
            """));
  }

  @Test
  void refusesTheNextLighterOne() throws IOException {
    for (String body :
        List.of(
            "<p style='color:#777'>text</p>",
            "<div style='background:#777'><p style='color:white'>text</p></div>",
            "<p style='opacity:.53;color:black'>text</p>",
            "<svg><text y='20' fill='#777'>text</text></svg>",
            "<svg><rect width='90' height='30' fill='#ccc'/><text y='20' fill='#767676'>text</text></svg>",
            "<input placeholder='text' style='background:white'><style>::placeholder{color:#777}</style>")) {
      assertEquals(1, failures(body).size(), body);
    }
  }

  @Test
  void refusesTextOnAGroundThatDependsOnTheBrowser() throws IOException {
    EXTENSION.browser().open(page("<p>text</p>", "transparent"));
    assertEquals(List.of("'text' has no ground that the page sets"), measured());
  }

  private List<?> failures(String body) throws IOException {
    EXTENSION.browser().open(page(body, "white"));
    return measured();
  }

  private static List<?> measured() throws IOException {
    Map<?, ?> result = (Map<?, ?>) EXTENSION.browser().runFile("contrast.js", 4.5);
    return (List<?>) result.get("failures");
  }

  private Path page(String body, String ground) throws IOException {
    return Files.writeString(
        folder.resolve("page.html"),
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>t</title><body style='background:"
            + ground
            + "'>"
            + body);
  }
}
