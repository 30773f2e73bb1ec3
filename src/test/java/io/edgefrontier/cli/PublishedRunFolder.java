package io.edgefrontier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A run of this repository, without its archives, somewhere else. */
final class PublishedRunFolder {
  static final String NAME = "20261122T222719Z-305b5a06";

  private static final Path RUN = Path.of("results/runs/fe767307").resolve(NAME);

  private PublishedRunFolder() {}

  /** Copies the run's files to {@code results/runs/fe767307/NAME} below a folder. */
  static Path copyTo(Path folder) throws IOException {
    Path copy = folder.resolve(RUN);
    Files.createDirectories(copy);
    List<Path> files;
    try (Stream<Path> all = Files.list(RUN)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }
}
