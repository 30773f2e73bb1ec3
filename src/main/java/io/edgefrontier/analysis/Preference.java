package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is best among the variants that keep all limits. */
public enum Preference {
  /** {@link Recommendation}: the fastest within the 95 % interval of the best accuracy. */
  ACCURACY(LimitKind.MIN_ACCURACY),
  LATENCY(LimitKind.MAX_LATENCY_MS),
  MEMORY(LimitKind.MAX_MEMORY_MB),
  ENERGY(LimitKind.MAX_ENERGY_J);

  private static final Comparator<SweepRow> MOST_ACCURATE =
      // NaN sorts last.
      Comparator.comparingDouble(row -> -row.accuracy().top1());

  private static final Comparator<SweepRow> FASTEST =
      Comparator.comparingDouble(row -> row.latency().medianMs());

  private final LimitKind kind;

  Preference(LimitKind kind) {
    this.kind = kind;
  }

  /** Returns the figure that is preferred. */
  public LimitKind kind() {
    return kind;
  }

  /** Returns the name used in files and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the best of rows that all may be shipped. For a cost that is the cheapest; of equal
   * ones the most accurate, of those the fastest, of those the first.
   *
   * @return empty if none has the figures that decide
   */
  public Optional<SweepRow> best(List<SweepRow> candidates, LimitFigures figures) {
    if (this == ACCURACY) {
      return Recommendation.among(candidates).map(Recommendation::row);
    }
    return candidates.stream()
        .filter(row -> !Double.isNaN(figures.point(kind, row)))
        .min(
            Comparator.comparingDouble((SweepRow row) -> figures.point(kind, row))
                .thenComparing(MOST_ACCURATE)
                .thenComparing(FASTEST));
  }
}
