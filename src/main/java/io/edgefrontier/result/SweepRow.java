package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import java.util.List;
import java.util.Optional;

/**
 * One row of sweep_results.csv: everything that is known of a cell, and the budgets' verdict on it.
 *
 * @param accepted whether the budget metric is within the active budget; never for a row with an
 *     error
 * @param error empty, or why this cell has no figures
 * @param activeBudgetMb the hard limit, MiB
 * @param violations for each tracked budget, in the order of the file's columns, whether the cell
 *     exceeds it; empty ({@code Optional}) where the budget metric is absent
 * @param divergence of the variant from the network that it was made of
 */
public record SweepRow(
    Cell cell,
    boolean accepted,
    String error,
    double activeBudgetMb,
    Accuracy accuracy,
    Latency latency,
    Startup startup,
    UnderLoad load,
    Memory memory,
    Energy energy,
    Optional<Archive> archive,
    List<Optional<Boolean>> violations,
    Evidence evidence,
    Divergence divergence) {
  public SweepRow {
    violations = List.copyOf(violations);
    if (accepted && !error.isEmpty()) {
      throw new IllegalArgumentException(cell + " has an error and cannot be accepted: " + error);
    }
  }

  /** Returns the row of a variant that was not compared with the network that it was made of. */
  public SweepRow(
      Cell cell,
      boolean accepted,
      String error,
      double activeBudgetMb,
      Accuracy accuracy,
      Latency latency,
      Startup startup,
      UnderLoad load,
      Memory memory,
      Energy energy,
      Optional<Archive> archive,
      List<Optional<Boolean>> violations,
      Evidence evidence) {
    this(
        cell,
        accepted,
        error,
        activeBudgetMb,
        accuracy,
        latency,
        startup,
        load,
        memory,
        energy,
        archive,
        violations,
        evidence,
        Divergence.ABSENT);
  }

  /** Returns this row with the archive that the manifest names; a table has only its hash. */
  public SweepRow withArchive(Optional<Archive> known) {
    return new SweepRow(
        cell,
        accepted,
        error,
        activeBudgetMb,
        accuracy,
        latency,
        startup,
        load,
        memory,
        energy,
        known,
        violations,
        evidence,
        divergence);
  }

  /** Returns samples per second at the median service time; NaN without one. */
  public double throughputSps() {
    return latency.medianMs() > 0 ? cell.batchSize() / latency.medianMs() * 1000 : Double.NaN;
  }
}
