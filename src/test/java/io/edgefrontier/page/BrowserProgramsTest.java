package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserProgramsTest {
  @TempDir private Path one;
  @TempDir private Path two;

  @Test
  void findsBrowserAndDriverInDifferentFolders() throws IOException {
    Path browser = program(two, "chromium");
    Path driver = program(one, "chromedriver");
    assertEquals(Optional.of(new BrowserPrograms(browser, driver)), BrowserPrograms.on(path()));
  }

  @Test
  void prefersTheFirstFolderAsAShellDoes() throws IOException {
    Path browser = program(one, "chromium");
    program(two, "chromium");
    Path driver = program(two, "chromedriver");
    assertEquals(Optional.of(new BrowserPrograms(browser, driver)), BrowserPrograms.on(path()));
  }

  @Test
  void findsNothingWhenEitherIsMissing() throws IOException {
    assertTrue(BrowserPrograms.on("").isEmpty());
    program(one, "chromium");
    assertTrue(BrowserPrograms.on(path()).isEmpty(), "no driver");
    Files.createFile(two.resolve("chromedriver"));
    assertTrue(BrowserPrograms.on(path()).isEmpty(), "not executable");
  }

  private String path() {
    return one + File.pathSeparator + File.pathSeparator + two;
  }

  private static Path program(Path folder, String name) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
