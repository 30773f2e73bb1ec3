package io.edgefrontier.publish;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.report.Axis;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the verdicts on a cell are called. */
final class Wordings {
  private Wordings() {}

  /** Returns whether the cell keeps the active budget. */
  static String verdict(RowView view) {
    if (view.isFailed()) {
      return "failed";
    }
    return view.row().accepted() ? "accepted" : "rejected";
  }

  /** Returns the tracked budgets that the cell exceeds, ascending; empty where nobody knows. */
  static String exceeded(RowView view) {
    if (view.isFailed()) {
      return "";
    }
    SweepRow row = view.row();
    List<Double> budgets = new ArrayList<>();
    for (int i = 0; i < row.violations().size(); i++) {
      if (row.violations().get(i).isEmpty()) {
        return "";
      }
      if (row.violations().get(i).get()) {
        budgets.add(view.findings().trackedBudgetsMb().get(i));
      }
    }
    return budgets.isEmpty()
        ? "none"
        : budgets.stream().sorted().map(Rounding::plain).collect(joining(", "));
  }

  /** Returns what the cell is on the frontier of, {@code none} where of nothing. */
  static String frontiers(RowView view) {
    if (view.isFailed()) {
      return "";
    }
    List<String> names =
        Arrays.stream(Axis.values())
            .filter(axis -> view.findings().onFrontier(axis, view.row()))
            .map(Axis::label)
            .toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
