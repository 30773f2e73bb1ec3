package io.edgefrontier.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files in which a kernel tells about the machine. What cannot be read is absent. */
final class SystemFiles {
  private SystemFiles() {}

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // A sensor may be missing, forbidden, or fail as it is read: the figure is absent.
      return List.of();
    }
  }

  static Optional<String> firstLine(Path file) {
    return lines(file).stream().findFirst().map(String::strip);
  }
}
