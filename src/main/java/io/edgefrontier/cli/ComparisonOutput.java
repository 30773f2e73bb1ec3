package io.edgefrontier.cli;

import io.edgefrontier.report.ComparisonJson;
import io.edgefrontier.report.ComparisonJunit;
import io.edgefrontier.report.ComparisonMarkdown;
import io.edgefrontier.report.ComparisonTable;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which changes count in a comparison, where it is written, and what it means for the build. */
final class ComparisonOutput {
  @Option(
      names = "--delta",
      paramLabel = "METRIC=SHARE",
      split = ",",
      description =
          "Change that matters, such as latency=3%%,peak_rss=0.01. Defaults: latency, reference,"
              + " throughput, energy 5%%; latency_p99, cold_start 10%%; peak_rss 2%%;"
              + " accuracy 1%%.")
  private List<String> deltas = List.of();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      split = ",",
      description = "Show and judge these metrics only, such as latency,archive_bytes.")
  private List<String> metrics = List.of();

  @Option(
      names = "--strict",
      description = "Exit with 6 where something is INCONCLUSIVE or NOT_COMPARABLE.")
  private boolean strict;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write it for a comment on a pull request.")
  private Path markdown;

  @Option(names = "--json", paramLabel = "FILE", description = "Write it for programs.")
  private Path json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write it as JUnit XML, for a CI server.")
  private Path junit;

  /** Returns the changes that matter. */
  Deltas deltas() {
    Deltas chosen = Deltas.defaults();
    for (String text : deltas) {
      chosen = chosen.with(text);
    }
    return chosen;
  }

  /** Returns the comparison with the chosen metrics only. */
  RunComparison chosen(RunComparison comparison) {
    if (metrics.isEmpty()) {
      return comparison;
    }
    Set<Metric> chosen = EnumSet.noneOf(Metric.class);
    metrics.forEach(label -> chosen.add(Metric.parse(label)));
    return comparison.only(chosen);
  }

  /**
   * Prints the table and writes the files that were asked for.
   *
   * @param title of the Markdown
   */
  void write(String title, RunComparison comparison, Terminal terminal) throws IOException {
    terminal.result(
        String.join(System.lineSeparator(), ComparisonTable.lines(comparison, deltas())));
    if (markdown != null) {
      write(markdown, ComparisonMarkdown.text(title, comparison, deltas()));
    }
    if (json != null) {
      write(json, ComparisonJson.text(comparison, deltas()));
    }
    if (junit != null) {
      write(junit, ComparisonJunit.text(comparison));
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.writeText(file, writer -> writer.write(text));
  }

  /** Returns what the comparison means for a build: the gravest of its verdicts. */
  int exitCode(RunComparison comparison) {
    if (comparison.count(Verdict.REGRESSED) > 0) {
      return ExitCode.REGRESSION;
    }
    if (hasNewFailures(comparison)) {
      return ExitCode.SOME_CELLS_FAILED;
    }
    boolean open =
        comparison.count(Verdict.INCONCLUSIVE) + comparison.count(Verdict.NOT_COMPARABLE) > 0;
    return strict && open ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
  }

  /** Returns whether a cell failed that had figures in the baseline. */
  private static boolean hasNewFailures(RunComparison comparison) {
    Set<String> measured = new HashSet<>();
    comparison.baseline().cells().stream()
        .filter(cell -> !cell.isFailed())
        .map(TrackedCell::key)
        .forEach(measured::add);
    return comparison.cells().stream()
        .anyMatch(cell -> cell.verdict() == Verdict.FAILED && measured.contains(cell.key()));
  }
}
