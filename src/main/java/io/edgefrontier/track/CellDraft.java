package io.edgefrontier.track;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** A cell while its entries are being read. */
final class CellDraft {
  private final Map<String, String> conditions = new TreeMap<>();
  private final Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
  private final Map<Metric, Long> exact = new EnumMap<>(Metric.class);
  private Answers answers = Answers.NONE;
  private String error = "";

  /** Notes what has to be equal in another run. */
  void condition(String name, String value) {
    if (!value.isEmpty()) {
      conditions.put(name, value);
    }
  }

  /**
   * Notes how JMH ran an entry of the cell.
   *
   * @param setup of {@link SetupConditions}
   * @param part which of several entries of the cell; empty for the only or the main one
   */
  void setup(Map<String, String> setup, String part) {
    setup.forEach(
        (name, value) ->
            condition(name.equals("jmh") && !part.isEmpty() ? "jmh_" + part : name, value));
  }

  /** Adds values in the metric's unit, one per fork; none is no sample. */
  void sample(Metric metric, double[] values) {
    if (values.length > 0 && isComparable(metric, values)) {
      samples.put(metric, Sample.of(values));
    }
  }

  /**
   * Adds ratios to the paired reference, one per fork.
   *
   * @param values in the metric's unit, one per fork
   * @param typical in the metric's unit
   */
  void paired(Metric metric, double[] ratios, double[] values, double typical) {
    if (isComparable(metric, ratios) && isComparable(metric, values)) {
      samples.put(metric, Sample.paired(ratios, values, typical));
    }
  }

  /** Strangers' files may hold anything; a cell that cannot be compared by ratios has failed. */
  private boolean isComparable(Metric metric, double[] values) {
    for (double value : values) {
      if (!(value > 0 && Double.isFinite(value))) {
        fail("%s: found %s, expected a number above 0".formatted(metric.label(), value));
        return false;
      }
    }
    return true;
  }

  boolean has(Metric metric) {
    return samples.containsKey(metric);
  }

  void exact(Metric metric, long value) {
    exact.put(metric, value);
  }

  void answers(Answers given) {
    answers = given;
  }

  /** Notes why figures are missing; the first reason stays. */
  void fail(String reason) {
    if (error.isEmpty()) {
      error = reason;
    }
  }

  boolean isEmpty() {
    return samples.isEmpty() && error.isEmpty();
  }

  TrackedCell toCell(String key) {
    return new TrackedCell(key, conditions, samples, exact, answers, error);
  }
}
