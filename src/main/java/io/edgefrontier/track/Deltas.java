package io.edgefrontier.track;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The changes that matter.
 *
 * @param relative of each metric, the relative change: 0.05 for 5 %, at least 0
 * @param floors of each metric, the change in its unit up to which nothing matters, at least 0
 */
public record Deltas(Map<Metric, Double> relative, Map<Metric, Double> floors) {
  public Deltas {
    relative = complete(relative);
    floors = complete(floors);
  }

  private static Map<Metric, Double> complete(Map<Metric, Double> given) {
    Map<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(given);
    for (Metric metric : Metric.values()) {
      Double value = copy.get(metric);
      if (value == null || !(value >= 0) || value.isInfinite()) { // also rejects NaN
        throw new IllegalArgumentException(
            "the delta of %s must be finite and >= 0, got %s".formatted(metric.label(), value));
      }
    }
    return Collections.unmodifiableMap(copy);
  }

  /** Returns those of the metrics themselves. */
  public static Deltas defaults() {
    Map<Metric, Double> relative = new EnumMap<>(Metric.class);
    Map<Metric, Double> floors = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      relative.put(metric, metric.delta());
      floors.put(metric, metric.floor());
    }
    return new Deltas(relative, floors);
  }

  /**
   * Returns these with another relative change.
   *
   * @param delta 0.05 for 5 %
   * @throws IllegalArgumentException for a metric that compares exactly
   */
  public Deltas with(Metric metric, double delta) {
    if (metric.kind() == Metric.Kind.EXACT) {
      throw new IllegalArgumentException(
          "%s compares exactly: any change counts, so it has no delta".formatted(metric.label()));
    }
    Map<Metric, Double> changed = new EnumMap<>(relative);
    changed.put(metric, delta);
    return new Deltas(changed, floors);
  }

  /**
   * Returns these with another floor.
   *
   * @param floor in the metric's unit
   */
  public Deltas withFloor(Metric metric, double floor) {
    Map<Metric, Double> changed = new EnumMap<>(floors);
    changed.put(metric, floor);
    return new Deltas(relative, changed);
  }

  /**
   * Returns these with one changed as a command line spells it.
   *
   * @param text such as {@code latency=2%} or {@code latency=0.02}
   * @throws IllegalArgumentException if it is not of that form
   */
  public Deltas with(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "a delta is METRIC=SHARE such as latency=2%%, got '%s'".formatted(text));
    }
    String number = text.substring(equals + 1).strip();
    boolean percent = number.endsWith("%");
    try {
      double share =
          Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
      return with(Metric.parse(text.substring(0, equals).strip()), percent ? share / 100 : share);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "a delta is a share such as 2%% or 0.02, got '%s'".formatted(number), notANumber);
    }
  }

  /**
   * Returns whether a change matters.
   *
   * @param ratio above 1 is worse
   * @param baseline the metric's value of the baseline in its unit
   */
  boolean matters(Metric metric, double ratio, double baseline) {
    // 1 / (1 + delta) on the better side, so that swapping the two runs swaps the verdicts.
    double magnitude = Math.max(ratio, 1 / ratio);
    double factor = metric.smallerIsBetter() ? ratio : 1 / ratio;
    return magnitude > 1 + relative.get(metric)
        && Math.abs(factor - 1) * baseline > floors.get(metric);
  }

  /** Returns the smallest ratio above 1, less 1, that matters. */
  double smallest(Metric metric, double baseline) {
    double share = floors.get(metric) / baseline;
    // A throughput that falls by half is a ratio of 2.
    double worse = metric.smallerIsBetter() ? share : share / (1 - Math.min(share, 1));
    return Math.max(relative.get(metric), worse);
  }
}
