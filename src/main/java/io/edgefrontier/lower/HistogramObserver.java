package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/**
 * Covers the range with the least expected squared error: narrower ranges have finer steps but clip
 * more.
 *
 * <p>Each end is tried at 1/128, 2/128, ... 1 of the outermost value, one end after the other until
 * neither moves; every value counts as the middle of its bin. The wider range wins a tie.
 */
final class HistogramObserver implements ActivationObserver {
  private static final int CANDIDATES = 128;

  private record Candidate(ValueRange range, double squaredError) {
    Candidate orBetter(Candidate other) {
      return other.squaredError < squaredError ? other : this;
    }
  }

  private final GrowingHistogram histogram = new GrowingHistogram();

  @Override
  public void observe(float[] values) {
    histogram.add(values);
  }

  @Override
  public QuantParams params() {
    MinMaxObserver.requireObserved(histogram.total() > 0);
    ValueRange widest = ValueRange.around(histogram.min(), histogram.max());
    Candidate best = candidate(widest.low(), widest.high());
    Candidate before;
    do {
      before = best;
      best = bestHigh(best, widest.high());
      best = bestLow(best, widest.low());
    } while (!best.equals(before));
    return best.range().params();
  }

  private Candidate bestHigh(Candidate start, double widest) {
    Candidate best = start;
    for (int i = CANDIDATES; i > 0 && widest > 0; i--) {
      best = best.orBetter(candidate(start.range().low(), widest * i / CANDIDATES));
    }
    return best;
  }

  private Candidate bestLow(Candidate start, double widest) {
    Candidate best = start;
    for (int i = CANDIDATES; i > 0 && widest < 0; i--) {
      best = best.orBetter(candidate(widest * i / CANDIDATES, start.range().high()));
    }
    return best;
  }

  private Candidate candidate(double low, double high) {
    ValueRange range = new ValueRange(low, high);
    return new Candidate(range, squaredError(range));
  }

  /** Returns the sum of squared differences between the values and their quantized form. */
  private double squaredError(ValueRange range) {
    QuantParams params = range.params();
    double scale = params.scale();
    double low = -params.zeroPoint();
    double width = histogram.width();
    double firstMiddle = histogram.lowerEdge(0) + width / 2;
    double sum = 0;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      if (histogram.count(bin) > 0) {
        double value = firstMiddle + bin * width;
        double step = Math.min(Math.max(Math.rint(value / scale), low), low + 255);
        double error = value - step * scale;
        sum += histogram.count(bin) * error * error;
      }
    }
    return sum;
  }
}
