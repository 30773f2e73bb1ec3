package io.edgefrontier.analysis;

import io.edgefrontier.result.Memory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The memory figure that budgets are held against. */
public enum BudgetMetric {
  /** Parameters and buffers as stored. */
  MODEL_MEMORY_MB,
  /** Model and peak activations. */
  RUNTIME_MEMORY_MB,
  /** High-water mark of the whole process. */
  PEAK_RSS_MB;

  /** Returns the column's name, such as {@code model_memory_mb}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the metric with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static BudgetMetric parse(String label) {
    return Arrays.stream(values())
        .filter(metric -> metric.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown budget metric '%s'; available: %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(BudgetMetric::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** Returns this metric in MiB, NaN if it is absent. */
  public double of(Memory memory) {
    return switch (this) {
      case MODEL_MEMORY_MB -> memory.modelMb();
      case RUNTIME_MEMORY_MB -> memory.runtimeMb();
      case PEAK_RSS_MB -> memory.resident().peakMb();
    };
  }
}
