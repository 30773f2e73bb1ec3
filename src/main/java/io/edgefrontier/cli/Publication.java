package io.edgefrontier.cli;

import io.edgefrontier.config.ConfigFile;
import io.edgefrontier.config.Settings;
import io.edgefrontier.publish.PublishedRun;
import io.edgefrontier.publish.PublishedTable;
import io.edgefrontier.publish.TableFormat;
import io.edgefrontier.publish.TableOptions;
import io.edgefrontier.report.Findings;
import io.edgefrontier.track.RunIdentity;
import io.edgefrontier.track.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables of runs as text, whoever publishes them. */
final class Publication {
  private Publication() {}

  /**
   * Returns the table that is asked for.
   *
   * @param runs where the runs are found
   * @throws IOException if a run is not found or cannot be read
   * @throws IllegalArgumentException if the request names no run, or what a table does not have
   */
  static String text(PublishRequest request, Runs runs) throws IOException {
    TableFormat format = request.format();
    TableOptions options = request.options();
    if (request.runs().isEmpty()) {
      throw new IllegalArgumentException(
          "publish: expected one run or more, such as 'latest' or a run's folder");
    }
    List<PublishedRun> published = new ArrayList<>();
    for (String run : request.runs()) {
      published.add(read(runs.locate(run)));
    }
    return format.text(PublishedTable.of(published, options));
  }

  /** Reads a run, and changes nothing in its folder. */
  private static PublishedRun read(Path path) throws IOException {
    RunFolder run = new RunFolder(path);
    if (!Files.isRegularFile(run.sweep())) {
      throw new IOException(
          run.sweep() + ": no such file; expected the folder of a run that 'merge' has finished");
    }
    Settings settings =
        Settings.of(Files.exists(run.config()) ? ConfigFile.read(run.config()) : Map.of());
    RunIdentity identity = RunIdentity.of(path);
    Findings findings = RunFindings.read(settings, run, "");
    RunEnvironment environment = RunEnvironment.read(run);
    return new PublishedRun(
        ReportCommand.title(settings),
        findings,
        identity.machineId(),
        identity.commit(),
        identity.time().toString(),
        environment.command(),
        settings.budgets().latencyMultiplier() != 1,
        ReportCommand.facts(settings, environment));
  }
}
