package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;

/** Sentences that several reports share. */
public final class Wording {
  /** What to say under figures of a quick run. */
  public static final String ROUGH =
      "Rough figures (--quick): few forks and samples; measure again without it before deciding.";

  static final String NO_ACCURACY = "Accuracy was not measured (--no-accuracy).";

  private Wording() {}

  /** Returns what the letters say that mark the rows of frontiers. */
  static String marks(Findings findings) {
    return findings.hasAccuracy()
        ? "front: on the frontier of accuracy against L latency, E energy, M model memory."
        : "front: on the frontier of model memory against L latency, E energy; M: as L.";
  }

  /** Returns what a cell must keep to be accepted. */
  static String active(Findings findings) {
    return "Accepted: %s <= %s MiB."
        .formatted(findings.budgetMetric(), Numbers.plain(findings.activeBudgetMb()));
  }

  /** Returns what the budgets are and what they apply to. */
  public static String budgets(Findings findings) {
    if (findings.trackedBudgetsMb().isEmpty()) {
      return active(findings);
    }
    return active(findings)
        + " Tracked budgets: "
        + findings.trackedBudgetsMb().stream().map(Numbers::plain).collect(joining(", "))
        + " MiB.";
  }

  /** Returns how many of the forks in use were disturbed, empty if none was. */
  public static String disturbed(Findings findings) {
    int disturbed =
        findings.measured().stream()
            .mapToInt(row -> row.evidence().disturbedForks().orElse(0))
            .sum();
    int forks = findings.measured().stream().mapToInt(row -> row.evidence().forks()).sum();
    return disturbed == 0
        ? ""
        : "Forks disturbed by other work, even when repeated: %s of %s; see disturbed_forks."
            .formatted(disturbed, forks);
  }

  /** Returns the sensors behind measured energy, empty if there are none. */
  public static String energySources(Findings findings) {
    return findings.measured().stream()
        .map(row -> row.energy().source())
        .filter(source -> !source.isEmpty())
        .distinct()
        .sorted()
        .collect(joining(", "));
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

  /** Returns the text as UTF-8 can hold it: half a surrogate pair would make it unwritable. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
