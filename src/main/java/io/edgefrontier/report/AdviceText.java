package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.Advice.Choice;
import io.edgefrontier.analysis.Advice.NearMiss;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Preference;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An advice for people: plain ASCII, and but for code no line longer than 100 characters. */
public final class AdviceText {
  private final Advice advice;
  private final AdviceNotes notes;
  private final AdviceFigures figures;
  private final List<String> lines = new ArrayList<>();

  private AdviceText(Advice advice, AdviceNotes notes) {
    this.advice = advice;
    this.notes = notes;
    this.figures = new AdviceFigures(advice);
  }

  /** Returns the lines, without line ends. */
  public static List<String> lines(Advice advice, AdviceNotes notes) {
    AdviceText text = new AdviceText(advice, notes);
    if (advice.choice().isPresent()) {
      text.addChoice(advice.choice().get());
    } else if (advice.fitting().isEmpty()) {
      text.addNothingFits();
    } else {
      text.addUndecided();
    }
    text.addNotes();
    return text.lines;
  }

  private void add(String paragraph) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(Paragraph.lines(paragraph, 0));
  }

  private void addItem(String text) {
    lines.addAll(Paragraph.lines(text, 2));
  }

  private void addChoice(Choice choice) {
    SweepRow row = choice.row();
    add(
        "Ship %s: %s. It %s (in brackets 95 %% intervals). %s"
            .formatted(figures.name(row), reason(choice), costs(row), limits()));
    ChoiceDoubts.of(advice, choice, figures).forEach(this::add);
    add(
        choice
            .runnerUp()
            .map(other -> "Runner-up: " + runnerUp(row, other))
            .orElse("Runner-up: none; no other variant fits."));
    if (!choice.margins().isEmpty()) {
      add("What the limits cost, against the cell to ship (pp: percentage points of accuracy):");
      MarginText margins = new MarginText(row, figures);
      choice
          .margins()
          .forEach(
              margin -> {
                addItem(margins.title(margin, advice.figures().figure(margin.kind(), row)));
                margins.steps(margin).forEach(step -> lines.addAll(Paragraph.lines(step, 4)));
              });
    }
    notes.archive().ifPresent(this::addArchive);
  }

  private String reason(Choice choice) {
    int fitting = advice.fitting().size();
    if (fitting == 1) {
      return "the only one of " + cells(advice.rows().size()) + " that fits";
    }
    if (advice.preference() != Preference.ACCURACY) {
      return superlative(advice.preference()) + " of the " + fitting + " cells that fit";
    }
    SweepRow best = choice.best().orElse(choice.row());
    return best.equals(choice.row())
        ? "the most accurate of the %s cells that fit, and no faster one comes within its 95 %% interval"
            .formatted(fitting)
        : "of the %s cells that fit the fastest within the 95 %% interval of the best accuracy, %s of %s, which takes %s"
            .formatted(
                fitting,
                AdviceFigures.value(LimitKind.MIN_ACCURACY, best.accuracy().top1()),
                figures.name(best),
                AdviceFigures.value(LimitKind.MAX_LATENCY_MS, best.latency().medianMs()));
  }

  private static String superlative(Preference preference) {
    return switch (preference) {
      case ACCURACY -> "the most accurate";
      case LATENCY -> "the fastest";
      case MEMORY -> "the smallest";
      case ENERGY -> "the one that takes the least energy";
    };
  }

  private static String cells(int count) {
    return count == 1 ? "1 cell" : count + " cells";
  }

  private String costs(SweepRow row) {
    return "takes %s a call at batch size %s on %s, needs %s (%s) and %s per inference (%s)%s"
        .formatted(
            figures.figure(LimitKind.MAX_LATENCY_MS, row),
            row.cell().batchSize(),
            AdviceFigures.threads(row.cell()),
            figures.figure(LimitKind.MAX_MEMORY_MB, row),
            notes.memoryMetric(),
            figures.figure(LimitKind.MAX_ENERGY_J, row),
            figures.energySource(row),
            accuracy(row));
  }

  private String accuracy(SweepRow row) {
    if (Double.isNaN(row.accuracy().top1())) {
      return "; its accuracy was not measured";
    }
    String text = " and has an accuracy of " + figures.figure(LimitKind.MIN_ACCURACY, row);
    Optional<SweepRow> baseline = advice.figures().baseline();
    return baseline.isEmpty()
            || Double.isNaN(row.accuracy().delta())
            || baseline.get().cell().variant().equals(row.cell().variant())
        ? text
        : text
            + ", %s against %s"
                .formatted(
                    AdviceFigures.points(row.accuracy().delta()),
                    baseline.get().cell().variant().id());
  }

  private String limits() {
    if (advice.limits().kinds().isEmpty()) {
      return "There are no limits.";
    }
    return (advice.limits().kinds().size() == 1 ? "Limit: " : "Limits: ")
        + advice.limits().bounds().entrySet().stream()
            .map(limit -> limit(limit.getKey(), limit.getValue()))
            .collect(joining(", "))
        + (advice.figures().useCi()
            ? ", each held against the unfavourable end of the 95 % interval."
            : ".");
  }

  private String limit(LimitKind kind, double bound) {
    String text = AdviceFigures.limit(kind, bound);
    return kind == LimitKind.MAX_MEMORY_MB && notes.ownBudget()
        ? text + " (the run's own budget)"
        : text;
  }

  private String runnerUp(SweepRow row, SweepRow other) {
    return "%s, with %s. %s"
        .formatted(
            figures.name(other),
            figures.against(other, row),
            ChoiceDoubts.separation(advice, row, other));
  }

  private void addArchive(ShippedArchive archive) {
    lines.add("");
    // On one line, however long: it is there to be copied.
    lines.add(TerminalTable.ascii("Archive: " + archive.path()));
    lines.add(TerminalTable.ascii("SHA-256: " + archive.sha256()));
    switch (archive.state()) {
      case VERIFIED -> {}
      case MISSING ->
          lines.addAll(Paragraph.lines("The file is not there: make the variants again.", 0));
      case CHANGED ->
          lines.addAll(
              Paragraph.lines(
                  "The file's SHA-256 is another one: its bytes are not those that were measured."
                      + " Make the variants again.",
                  0));
    }
    add(
        "In Java, with DJL's PyTorch engine; -Dai.djl.pytorch.num_threads=%s as it was measured; input shape %s:"
            .formatted(
                archive.threads(),
                archive.inputShape().stream().map(String::valueOf).collect(joining("x"))));
    lines.add("");
    DjlSnippet.lines(archive).forEach(line -> lines.add("  " + line));
    lines.add("");
    addItem("imports: " + String.join(", ", DjlSnippet.imports()));
  }

  private void addNothingFits() {
    add(
        (measured() == 0
                ? "Nothing fits: no cell has figures. "
                : "Nothing fits: none of %s keeps all limits. ".formatted(cells(measured())))
            + limits());
    advice.nearMiss().ifPresent(this::addNearMiss);
  }

  private int measured() {
    return (int) advice.rows().stream().filter(row -> row.error().isEmpty()).count();
  }

  private void addNearMiss(NearMiss miss) {
    SweepRow row = miss.row();
    add(
        "Closest: %s, with %s."
            .formatted(
                figures.name(row),
                advice.limits().kinds().stream()
                    .map(kind -> ChoiceDoubts.excess(advice, kind, row, figures))
                    .collect(joining(", "))));
    add("For something to fit, all other limits staying as they are:");
    miss.concessions()
        .forEach(
            concession ->
                addItem(
                    concession.kind().phrase()
                        + ": "
                        + concession
                            .row()
                            .map(
                                other ->
                                    "%s, which is what %s has"
                                        .formatted(
                                            AdviceFigures.bound(
                                                concession.kind(),
                                                advice.figures().figure(concession.kind(), other)),
                                            figures.name(other)))
                            .orElse("no bound helps")));
  }

  private void addUndecided() {
    add(
        "%s of %s, but none is recommended, since none has what decides: %s."
                .formatted(
                    advice.fitting().size() == 1 ? "1 fits" : advice.fitting().size() + " fit",
                    cells(advice.rows().size()),
                    advice.preference() == Preference.ACCURACY
                        ? "accuracy and latency"
                        : advice.preference().kind().phrase())
            + ends()
            + " "
            + limits());
  }

  /** Names the fastest and the smallest, which can be chosen without accuracy. */
  private String ends() {
    Optional<SweepRow> fastest = least(LimitKind.MAX_LATENCY_MS);
    Optional<SweepRow> smallest = least(LimitKind.MAX_MEMORY_MB);
    return fastest.isEmpty() || smallest.isEmpty()
        ? ""
        : " The fastest is %s (--prefer latency), the smallest %s (--prefer memory)."
            .formatted(figures.name(fastest.get()), figures.name(smallest.get()));
  }

  private Optional<SweepRow> least(LimitKind kind) {
    return advice.fitting().stream()
        .filter(row -> !Double.isNaN(advice.figures().point(kind, row)))
        .min(Comparator.comparingDouble(row -> advice.figures().point(kind, row)));
  }

  private void addNotes() {
    int failed = advice.rows().size() - measured();
    if (failed > 0) {
      add("%s failed and could not be considered.".formatted(cells(failed)));
    }
    if (figures.varies(Cell::batchSize) || figures.varies(Cell::threads)) {
      add(
          "Cells differ in batch size or engine threads and compete on latency per call; --batch-size"
              + " and --threads choose among them.");
    }
    if (notes.latencyMultiplier() != 1) {
      add(
          "Latencies are modelled: measured on the run's machine, times %s."
              .formatted(Numbers.significant(notes.latencyMultiplier(), 4)));
    }
    if (notes.rough()) {
      add(Wording.ROUGH);
    }
  }
}
