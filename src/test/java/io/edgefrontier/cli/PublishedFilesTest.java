package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What this repository publishes says what its runs found. */
class PublishedFilesTest {
  @Test
  void theReadmesAreUpToDate() {
    assertTrue(Files.exists(Path.of("pom.xml")), "tests run in the project's folder");

    Execution check = Execution.of("publish", "--check", "README.md", "results/README.md");

    assertEquals(0, check.exitCode(), check.out() + check.err());
  }
}
