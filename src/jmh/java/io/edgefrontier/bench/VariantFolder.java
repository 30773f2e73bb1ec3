package io.edgefrontier.bench;

import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A folder of archives and what its variants.csv says of them. */
final class VariantFolder {
  private final Path folder;
  private final List<ManifestEntry> entries;

  VariantFolder(Path folder, List<ManifestEntry> entries) {
    this.folder = folder;
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws IOException if there is none or it cannot be read
   */
  static VariantFolder open(Path folder) throws IOException {
    Path manifest = folder.resolve("variants.csv");
    if (!Files.isRegularFile(manifest)) {
      throw new IOException(
          manifest
              + ": not found; make the variants first (java -jar benchmarks.jar prepare) or name"
              + " their folder with -jvmArgsAppend -Dedgefrontier.variants=<folder>");
    }
    return new VariantFolder(folder, ManifestTable.TABLE.read(manifest));
  }

  /**
   * Returns the archive of a variant.
   *
   * @param model name of the model; empty for the only one that has such a variant
   * @param level a number; 0.50 finds 0.5
   * @param precision label of a precision
   * @throws IllegalArgumentException naming what there is if the manifest has no such archive
   */
  Archive find(String model, String level, String precision) {
    double wantedLevel = parseLevel(level);
    Precision wantedPrecision = Precision.parse(precision);
    List<ManifestEntry> matches =
        entries.stream()
            .filter(entry -> model.isEmpty() || entry.variant().model().equals(model))
            .filter(entry -> entry.variant().pruningLevel() == wantedLevel)
            .filter(entry -> entry.variant().precision() == wantedPrecision)
            .toList();
    String wanted =
        (model.isEmpty() ? "" : "model=" + model + " ")
            + "pruningLevel=%s precision=%s".formatted(level, precision);
    if (matches.size() != 1) {
      throw new IllegalArgumentException(
          "%s has %d variants with %s; it has: %s"
              .formatted(folder.resolve("variants.csv"), matches.size(), wanted, available()));
    }
    ManifestEntry entry = matches.get(0);
    return entry
        .archive()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    entry.variant().id() + " could not be made: " + entry.error()));
  }

  /**
   * Returns the path of an archive whose bytes are those that the manifest speaks of.
   *
   * @throws IOException if the file is missing or differs
   */
  Path verified(Archive archive) throws IOException {
    Path path = folder.resolve(archive.path());
    Sha256.require(path, archive);
    return path;
  }

  private String available() {
    return entries.stream().map(entry -> entry.variant().id()).collect(Collectors.joining(", "));
  }

  private static double parseLevel(String level) {
    try {
      return Double.parseDouble(level);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "pruningLevel must be a number in [0, 1), got '" + level + "'", e);
    }
  }

  // Through a small buffer: a whole archive on the Java heap would count towards the fork's peak.
}
