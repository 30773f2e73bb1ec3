package io.edgefrontier.publish;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The sentences under a table: only what its columns need to be understood. */
final class TableNotes {
  private final List<NamedRun> runs;
  private final TableOptions options;
  private final Baseline baseline;
  private final List<Heading> headings;

  TableNotes(List<NamedRun> runs, TableOptions options, Baseline baseline, List<Heading> headings) {
    this.runs = runs;
    this.options = options;
    this.baseline = baseline;
    this.headings = headings;
  }

  List<String> sentences() {
    List<String> notes = new ArrayList<>(ofRuns(Findings::sentence));
    if (has(heading -> isDirected(heading))) {
      notes.add(bold());
    }
    notes.add(marks());
    if (has(named(ColumnCatalogue.BUDGET)) || has(named(ColumnCatalogue.EXCEEDS))) {
      notes.addAll(ofRuns(Wording::budgets));
    }
    if (has(named(ColumnCatalogue.FRONTIER))) {
      notes.add(frontier());
    }
    if (baseline.isGiven()) {
      notes.add(ratio());
    }
    if (has(named(ColumnCatalogue.ENERGY))) {
      notes.add("Modelled energy is power_watts x latency; no sensor was read for it.");
    }
    if (has(named(ColumnCatalogue.MEASURED_ENERGY))) {
      notes.addAll(ofRuns(TableNotes::sensors));
    }
    notes.addAll(ofRuns(Wording::disturbed));
    notes.addAll(ofRuns(findings -> findings.rough() ? Wording.ROUGH : ""));
    return notes;
  }

  private boolean has(Predicate<Heading> condition) {
    return headings.stream().anyMatch(condition);
  }

  private static Predicate<Heading> named(String column) {
    return heading -> heading.column().name().equals(column);
  }

  private static boolean isDirected(Heading heading) {
    return heading.column() instanceof Figures figures && figures.better() != Better.NEITHER;
  }

  private String bold() {
    String scope =
        (options.groupBy().isPresent() ? " in each group" : "")
            + (runs.size() > 1 ? " in each run" : "");
    return "Bold: the best accepted cell of a column"
        + scope
        + ", and every accepted one that the measurements cannot tell from it, since their 95 %"
        + " intervals overlap (for two or three forks, Lord's interval for their range); figures"
        + " without interval tie if they are equal.";
  }

  private String marks() {
    List<String> marks = new ArrayList<>();
    if (has(heading -> heading.column() instanceof Figures figures && isHalf(figures))) {
      marks.add("±: half of the 95 % interval");
    }
    if (has(named(ColumnCatalogue.ACCURACY))) {
      marks.add("in brackets: 95 % interval");
    }
    marks.add("-: absent");
    return String.join("; ", marks) + ".";
  }

  private static boolean isHalf(Figures figures) {
    return !figures.ends().isEmpty() && figures.dimension() != Dimension.SHARE;
  }

  private String frontier() {
    return runs.stream().allMatch(run -> run.run().findings().hasAccuracy())
        ? "Frontier: among accepted cells, those that no other beats in both accuracy and the cost"
            + " that is named."
        : "Frontier: among accepted cells, those that no other beats in both the cost that is named"
            + " and accuracy, or model memory where a run has no accuracy.";
  }

  private String ratio() {
    return "latency / baseline: divided by that of %s at the same batch size and threads in the same"
            .formatted(baseline.phrase())
        + " run; its interval follows from both intervals.";
  }

  private static String sensors(Findings findings) {
    String sources = Wording.energySources(findings);
    return sources.isEmpty() ? "" : "Measured energy was read from " + sources + ".";
  }

  /** Returns what a function says of each run: once where it says the same of all. */
  private List<String> ofRuns(Function<Findings, String> function) {
    Map<String, Set<String>> said = new LinkedHashMap<>();
    for (NamedRun run : runs) {
      said.computeIfAbsent(function.apply(run.run().findings()), any -> new LinkedHashSet<>())
          .add(run.name());
    }
    List<String> sentences = new ArrayList<>();
    said.forEach(
        (sentence, names) -> {
          if (!sentence.isEmpty()) {
            String about = names.size() == runs.size() ? "" : names.stream().collect(joining(", "));
            sentences.add(about.isEmpty() ? sentence : about + ": " + sentence);
          }
        });
    return sentences;
  }
}
