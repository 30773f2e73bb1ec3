package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The devices of one class of a {@code /sys} tree.
 *
 * @param folder such as {@code /sys/class/hwmon}
 */
record SysClass(Path folder) {

  static SysClass of(Path root, String name) {
    return new SysClass(root.resolve("sys/class").resolve(name));
  }

  /** Returns the devices in the order of their names' length and letters; none without a folder. */
  List<Path> devices() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .sorted(
              Comparator.comparingInt((Path entry) -> entry.toString().length())
                  .thenComparing(Path::toString))
          .toList();
    }
  }

  /** Returns the first line of a small file without the blanks around it; empty if unreadable. */
  static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Files.readAllLines(file).stream().findFirst().map(String::strip)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // some attributes answer "no data" while their device sleeps
    }
  }

  /** Returns the whole number that a small file holds; 0 when it holds none. */
  static long numberOrZero(Path file) {
    return text(file)
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** Opens all or none. */
  static List<Attribute> open(List<Path> files) throws IOException {
    List<Attribute> opened = new ArrayList<>();
    try {
      for (Path file : files) {
        opened.add(Attribute.open(file));
      }
      return opened;
    } catch (IOException e) {
      for (Attribute attribute : opened) {
        attribute.close();
      }
      throw e;
    }
  }
}
