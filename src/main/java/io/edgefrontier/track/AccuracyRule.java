package io.edgefrontier.track;

import io.edgefrontier.analysis.Holm;
import io.edgefrontier.analysis.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges accuracy by McNemar's exact test on answers to the same samples, two-sided at 5 % after
 * Holm's adjustment over the cells.
 *
 * <p>UNCHANGED if no answer differs, or if the 95 % interval of the difference of the shares lies
 * within the delta.
 *
 * @see <a href="https://doi.org/10.1002/sim.4780">Bonett and Price, 2012: the interval</a>
 */
final class AccuracyRule {
  private static final double Z_95 = 1.959963984540054;

  private final double delta;

  AccuracyRule(Deltas deltas) {
    this.delta = deltas.relative().get(Metric.ACCURACY);
  }

  /** The answers of a cell on both sides. */
  record Pair(String key, Answers baseline, Answers candidate) {
    private String difference() {
      if (baseline.samples() != candidate.samples()) {
        return "validation samples: %d before, %d now"
            .formatted(baseline.samples(), candidate.samples());
      }
      if (baseline.fingerprint().isEmpty() || candidate.fingerprint().isEmpty()) {
        return "validation samples: not recorded which they were";
      }
      return baseline.fingerprint().equals(candidate.fingerprint())
          ? ""
          : "validation samples: '%s' before, '%s' now"
              .formatted(baseline.fingerprint(), candidate.fingerprint());
    }

    private int lost() {
      return baseline.rightOnlyHere(candidate);
    }

    private int gained() {
      return candidate.rightOnlyHere(baseline);
    }

    private double pValue() {
      return Statistics.mcNemar(lost(), gained());
    }
  }

  /** Returns a verdict on each pair, in the same order. */
  List<MetricVerdict> judge(List<Pair> pairs) {
    double[] adjusted =
        Holm.adjust(
            pairs.stream()
                .filter(pair -> pair.difference().isEmpty())
                .mapToDouble(Pair::pValue)
                .toArray());
    List<MetricVerdict> verdicts = new ArrayList<>();
    int tested = 0;
    for (Pair pair : pairs) {
      String difference = pair.difference();
      verdicts.add(
          difference.isEmpty()
              ? judge(pair, adjusted[tested++])
              : verdict(pair, Verdict.NOT_COMPARABLE, Effect.NONE, difference));
    }
    return verdicts;
  }

  private MetricVerdict judge(Pair pair, double adjustedP) {
    int lost = pair.lost();
    int gained = pair.gained();
    String counts =
        lost + gained == 0
            ? ""
            : "of %d samples %d are right before only, %d now only"
                .formatted(pair.baseline().samples(), lost, gained);
    double ratio = (double) pair.baseline().right() / pair.candidate().right();
    Effect effect =
        Effect.ofTest(Double.isFinite(ratio) ? ratio : Double.NaN, pair.pValue(), adjustedP);
    return verdict(pair, verdict(pair, adjustedP), effect, counts);
  }

  private Verdict verdict(Pair pair, double adjustedP) {
    int lost = pair.lost();
    int gained = pair.gained();
    if (adjustedP < SampledRule.LEVEL) {
      return lost > gained ? Verdict.REGRESSED : Verdict.IMPROVED;
    }
    return lost + gained == 0 || isWithinDelta(lost, gained, pair.baseline().samples())
        ? Verdict.UNCHANGED
        : Verdict.INCONCLUSIVE;
  }

  private boolean isWithinDelta(int lost, int gained, int samples) {
    double trials = samples + 2.0;
    double difference = (lost - gained) / trials;
    double discordant = (lost + gained + 2) / trials;
    double halfWidth = Z_95 * Math.sqrt((discordant - difference * difference) / trials);
    return Math.abs(difference) + halfWidth <= delta;
  }

  private static MetricVerdict verdict(Pair pair, Verdict verdict, Effect effect, String reason) {
    return new MetricVerdict(
        pair.key(),
        Metric.ACCURACY,
        verdict,
        pair.baseline().accuracy(),
        pair.candidate().accuracy(),
        effect,
        reason);
  }
}
