package io.edgefrontier.cli;

import com.google.gson.JsonObject;
import io.edgefrontier.config.Settings;
import io.edgefrontier.page.PageData;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.ResultsReadme;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.report.SlowerPrecisions;
import io.edgefrontier.report.SummaryJson;
import io.edgefrontier.report.TerminalTable;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.LayerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints and draws what a run found. */
@Command(
    name = "report",
    description =
        "Print a run's table and recommendation; writes its summary.json, README.md, report.html"
            + " and pictures, frontier_*.svg and frontier_*.png.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar report",
      "  java -jar benchmarks.jar report --run results/runs/ID/NAME --publish"
    })
final class ReportCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Option(
      names = "--publish",
      description =
          "Put the run's page into README.md of the output folder, too: where markers there ask for"
              + " an earlier run, or as the whole file if it has none.")
  private boolean publish;

  @Override
  public Integer call() throws IOException {
    RunFolder run = stage.run();
    Settings settings = stage.settings(run);
    report(settings, run, stage.terminal());
    if (publish) {
      Path page = settings.outputDir().resolve("README.md");
      PublishedPage.write(page, run);
      stage.terminal().progress("published in %s", page);
    }
    return ExitCode.DONE;
  }

  /** Writes the report's files and prints table and recommendation. */
  static void report(Settings settings, RunFolder run, Terminal terminal) throws IOException {
    Findings findings = RunFindings.read(settings, run, run.path() + "/");
    String title = RunTitle.of(settings, findings);
    JsonObject data = PageData.of(findings, FrontierCommand.basis(settings), title);
    RunPictures.write(run, data, terminal);
    RunPage.write(settings, run, title, notes(settings, run, findings, ""));
    write(run.readme(), page(settings, run, ""));
    write(
        run.summary(),
        SummaryJson.text(findings, RunFiles.of(run, "", settings.data().accuracy())));
    terminal.result("");
    TerminalTable.lines(findings).forEach(terminal::result);
    SlowerPrecisions.sentences(findings).forEach(terminal::result);
    terminal.result("");
    terminal.result(findings.sentence());
    terminal.result("Files: " + run.path());
  }

  /**
   * Returns the page that a run's README.md is.
   *
   * @param prefix what leads from the page to the run's folder
   */
  static String page(Settings settings, RunFolder run, String prefix) throws IOException {
    Findings findings = RunFindings.read(settings, run, prefix);
    return ResultsReadme.text(findings, notes(settings, run, findings, prefix));
  }

  private static RunNotes notes(Settings settings, RunFolder run, Findings findings, String prefix)
      throws IOException {
    RunEnvironment environment = RunEnvironment.read(run);
    return new RunNotes(
        "Results: " + RunTitle.of(settings, findings),
        environment.command(),
        facts(settings, environment),
        RunPictures.listed(run, prefix, findings.hasAccuracy()),
        RunFiles.of(run, prefix, settings.data().accuracy()),
        Files.exists(run.layers()) ? Layers.opaque(LayerRow.TABLE.read(run.layers())) : Map.of());
  }

  /** Returns the environment's facts and the settings that figures depend on. */
  static Map<String, String> facts(Settings settings, RunEnvironment environment) {
    Map<String, String> facts = environment.facts();
    facts.put("power watts (assumed)", String.valueOf(settings.budgets().powerWatts()));
    facts.put("latency multiplier", String.valueOf(settings.budgets().latencyMultiplier()));
    settings
        .validationSubset()
        .ifPresent(count -> facts.put("validation samples", "the first " + count));
    if (settings.model().isArchive() && settings.variants().given().isEmpty()) {
      facts.put(
          "archive against network as read",
          settings.model().verify() ? "verified" : "not verified (--no-verify)");
    }
    return facts;
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.writeText(file, writer -> writer.write(text));
  }
}
