package io.edgefrontier.report;

import io.edgefrontier.analysis.Advice.Margin;
import io.edgefrontier.analysis.Advice.Step;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Separation;
import io.edgefrontier.result.SweepRow;
import java.util.List;

/** What limits cost, in words. */
record MarginText(SweepRow chosen, AdviceFigures figures) {

  /** Returns the limit and how much of it is used. */
  String title(Margin margin, double figure) {
    LimitKind kind = margin.kind();
    if (margin.bound().isEmpty()) {
      return "%s: no limit; it takes %s"
          .formatted(kind.phrase(), AdviceFigures.value(kind, figure));
    }
    double bound = margin.bound().getAsDouble();
    return "%s: it has %s; %s"
        .formatted(
            AdviceFigures.limit(kind, bound),
            AdviceFigures.value(kind, figure),
            margin.binding() ? "binding: without it another one is chosen" : "not binding");
  }

  /** Returns a line for each direction. */
  List<String> steps(Margin margin) {
    String looser =
        margin
            .looser()
            .map(step -> "looser, " + step(margin.kind(), step))
            .orElse(
                margin.kind().isAccuracy()
                    ? "looser: nothing faster at any limit"
                    : "looser: nothing more accurate at any limit");
    String tighter =
        margin
            .tighter()
            .map(step -> "tighter, " + step(margin.kind(), step))
            .orElse("tighter: nothing else fits");
    return margin.bound().isEmpty() ? List.of(tighter) : List.of(looser, tighter);
  }

  private String step(LimitKind kind, Step step) {
    return "%s: %s, %s for %s%s%s%s%s"
        .formatted(
            AdviceFigures.bound(kind, step.bound()),
            figures.name(step.row()),
            AdviceFigures.points(step.accuracyChange()),
            AdviceFigures.change(step.cost(), step.costChange()),
            rate(step),
            step.cost() == LimitKind.MAX_MEMORY_MB
                ? ", " + figures.ratio(LimitKind.MAX_LATENCY_MS, step.row(), chosen)
                : "",
            step.accuracy() == Separation.TIE ? "; accuracies are a tie" : "",
            step.chosen()
                .filter(row -> !row.equals(step.row()))
                .map(row -> "; chosen then: " + figures.name(row))
                .orElse(""));
  }

  /** Both change the same way on a frontier; off it there is no price. */
  private static String rate(Step step) {
    return step.accuracyPerCost() > 0
        ? " (" + AdviceFigures.rate(step.cost(), step.accuracyPerCost()) + ")"
        : "";
  }
}
