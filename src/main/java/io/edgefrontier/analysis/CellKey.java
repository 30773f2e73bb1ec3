package io.edgefrontier.analysis;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Decimals;
import io.edgefrontier.result.JmhResult;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that tells one cell of a JMH file from another. Numbers are compared as numbers:
 * {@code 0.50} is {@code 0.5}.
 *
 * @param model empty where the file names none
 */
public record CellKey(
    String model, double pruningLevel, Precision precision, int batchSize, int threads)
    implements Comparable<CellKey> {
  private static final String THREADS_PROPERTY = "-Dai.djl.pytorch.num_threads=";

  private static final Pattern THREADS = Pattern.compile("[1-9][0-9]{0,5}");

  /**
   * Returns the key of an entry.
   *
   * @throws IllegalArgumentException if a parameter is missing or malformed
   */
  public static CellKey of(JmhResult result) {
    double level = number(result, "pruningLevel");
    double batchSize = number(result, "batchSize");
    if (!(level >= 0 && level < 1)) {
      throw unexpected(result, "pruningLevel", "a share in [0, 1)");
    }
    if (!(batchSize >= 1) || batchSize != Math.rint(batchSize) || batchSize > Integer.MAX_VALUE) {
      throw unexpected(result, "batchSize", "a whole number >= 1");
    }
    return new CellKey(
        result.params().getOrDefault("model", ""),
        level,
        Precision.parse(param(result, "precision")),
        (int) batchSize,
        threads(result.jvmArgs()));
  }

  /** Returns the key of a cell under this name of its model. */
  static CellKey of(Cell cell, String model) {
    Variant variant = cell.variant();
    return new CellKey(
        model, variant.pruningLevel() + 0.0, variant.precision(), cell.batchSize(), cell.threads());
  }

  /** Returns the cell, of this model where the key names none. */
  public Cell toCell(String modelOfOthers) {
    String known = model.isEmpty() ? modelOfOthers : model;
    return new Cell(new Variant(known, pruningLevel, precision), batchSize, threads);
  }

  /**
   * Returns a parameter that is a number.
   *
   * @throws IllegalArgumentException if it is missing or malformed
   */
  static double number(JmhResult result, String name) {
    try {
      return Decimals.parse(param(result, name)) + 0.0; // -0.0 is level 0
    } catch (NumberFormatException e) {
      throw unexpected(result, name, "a number");
    }
  }

  /** By level first, then by precision, as sweeps go. */
  @Override
  public int compareTo(CellKey other) {
    int order = model.compareTo(other.model);
    order = order != 0 ? order : Double.compare(pruningLevel, other.pruningLevel);
    order = order != 0 ? order : precision.compareTo(other.precision);
    order = order != 0 ? order : Integer.compare(batchSize, other.batchSize);
    return order != 0 ? order : Integer.compare(threads, other.threads);
  }

  private static String param(JmhResult result, String name) {
    String value = result.params().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s has no parameter '%s', only %s"
              .formatted(result.benchmark(), name, new TreeMap<>(result.params()).keySet()));
    }
    return value;
  }

  private static IllegalArgumentException unexpected(
      JmhResult result, String name, String expected) {
    return new IllegalArgumentException(
        "parameter '%s': found '%s', expected %s"
            .formatted(name, result.params().get(name), expected));
  }

  /** Returns the engine's threads; the last setting counts, as it does to the JVM. */
  private static int threads(List<String> jvmArgs) {
    int threads = 1;
    for (String argument : jvmArgs) {
      if (argument.startsWith(THREADS_PROPERTY)) {
        threads = parseThreads(argument);
      }
    }
    return threads;
  }

  private static int parseThreads(String argument) {
    String value = argument.substring(THREADS_PROPERTY.length());
    if (!THREADS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "jvmArgs: found '%s', expected a whole number >= 1".formatted(argument));
    }
    return Integer.parseInt(value);
  }
}
