package io.edgefrontier.cli;

import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Limits;
import java.math.BigDecimal;
import picocli.CommandLine.Option;

/** The limits that a variant must keep, as flags. */
final class LimitOptions {
  @Option(
      names = "--max-latency-ms",
      paramLabel = "MS",
      description = "Service time of one call on one batch, latency_ms.")
  private String maxLatencyMs;

  @Option(
      names = "--min-accuracy",
      paramLabel = "SHARE",
      description = "Top-1 accuracy, as 0.98 or 98%%.")
  private String minAccuracy;

  @Option(
      names = "--max-memory-mb",
      paramLabel = "MIB",
      description =
          "MiB of the run's budget metric, model_memory_mb unless it says otherwise. Default: the"
              + " run's active budget.")
  private String maxMemoryMb;

  @Option(
      names = "--max-energy-j",
      paramLabel = "J",
      description =
          "Joules per inference: measured, where one sensor measured all cells, else modelled.")
  private String maxEnergyJ;

  @Option(
      names = "--max-accuracy-drop",
      paramLabel = "SHARE",
      description =
          "Accuracy lost against the run's baseline variant, its unpruned fp32, as 0.01 or 1%%.")
  private String maxAccuracyDrop;

  /**
   * Returns the limits that were given.
   *
   * @throws IllegalArgumentException naming option, value and what was expected
   */
  Limits limits() {
    Limits limits = Limits.NONE;
    for (LimitKind kind : LimitKind.values()) {
      String text =
          switch (kind) {
            case MAX_LATENCY_MS -> maxLatencyMs;
            case MIN_ACCURACY -> minAccuracy;
            case MAX_MEMORY_MB -> maxMemoryMb;
            case MAX_ENERGY_J -> maxEnergyJ;
            case MAX_ACCURACY_DROP -> maxAccuracyDrop;
          };
      if (text != null) {
        limits = limits.with(kind, kind.isAccuracy() ? share(kind, text) : cost(kind, text));
      }
    }
    return limits;
  }

  private static double cost(LimitKind kind, String text) {
    double value = number(text);
    if (!(value > 0) || Double.isInfinite(value)) { // also rejects NaN
      throw error(kind, text, "a number > 0", "");
    }
    return value;
  }

  private static double share(LimitKind kind, String text) {
    boolean percent = text.strip().endsWith("%");
    double value = number(percent ? text.strip().substring(0, text.strip().length() - 1) : text);
    // Decimally, for 1.1 / 100 is not 0.011.
    double share =
        percent && Double.isFinite(value)
            ? BigDecimal.valueOf(value).movePointLeft(2).doubleValue()
            : value;
    if (!(share >= 0 && share <= 1)) {
      String meant =
          !percent && value > 1 && value <= 100 ? "; did you mean " + text.strip() + "%?" : "";
      throw error(kind, text, "a share in [0, 1], such as 0.98, or 98%", meant);
    }
    return share;
  }

  private static double number(String text) {
    String digits = text.strip();
    // Java also reads 1f, 0x1p3 and Infinity, which are slips here.
    return digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
        ? Double.parseDouble(digits)
        : Double.NaN;
  }

  private static IllegalArgumentException error(
      LimitKind kind, String text, String expected, String hint) {
    return new IllegalArgumentException(
        "%s: expected %s, found '%s'%s".formatted(kind.option(), expected, text, hint));
  }
}
