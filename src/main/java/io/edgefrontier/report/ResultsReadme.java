package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page that publishes a run: results/README.md. */
public final class ResultsReadme {
  private static final int MAX_PLACES = 5;

  private final Findings findings;
  private final RunNotes notes;
  private final List<String> lines = new ArrayList<>();

  private ResultsReadme(Findings findings, RunNotes notes) {
    this.findings = findings;
    this.notes = notes;
  }

  /** Returns the page in Markdown, with a line end after each line. */
  public static String text(Findings findings, RunNotes notes) {
    return new ResultsReadme(findings, notes).text();
  }

  private String text() {
    paragraph("# " + Markdown.text(notes.title()));
    if (!findings.sentence().isBlank()) {
      paragraph("**" + Markdown.text(findings.sentence().strip()) + "**");
    }
    if (findings.rough()) {
      paragraph("> " + Wording.ROUGH);
    }
    lines.addAll(MarkdownTable.lines(findings));
    lines.add("");
    paragraph(
        (findings.hasAccuracy() ? "Bold: recommended. " : Wording.NO_ACCURACY + " ")
            + Wording.marks(findings)
            + " ±: half of the 95 % interval; [ ]: 95 % interval; -: absent; mod.:"
            + " modelled, not measured.");
    paragraph(Markdown.text(Wording.counts(findings) + ". " + Wording.budgets(findings)));
    SlowerPrecisions.sentences(findings).forEach(this::paragraph);
    if (!Wording.disturbed(findings).isEmpty()) {
      paragraph(Wording.disturbed(findings));
    }
    lines.addAll(PictureMarkdown.lines(notes.pictures()));
    load();
    failures();
    opaque();
    method();
    section("Command");
    paragraph(Markdown.code("sh", notes.command()));
    environment();
    files();
    lines.remove(lines.size() - 1);
    return Wording.encodable(String.join("\n", lines) + "\n");
  }

  private void paragraph(String text) {
    lines.add(text);
    lines.add("");
  }

  private void section(String title) {
    paragraph("## " + title);
  }

  private void load() {
    List<LoadTable> tables = LoadTable.of(findings);
    if (tables.isEmpty()) {
      return;
    }
    section("Under load");
    for (LoadTable table : tables) {
      paragraph(table.title());
      lines.addAll(MarkdownTable.lines(table));
      lines.add("");
    }
  }

  private void failures() {
    if (findings.failed().isEmpty()) {
      return;
    }
    section("Failed cells");
    for (SweepRow row : findings.failed()) {
      String cell =
          "%s, batch size %s, threads %s: %s"
              .formatted(
                  row.cell().variant().id(),
                  Integer.toString(row.cell().batchSize()),
                  Integer.toString(row.cell().threads()),
                  row.error());
      lines.add("- " + Markdown.text(cell));
    }
    lines.add("");
  }

  private void opaque() {
    if (notes.opaque().isEmpty()) {
      return;
    }
    section("Opaque operators");
    paragraph(
        "The network calls these functions, which Edge Frontier keeps as they are: they stay"
            + " float32 in every variant, and no channel that reaches them is pruned.");
    notes
        .opaque()
        .forEach(
            (function, layers) ->
                lines.add("- " + Markdown.text(function + " at " + places(layers))));
    lines.add("");
  }

  private static String places(List<String> layers) {
    int named = Math.min(layers.size(), MAX_PLACES);
    String rest = layers.size() == named ? "" : " and %d more".formatted(layers.size() - named);
    return String.join(", ", layers.subList(0, named)) + rest;
  }

  private void method() {
    section("How it was measured");
    Method.sentences(findings).forEach(sentence -> lines.add("- " + Markdown.text(sentence)));
    lines.add("");
  }

  private void environment() {
    if (notes.environment().isEmpty()) {
      return;
    }
    section("Environment");
    lines.addAll(
        MarkdownTable.pairs(
            "what",
            "value",
            notes.environment().entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    lines.add("");
  }

  private void files() {
    if (notes.files().isEmpty()) {
      return;
    }
    section("Files");
    for (Map.Entry<String, String> file : notes.files().entrySet()) {
      String path = file.getKey();
      lines.add(
          "- [%s](%s): %s"
              .formatted(
                  Markdown.text(path), Markdown.target(path), Markdown.text(file.getValue())));
    }
    lines.add("");
  }
}
