package io.edgefrontier.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The programs that a browser test runs.
 *
 * @param browser Chromium or Chrome
 * @param driver chromedriver of the same version
 */
record BrowserPrograms(Path browser, Path driver) {
  static final String MISSING =
      "needs chromium and chromedriver on the PATH;"
          + " on Debian: apt-get install chromium chromium-driver";

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  /**
   * Looks for the programs. Selenium is given their paths, so that it neither searches nor
   * downloads.
   *
   * @param searchPath folders as in the environment variable PATH
   * @return empty unless both are there
   */
  static Optional<BrowserPrograms> on(String searchPath) {
    List<Path> folders =
        Arrays.stream(searchPath.split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();
    return BROWSERS.stream()
        .flatMap(name -> find(name, folders).stream())
        .findFirst()
        .flatMap(
            browser ->
                find("chromedriver", folders).map(driver -> new BrowserPrograms(browser, driver)));
  }

  private static Optional<Path> find(String name, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
