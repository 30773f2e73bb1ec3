package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives the tests of a class one browser. After each of them the console must be empty and nothing
 * but files of this machine may have been asked for; one that fails leaves a picture in
 * target/browser.
 *
 * <p>Where there is no browser, the tests are skipped, unless the environment variable
 * EDGE_FRONTIER_BROWSER is {@code required}: then they fail.
 */
final class BrowserExtension
    implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
  private static final Path PICTURES = Path.of("target", "browser");

  private Optional<Browser> browser = Optional.empty();

  Browser browser() {
    return browser.orElseThrow();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<BrowserPrograms> programs =
        BrowserPrograms.on(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    if (programs.isEmpty()) {
      String message = context.getDisplayName() + " " + BrowserPrograms.MISSING;
      if ("required".equals(System.getenv("EDGE_FRONTIER_BROWSER"))) {
        throw new IllegalStateException(message);
      }
      System.out.println("Skipped: " + message); // the build shows no reason of its own
      Assumptions.abort(message);
    }
    browser = programs.map(Browser::start);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      String name = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
      browser().screenshot(PICTURES.resolve(name.replaceAll("[^\\w.-]+", "_") + ".png"));
      return;
    }
    assertEquals(List.of(), browser().console(), "console");
    assertEquals(
        List.of(),
        browser().requests().stream()
            .filter(address -> !address.startsWith("file:"))
            .map(address -> address.substring(0, Math.min(address.length(), 200)))
            .toList(),
        "requests to elsewhere");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    browser.ifPresent(Browser::close);
  }
}
