package io.edgefrontier.track;

/** Judges a figure without noise: any change counts. */
final class ExactRule {
  private ExactRule() {}

  static MetricVerdict judge(String key, Metric metric, long baseline, long candidate) {
    double before = metric.smallerIsBetter() ? baseline : candidate;
    double after = metric.smallerIsBetter() ? candidate : baseline;
    Verdict verdict =
        before == after ? Verdict.UNCHANGED : after > before ? Verdict.REGRESSED : Verdict.IMPROVED;
    double ratio = before == after ? 1 : before == 0 ? Double.NaN : after / before;
    return new MetricVerdict(key, metric, verdict, baseline, candidate, Effect.ofRatio(ratio), "");
  }
}
