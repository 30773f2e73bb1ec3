package io.edgefrontier.cli;

import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A latency cell, as its key in a comparison names it.
 *
 * @param variant of the archive
 */
record GatedCell(Variant variant, int batchSize, int threads) {
  private static final String BENCHMARK = "InferenceBenchmark.forward ";

  /** Returns the cell of a key; empty if that is of another benchmark. */
  static Optional<GatedCell> of(String key) {
    if (!key.startsWith(BENCHMARK)) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String word : key.substring(BENCHMARK.length()).split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        parameters.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    try {
      return Optional.of(
          new GatedCell(
              new Variant(
                  parameters.getOrDefault("model", ""),
                  Double.parseDouble(parameters.getOrDefault("pruningLevel", "")),
                  Precision.parse(parameters.getOrDefault("precision", ""))),
              Integer.parseInt(parameters.getOrDefault("batchSize", "")),
              Integer.parseInt(parameters.getOrDefault("threads", "1"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not one of this program's cells
    }
  }

  /** Returns what JMH calls the cell. */
  Map<String, String> parameters() {
    return Map.of(
        "pruningLevel", String.valueOf(variant.pruningLevel()),
        "precision", variant.precision().label(),
        "batchSize", String.valueOf(batchSize));
  }

  /**
   * Returns the cell's archive in a run, if it is still there as it was measured.
   *
   * @throws IOException if the run's manifest cannot be read
   */
  Optional<Archive> archive(RunFolder run) throws IOException {
    if (!Files.isRegularFile(run.manifest())) {
      return Optional.empty();
    }
    Optional<Archive> archive =
        ManifestTable.TABLE.read(run.manifest()).stream()
            .filter(entry -> entry.variant().equals(variant))
            .findFirst()
            .flatMap(ManifestEntry::archive);
    if (archive.isEmpty() || !Files.isRegularFile(file(run, archive.get()))) {
      return Optional.empty();
    }
    Sha256.require(file(run, archive.get()), archive.get());
    return archive;
  }

  /** Returns the file of an archive in a run. */
  static Path file(RunFolder run, Archive archive) {
    return run.path().resolve(archive.path()).toAbsolutePath();
  }
}
