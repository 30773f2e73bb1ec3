package io.edgefrontier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Response times of a fork, in a histogram of fixed size with three significant digits. */
final class ResponseTimes {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  /** A percentile that fewer samples lie beyond says more about these few than about the rest. */
  private static final int SAMPLES_BEYOND = 10;

  private static final Map<String, Integer> PER_MILLE =
      new TreeMap<>(Map.of("p50", 500, "p90", 900, "p99", 990, "p999", 999));

  private final Histogram nanos = new Histogram(LONGEST_NANOS, DIGITS);

  /** Adds one response time; more than an hour counts as an hour. Allocates nothing. */
  void add(long responseNanos) {
    nanos.recordValue(Math.min(responseNanos, LONGEST_NANOS));
  }

  /** Adds those of another thread. */
  void addAll(ResponseTimes other) {
    nanos.add(other.nanos);
  }

  /** Returns the percentiles that enough samples support, the maximum and the count. */
  List<Observation> observations() {
    long count = nanos.getTotalCount();
    if (count == 0) {
      return List.of();
    }
    List<Observation> observations = new ArrayList<>();
    PER_MILLE.forEach(
        (name, perMille) -> {
          if (count * (1000 - perMille) >= SAMPLES_BEYOND * 1000) {
            observations.add(response(name, nanos.getValueAtPercentile(perMille / 10.0)));
          }
        });
    observations.add(response("max", nanos.getMaxValue()));
    observations.add(new Observation("response.count", count, "calls"));
    return observations;
  }

  private static Observation response(String name, long nanos) {
    return new Observation("response." + name, nanos / 1e6, "ms");
  }
}
