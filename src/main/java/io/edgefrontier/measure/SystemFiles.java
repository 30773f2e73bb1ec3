package io.edgefrontier.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Files in which a kernel tells about the machine. A sensor may be missing, forbidden, or fail as
 * it is read: then the figure is absent.
 */
final class SystemFiles {
  private SystemFiles() {}

  /** Returns the lines of a file; none if it cannot be read. */
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Returns the first line, without space around it. */
  static Optional<String> firstLine(Path file) {
    return lines(file).stream().findFirst().map(String::strip);
  }

  /** Returns the files of a folder that match a pattern, sorted; none if there is no folder. */
  static List<Path> list(Path folder, String glob) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      stream.forEach(paths::add);
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(paths);
    return paths;
  }

  /** Returns the number that a text is; empty if it is none. */
  static Optional<Double> number(String text) {
    String stripped = text.strip();
    return stripped.matches("-?\\d+(\\.\\d+)?")
        ? Optional.of(Double.parseDouble(stripped))
        : Optional.empty();
  }
}
