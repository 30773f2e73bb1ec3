package io.edgefrontier.cli;

import io.edgefrontier.report.TrendPlot;
import io.edgefrontier.report.TrendTable;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.CsvTable;
import io.edgefrontier.result.TrendRow;
import io.edgefrontier.track.History;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import io.edgefrontier.track.Trend;
import io.edgefrontier.track.TrendPoint;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows each cell through the runs of a machine. */
@Command(
    name = "trend",
    description = {
      "Show each cell's figures over time and where they changed: by how much, and between which"
          + " commits.",
      "Change points need 20 points under the same conditions and lie 3 points apart; a new JDK or"
          + " engine starts a new segment and is no change of the program."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar trend",
      "  java -jar benchmarks.jar trend --metric latency,peak_rss --svg trend.svg --csv trend.csv",
      "  java -jar benchmarks.jar trend --machine ci-arm64 --cell 'precision=int8' --last 60"
    })
final class TrendCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUNS_DIR",
      description = "Folder of run folders. Default: results/runs/MACHINE.")
  private Path folder;

  @Option(
      names = "--machine",
      paramLabel = "ID",
      description = "Machine whose runs to follow. Default: this one.")
  private String machine;

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "METRIC",
      description = "Metrics, such as latency,latency_p99,peak_rss. Default: all.")
  private List<String> metrics = List.of();

  @Option(
      names = "--cell",
      paramLabel = "PATTERN",
      description =
          "Only cells whose key has this text in it, or matches it where it has a *; all of them"
              + " are drawn.")
  private String cell;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "300",
      description = "Only the newest N runs. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the cells that changed, or those of --cell.")
  private Path svg;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write one row for each point.")
  private Path csv;

  @Override
  public Integer call() throws IOException {
    if (last < 1) {
      throw new IllegalArgumentException(
          "--last %d: expected a number of runs, 1 or more".formatted(last));
    }
    if (folder != null && machine != null) {
      throw new IllegalArgumentException("RUNS_DIR and --machine both choose the runs; give one");
    }
    Set<Metric> chosen = metrics();
    List<TrackedRun> runs = runs();
    List<Trend> trends = History.of(runs, chosen, this::isChosen);
    if (trends.isEmpty()) {
      throw new IllegalArgumentException(
          "no figure of %s in %d runs; leave out --cell or --metric to see what there is"
              .formatted(cell == null ? "the metrics" : "cells like '" + cell + "'", runs.size()));
    }
    TrendTable.lines(trends, hasBlocks()).forEach(store.terminal()::result);
    if (svg != null) {
      List<Trend> drawn =
          trends.stream().filter(trend -> cell != null || !trend.changes().isEmpty()).toList();
      AtomicFile.writeText(svg, writer -> writer.write(TrendPlot.svg(drawn)));
    }
    if (csv != null) {
      TrendRow.TABLE.stream(csv, rows -> write(trends, rows));
    }
    return ExitCode.DONE;
  }

  private Set<Metric> metrics() {
    Set<Metric> chosen = EnumSet.noneOf(Metric.class);
    metrics.forEach(name -> chosen.add(Metric.parse(name.strip().toLowerCase(Locale.ROOT))));
    return chosen.isEmpty() ? EnumSet.allOf(Metric.class) : chosen;
  }

  private boolean isChosen(String key) {
    return cell == null || matches(key, cell);
  }

  /** Returns whether the key has the parts between the stars of the pattern in it, in order. */
  private static boolean matches(String key, String pattern) {
    int from = 0;
    for (String part : pattern.split("\\*", -1)) {
      int found = key.indexOf(part, from);
      if (found < 0) {
        return false;
      }
      from = found + part.length();
    }
    return true;
  }

  private List<TrackedRun> runs() throws IOException {
    List<TrackedRun> runs = new ArrayList<>();
    List<Path> folders = folders();
    for (Path run : folders) {
      if (runs.size() == last) {
        break;
      }
      try {
        runs.add(RunReader.read(run));
      } catch (IOException e) {
        store.terminal().warn("left out: %s", e.getMessage());
      }
    }
    if (runs.isEmpty()) {
      throw new IOException(
          "%s: no run to follow; make runs, or 'import' JMH files".formatted(source()));
    }
    return runs;
  }

  private Path source() {
    return folder != null ? folder : store.results().resolve("runs").resolve(machineId());
  }

  private String machineId() {
    return machine == null ? StoreOptions.machineId() : machine;
  }

  /** Returns the folders of runs, the newest first. */
  private List<Path> folders() throws IOException {
    if (folder == null) {
      return store.runs().of(machineId());
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": no such folder; expected one that has folders of runs");
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> Files.isRegularFile(path.resolve("jmh.json")))
          .sorted(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed())
          .toList();
    }
  }

  private static boolean hasBlocks() {
    return Charset.defaultCharset().newEncoder().canEncode('\u2581');
  }

  private static void write(List<Trend> trends, CsvTable.RowSink<TrendRow> rows)
      throws IOException {
    for (Trend trend : trends) {
      for (TrendPoint point : trend.points()) {
        rows.accept(
            new TrendRow(
                trend.key(),
                trend.metric().label(),
                point.time(),
                point.commit(),
                point.run(),
                point.value(),
                point.isPaired() ? "" : trend.metric().unit(),
                point.isPaired(),
                point.segment(),
                point.isChange()));
      }
    }
  }
}
