package io.edgefrontier.analysis;

import io.edgefrontier.result.Memory;
import io.edgefrontier.result.SweepTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Memory budgets in MiB: those that are tracked, and the active one that decides.
 *
 * @param trackedMb one {@code violates_<b>mb} column each, in this order; not empty
 * @param activeMb the hard limit
 * @param metric the memory figure that the budgets limit
 */
public record MemoryBudgets(List<Double> trackedMb, double activeMb, BudgetMetric metric) {
  public MemoryBudgets {
    trackedMb = List.copyOf(trackedMb);
    if (trackedMb.isEmpty()) {
      throw new IllegalArgumentException("no memory budget to track; give at least one, in MiB");
    }
    trackedMb.forEach(budget -> check("a tracked memory budget", budget));
    check("the active memory budget", activeMb);
    if (new HashSet<>(trackedMb).size() != trackedMb.size()) {
      throw new IllegalArgumentException(
          "tracked memory budgets must not repeat, got " + trackedMb);
    }
  }

  private static void check(String which, double budgetMb) {
    if (!(budgetMb > 0) || Double.isInfinite(budgetMb)) { // also rejects NaN
      throw new IllegalArgumentException(
          "%s must be a finite number of MiB > 0, got %s".formatted(which, budgetMb));
    }
  }

  /** Returns the names of the tracked budgets' columns: {@code violates_10mb} for 10.0. */
  public List<String> columns() {
    return trackedMb.stream().map(SweepTable::violatesColumn).toList();
  }

  /**
   * Returns for each tracked budget whether it is exceeded; a figure equal to a budget is within
   * it.
   *
   * @return empty ({@code Optional}) throughout if the metric is absent
   */
  public List<Optional<Boolean>> memoryViolations(Memory memory) {
    double metricMb = metric.of(memory);
    List<Optional<Boolean>> violations = new ArrayList<>(trackedMb.size());
    for (double budget : trackedMb) {
      violations.add(Double.isNaN(metricMb) ? Optional.empty() : Optional.of(metricMb > budget));
    }
    return violations;
  }

  /** Returns whether the metric is known and within the active budget. */
  public boolean accepts(Memory memory) {
    return metric.of(memory) <= activeMb;
  }
}
