package io.edgefrontier.cli;

import io.edgefrontier.config.ConfigFile;
import io.edgefrontier.config.Settings;
import io.edgefrontier.publish.Content;
import io.edgefrontier.publish.PublishedRun;
import io.edgefrontier.publish.PublishedTable;
import io.edgefrontier.publish.TableFormat;
import io.edgefrontier.publish.TableOptions;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.PictureMarkdown;
import io.edgefrontier.report.ResultsSummary;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.track.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs as text, whoever publishes them. The text follows from the files of the runs alone: it is
 * the same on every machine and at any time, and nothing in a run's folder changes.
 */
final class Publication {
  private Publication() {}

  /**
   * Returns the text that is asked for.
   *
   * @param runs where the runs are found
   * @throws IOException if a run is not found or cannot be read
   * @throws IllegalArgumentException if the request names no run, or what a table does not have
   */
  static String text(PublishRequest request, LocatedRun.Finder runs) throws IOException {
    Content content = request.content();
    if (request.runs().isEmpty()) {
      throw new IllegalArgumentException(
          "publish: expected one run or more, such as 'latest' or a run's folder");
    }
    List<LocatedRun> located = new ArrayList<>();
    for (String name : request.runs()) {
      located.add(finished(runs.locate(name)));
    }
    if (content == Content.TABLE) {
      return table(request.format(), request.options(), located);
    }
    request.requireNoTable();
    if (located.size() > 1) {
      throw new IllegalArgumentException(
          "--content %s: expected one run, found %d; only a table takes several"
              .formatted(content.label(), located.size()));
    }
    return ofOne(content, located.get(0));
  }

  private static String table(TableFormat format, TableOptions options, List<LocatedRun> runs)
      throws IOException {
    List<PublishedRun> published = new ArrayList<>();
    for (LocatedRun run : runs) {
      published.add(read(run));
    }
    return format.text(PublishedTable.of(published, options));
  }

  private static String ofOne(Content content, LocatedRun located) throws IOException {
    RunFolder run = new RunFolder(located.folder());
    Settings settings = settings(run);
    if (content == Content.PAGE) {
      return ReportCommand.page(settings, run, located.prefix());
    }
    Findings findings = RunFindings.read(settings, run, located.prefix());
    return content == Content.SUMMARY
        ? ResultsSummary.text(findings)
        : pictures(run, located, findings);
  }

  private static String pictures(RunFolder run, LocatedRun located, Findings findings)
      throws IOException {
    List<RunNotes.Picture> pictures =
        RunPictures.listed(run, located.prefix(), findings.hasAccuracy());
    if (pictures.isEmpty()) {
      throw new IOException(
          run.path() + ": no pictures there; draw them with 'report --run " + run.path() + "'");
    }
    return String.join("\n", PictureMarkdown.lines(pictures)) + "\n";
  }

  private static LocatedRun finished(LocatedRun located) throws IOException {
    RunFolder run = new RunFolder(located.folder());
    if (!Files.isRegularFile(run.sweep())) {
      throw new IOException(
          run.sweep() + ": no such file; expected the folder of a run that 'merge' has finished");
    }
    return located;
  }

  private static Settings settings(RunFolder run) throws IOException {
    return Settings.of(Files.exists(run.config()) ? ConfigFile.readKnown(run.config()) : Map.of());
  }

  private static PublishedRun read(LocatedRun located) throws IOException {
    RunFolder run = new RunFolder(located.folder());
    Settings settings = settings(run);
    RunIdentity identity = RunIdentity.of(run.path());
    Findings findings = RunFindings.read(settings, run, located.prefix());
    RunEnvironment environment = RunEnvironment.read(run);
    return new PublishedRun(
        RunTitle.of(settings, findings),
        findings,
        identity.machineId(),
        identity.commit(),
        identity.time().map(Instant::toString).orElse(""),
        environment.command(),
        settings.budgets().latencyMultiplier() != 1,
        ReportCommand.facts(settings, environment));
  }
}
