package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.cli.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a real run, and the report that the program writes of it. */
record PublishedRun(Path folder) {
  private static final Path REAL =
      Path.of("results", "runs", "fe767307", "20261122T222719Z-305b5a06");

  /** Copies the run into a folder that does not exist yet. */
  static PublishedRun copy(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(REAL)) {
      paths = found.toList();
    }
    for (Path path : paths) {
      Files.copy(path, folder.resolve(REAL.relativize(path).toString()));
    }
    Files.deleteIfExists(folder.resolve("report.html"));
    return new PublishedRun(folder);
  }

  /** Has the program report on the run, and returns the page. */
  Path page() {
    Execution execution = Execution.of("report", "--run", folder.toString());
    assertEquals(0, execution.exitCode(), execution::err);
    return file("report.html");
  }

  Path file(String name) {
    return folder.resolve(name);
  }
}
