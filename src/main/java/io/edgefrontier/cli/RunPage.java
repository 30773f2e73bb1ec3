package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.page.HtmlReport;
import io.edgefrontier.page.RawFigures;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.LayerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** report.html of a run. */
final class RunPage {
  private RunPage() {}

  /**
   * Writes the page.
   *
   * @param title of the run, such as {@code resnet8 on digits}
   * @param notes on the run, with paths from its folder
   */
  static void write(Settings settings, RunFolder run, String title, RunNotes notes)
      throws IOException {
    Findings findings = RunFindings.read(settings, run, "");
    List<LayerRow> layers =
        Files.exists(run.layers()) ? LayerRow.TABLE.read(run.layers()) : List.of();
    RawFigures raw =
        RawFigures.read(
            findings, run.jmh(), run.journal(), layers, settings.budgets().latencyMultiplier());
    String text =
        HtmlReport.text(
            findings, FrontierCommand.basis(settings), title, withoutItself(run, notes), raw);
    AtomicFile.writeText(run.page(), writer -> writer.write(text));
  }

  /** A page need not link to itself, and an earlier one may lie in the folder. */
  private static RunNotes withoutItself(RunFolder run, RunNotes notes) {
    Map<String, String> files = new LinkedHashMap<>(notes.files());
    files.remove(run.page().getFileName().toString());
    return new RunNotes(
        notes.title(),
        notes.command(),
        notes.environment(),
        notes.pictures(),
        files,
        notes.opaque());
  }
}
