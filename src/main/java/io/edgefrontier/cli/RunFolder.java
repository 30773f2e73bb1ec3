package io.edgefrontier.cli;

import io.edgefrontier.config.ConfigFile;
import io.edgefrontier.config.Settings;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of one run lie. */
record RunFolder(Path path) {

  Path config() {
    return path.resolve("config.yaml");
  }

  /** Writes the settings that the run is made with. */
  void save(Settings settings) throws IOException {
    String text = ConfigFile.write(settings.texts());
    AtomicFile.writeText(config(), writer -> writer.write(text));
  }

  Path base() {
    return path.resolve("base.pt");
  }

  Path variants() {
    return path.resolve("variants");
  }

  Path manifest() {
    return path.resolve("variants.csv");
  }

  /** Checksums of the archives made elsewhere that the variants were copied from. */
  Path givenChecksums() {
    return path.resolve("given.sha256");
  }

  Path layers() {
    return path.resolve("layers.csv");
  }

  Path jmh() {
    return path.resolve("jmh.json");
  }

  /** A line for each fork as it ended. */
  Path journal() {
    return path.resolve("forks.jsonl");
  }

  Path benchErrors() {
    return path.resolve("bench_errors.csv");
  }

  Path accuracy() {
    return path.resolve("accuracy.csv");
  }

  Path predictions() {
    return path.resolve("predictions.csv");
  }

  Path sweep() {
    return path.resolve("sweep_results.csv");
  }

  Path errors() {
    return path.resolve("sweep_errors.csv");
  }

  Path frontier(String objective) {
    return path.resolve("pareto_frontier_" + objective + ".csv");
  }

  Path tuning() {
    return path.resolve("tuning.json");
  }

  Path tradeoffs() {
    return path.resolve("precision_tradeoffs.csv");
  }

  Path hardware() {
    return path.resolve("hardware_summary.csv");
  }

  Path summary() {
    return path.resolve("summary.json");
  }

  Path environment() {
    return path.resolve("environment.json");
  }

  Path energy() {
    return path.resolve("energy.json");
  }

  Path overhead() {
    return path.resolve("overhead.json");
  }

  /** One of the pictures, by its name with its ending. */
  Path picture(String name) {
    return path.resolve(name);
  }

  /**
   * Returns the pictures that are there, of this report or of earlier ones.
   *
   * @throws IOException if the folder cannot be read
   */
  List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().matches("frontier_[a-z_]+\\.(svg|png)"))
          .sorted()
          .toList();
    }
  }

  /** The run as one page, to explore. */
  Path page() {
    return path.resolve("report.html");
  }

  Path readme() {
    return path.resolve("README.md");
  }

  /** Removes what was made and measured, so that the run starts over. */
  void clear() throws IOException {
    for (Path file : List.of(manifest(), accuracy(), energy(), overhead(), summary())) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Returns the run folder that was written last below {@code outputDir}.
   *
   * @throws IOException if there is none; the message says how to get one
   */
  static RunFolder newest(Path outputDir) throws IOException {
    return all(outputDir).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    outputDir.resolve("runs")
                        + ": no run there; make one with 'prepare', or name it with --run DIR"));
  }

  /** Returns the run folders below {@code outputDir}, the newest first. */
  static List<RunFolder> all(Path outputDir) throws IOException {
    Path runs = outputDir.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(runs, 2)) {
      return paths
          .filter(path -> Files.isRegularFile(path.resolve("config.yaml")))
          // A run's folder is named after its start in UTC, so names sort by time.
          .sorted(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed())
          .map(RunFolder::new)
          .toList();
    }
  }
}
