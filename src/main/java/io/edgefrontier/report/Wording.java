package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

/** Sentences that several reports share. */
final class Wording {
  static final String ROUGH =
      "Rough figures (--quick): few forks and samples; measure again without it before deciding.";

  private Wording() {}

  /** Returns what a cell must keep to be accepted. */
  static String active(Findings findings) {
    return "Accepted: %s <= %s MiB."
        .formatted(findings.budgetMetric(), Numbers.plain(findings.activeBudgetMb()));
  }

  /** Returns what the budgets are and what they apply to. */
  static String budgets(Findings findings) {
    if (findings.trackedBudgetsMb().isEmpty()) {
      return active(findings);
    }
    return active(findings)
        + " Tracked budgets: "
        + findings.trackedBudgetsMb().stream().map(Numbers::plain).collect(joining(", "))
        + " MiB.";
  }

  /** Returns how many cells there are and what became of them. */
  static String counts(Findings findings) {
    int cells = findings.rows().size();
    int failed = findings.failed().size();
    return cells
        + (cells == 1 ? " cell, " : " cells, ")
        + findings.acceptedCount()
        + " accepted"
        + (failed == 0 ? "" : ", " + failed + " failed");
  }
}
