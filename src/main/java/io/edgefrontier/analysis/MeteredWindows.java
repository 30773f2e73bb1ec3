package io.edgefrontier.analysis;

import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.JmhResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The windows of a sweep's energy benchmarks, looked up in an external meter's log. */
final class MeteredWindows {
  private static final double MS_PER_S = 1000;

  private final Meter meter;
  private int windows;
  private int invalid;
  private String firstProblem = "";

  MeteredWindows(Meter meter) {
    this.meter = meter;
  }

  /**
   * Returns the measured energy of one inference: the median over forks of the median over
   * iterations; an iteration's is the mean power of its window times its time per call.
   *
   * @param result with secondary results {@code window.start} and {@code window.end} in seconds
   *     since 1970
   * @return absent if no window is valid
   * @throws IllegalArgumentException if an iteration has no window
   */
  Energy energy(JmhResult result, int batchSize) {
    JmhMetric starts = result.secondary("window.start");
    JmhMetric ends = result.secondary("window.end");
    int forks = result.primary().forks().size();
    check(forks == starts.forks().size() && forks == ends.forks().size());
    List<Double> gross = new ArrayList<>();
    List<Double> net = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      Fork joules =
          fork(result.primary().iterations(fork), starts.iterations(fork), ends.iterations(fork));
      if (!joules.gross().isEmpty()) {
        gross.add(median(joules.gross()));
        net.add(median(joules.net()));
      }
    }
    return gross.isEmpty()
        ? Energy.ABSENT
        : new Energy(
            Double.NaN,
            median(gross) / batchSize,
            median(net) / batchSize,
            "meter:" + meter.log().name());
  }

  /** Joules per call of the iterations with a valid window. */
  private record Fork(List<Double> gross, List<Double> net) {}

  private Fork fork(List<Histogram> calls, List<Histogram> starts, List<Histogram> ends) {
    check(calls.size() == starts.size() && calls.size() == ends.size());
    Fork joules = new Fork(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < calls.size(); i++) {
      double seconds = Statistics.median(calls.get(i)) / MS_PER_S;
      double watts = watts(Statistics.median(starts.get(i)), Statistics.median(ends.get(i)));
      if (!Double.isNaN(watts)) {
        joules.gross().add(watts * seconds);
        joules.net().add((watts - meter.idleWatts()) * seconds);
      }
    }
    return joules;
  }

  private double watts(double startSeconds, double endSeconds) {
    EnergyWindow window =
        MeterEnergy.over(meter.log(), startSeconds, endSeconds, meter.clockOffsetSeconds());
    windows++;
    if (!window.valid()) {
      invalid++;
      firstProblem = firstProblem.isEmpty() ? window.problem() : firstProblem;
    }
    return window.watts();
  }

  private static void check(boolean complete) {
    if (!complete) {
      throw new IllegalArgumentException(
          "expected secondary results 'window.start' and 'window.end' for every iteration");
    }
  }

  private static double median(List<Double> values) {
    return Statistics.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns why windows looked up so far have no energy, if some have none. */
  Optional<String> problem() {
    if (windows == 0) {
      return Optional.of(
          "%s: no energy benchmark has a window to look up".formatted(meter.log().name()));
    }
    return invalid == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %s of %s windows have no energy; the first: %s"
                .formatted(meter.log().name(), invalid, windows, firstProblem));
  }
}
