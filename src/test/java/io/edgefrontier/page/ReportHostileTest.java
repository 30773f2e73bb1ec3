package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Opens the report of a run whose every word is an attempt to get into the page. */
class ReportHostileTest {
  @RegisterExtension private static final BrowserExtension EXTENSION = new BrowserExtension();

  @TempDir private static Path folder;

  private static Path page;

  private final Browser browser = EXTENSION.browser();

  @BeforeAll
  static void report() throws IOException {
    page = HostileRun.of(PublishedRun.copy(folder.resolve("run"))).page();
  }

  @BeforeEach
  void open() {
    browser.open(page);
  }

  @Test
  void x() {
    assertEquals("null", browser.text("return window.hacked || null"));
  }
}
