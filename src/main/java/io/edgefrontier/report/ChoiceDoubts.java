package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.Advice.Choice;
import io.edgefrontier.analysis.Comparison;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Preference;
import io.edgefrontier.analysis.Separation;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.List;

/** What measurement does not settle about a choice. */
final class ChoiceDoubts {
  private static final int MOST_NAMED = 5;

  private ChoiceDoubts() {}

  /** Returns a paragraph for each doubt. */
  static List<String> of(Advice advice, Choice choice, AdviceFigures figures) {
    List<String> doubts = new ArrayList<>();
    if (!choice.ties().isEmpty()) {
      doubts.add(
          "A statistical tie with %s: %s."
              .formatted(names(choice.ties(), figures), tie(advice.preference())));
    }
    if (!choice.uncertain().isEmpty() && !advice.figures().useCi()) {
      doubts.add(
          "Not certain: the 95 %% interval reaches beyond the limit of %s. --use-ci holds intervals"
                  .formatted(
                      choice.uncertain().stream().map(LimitKind::phrase).collect(joining(" and ")))
              + " against the limits, instead of figures.");
    }
    return doubts;
  }

  private static String names(List<SweepRow> rows, AdviceFigures figures) {
    String named = rows.stream().limit(MOST_NAMED).map(figures::name).collect(joining(", "));
    return rows.size() <= MOST_NAMED
        ? named
        : named + " and " + (rows.size() - MOST_NAMED) + " more";
  }

  private static String tie(Preference preference) {
    return preference == Preference.ACCURACY
        ? "as accurate within the 95 % intervals, and not measurably slower"
        : "the same %s within the 95 %% intervals".formatted(preference.kind().phrase());
  }

  /** Returns a sentence on what tells two cells apart. */
  static String separation(Advice advice, SweepRow row, SweepRow other) {
    return sentence(advice, LimitKind.MAX_LATENCY_MS, row, other)
        + " "
        + sentence(advice, LimitKind.MIN_ACCURACY, row, other);
  }

  private static String sentence(Advice advice, LimitKind kind, SweepRow row, SweepRow other) {
    String subject = kind == LimitKind.MIN_ACCURACY ? "accuracies" : "latencies";
    return switch (Separation.of(kind, row, other, advice.figures())) {
      case DISTINCT -> "Their %s are distinct.".formatted(subject);
      case TIE -> "Their %s are a tie: the 95 %% intervals overlap.".formatted(subject);
      case TOO_FEW_FORKS ->
          "The intervals of their %s lie apart, but there are fewer than %s forks behind them."
              .formatted(subject, Comparison.MIN_FORKS);
      case UNKNOWN -> "Nothing tells their %s apart: an interval is missing.".formatted(subject);
    };
  }

  /** Returns a cell's figure and by how much it exceeds the limit. */
  static String excess(Advice advice, LimitKind kind, SweepRow row, AdviceFigures figures) {
    String figure = "%s of %s".formatted(kind.phrase(), figures.figure(kind, row));
    double excess = advice.limits().excess(kind, row, advice.figures());
    if (excess == 0) {
      return figure + " (fits)";
    }
    double bound = advice.limits().bounds().get(kind);
    Interval interval = advice.figures().interval(kind, row);
    boolean within = interval.low() <= bound && bound <= interval.high();
    return "%s (%s %% %s%s)"
        .formatted(
            figure,
            Numbers.significant(100 * excess, 3),
            kind == LimitKind.MIN_ACCURACY ? "below" : "above",
            within ? ", the limit is within its interval" : "");
  }
}
