package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which variant to ship, and why.
 *
 * <p>The rule: take the accepted row of highest accuracy (of equal ones the fastest), the best.
 * Every accepted row whose accuracy is not below the lower end of the best one's 95 % interval is
 * close enough. Of those, the fastest is recommended. Without an interval only equal accuracy
 * counts as equal. The row is always on the latency frontier.
 *
 * @param row the cell to ship
 * @param best the accepted cell of highest accuracy; may be {@code row} itself
 * @param sentence why, in one sentence, for people
 */
public record Recommendation(SweepRow row, SweepRow best, String sentence) {
  private static final Comparator<SweepRow> FASTEST =
      Comparator.comparingDouble((SweepRow row) -> row.latency().medianMs())
          .thenComparing(Comparator.comparingDouble(Recommendation::top1).reversed());

  /**
   * Returns the recommendation among the accepted rows.
   *
   * @return empty if no accepted row has both latency and accuracy
   */
  public static Optional<Recommendation> of(List<SweepRow> rows) {
    return among(rows.stream().filter(SweepRow::accepted).toList());
  }

  /** As {@link #of}, where all rows may be shipped, whatever the run's own budget. */
  static Optional<Recommendation> among(List<SweepRow> rows) {
    List<SweepRow> candidates =
        rows.stream()
            .filter(row -> !Double.isNaN(row.latency().medianMs()) && !Double.isNaN(top1(row)))
            .toList();
    Optional<SweepRow> best =
        candidates.stream()
            .min(
                Comparator.comparingDouble(Recommendation::top1).reversed().thenComparing(FASTEST));
    return best.map(
        top -> {
          SweepRow chosen =
              candidates.stream()
                  .filter(row -> top1(row) >= threshold(top))
                  .min(FASTEST)
                  .orElse(top);
          return new Recommendation(chosen, top, sentence(chosen, top));
        });
  }

  /**
   * Returns what can be said where accuracy was not measured: the ends of the frontier. Pruned
   * networks are the faster and smaller ones, and nobody knows what they still can do, so none is
   * recommended.
   *
   * @return empty if no accepted row has a latency
   */
  public static Optional<String> withoutAccuracy(List<SweepRow> rows) {
    List<SweepRow> candidates =
        rows.stream()
            .filter(SweepRow::accepted)
            .filter(row -> !Double.isNaN(row.latency().medianMs()))
            .toList();
    Comparator<SweepRow> smallest = Comparator.comparingDouble(row -> row.memory().modelMb());
    Comparator<SweepRow> fastest = Comparator.comparingDouble(row -> row.latency().medianMs());
    return candidates.stream()
        .min(fastest.thenComparing(smallest))
        .map(
            fast ->
                "Accuracy was not measured, so no variant is recommended; the fastest accepted one is"
                    + " %s, the smallest %s."
                        .formatted(
                            costs(fast),
                            costs(candidates.stream().min(smallest.thenComparing(fastest)).get())));
  }

  private static String costs(SweepRow row) {
    return String.format(
        Locale.ROOT,
        "%s (%.4g ms at batch size %s, %.4g MiB)",
        row.cell().variant().id(),
        row.latency().medianMs(),
        row.cell().batchSize(),
        row.memory().modelMb());
  }

  private static double threshold(SweepRow best) {
    double low = best.accuracy().ci95Low();
    return Double.isNaN(low) ? top1(best) : low;
  }

  private static double top1(SweepRow row) {
    return row.accuracy().top1();
  }

  private static String sentence(SweepRow chosen, SweepRow best) {
    String figures =
        String.format(
            Locale.ROOT,
            "%.4g ms at batch size %s, %.4g MiB, %.2f %% accuracy",
            chosen.latency().medianMs(),
            chosen.cell().batchSize(),
            chosen.memory().modelMb(),
            100 * top1(chosen));
    String reason =
        chosen.equals(best)
            ? "it is the most accurate accepted variant, and no faster one comes close enough"
            : String.format(
                Locale.ROOT,
                "the fastest accepted variant within the 95 %% interval of the best accuracy,"
                    + " %.2f %% of %s, which takes %.4g ms",
                100 * top1(best),
                best.cell().variant().id(),
                best.latency().medianMs());
    return "Ship %s (%s): %s.".formatted(chosen.cell().variant().id(), figures, reason);
  }
}
