package io.edgefrontier.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads a dataset by the name that a user gives it.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><td>{@code digits}</td><td>the embedded UCI digits</td></tr>
 *   <tr><td>{@code mnist}</td><td>the IDX files in the folder data/mnist</td></tr>
 *   <tr><td>{@code idx:DIR}</td><td>the IDX files in the folder DIR</td></tr>
 * </table>
 */
public final class DatasetSource {
  private static final String IDX_PREFIX = "idx:";
  private static final Path MNIST_FOLDER = Path.of("data", "mnist");

  private DatasetSource() {}

  /**
   * Loads both parts of a dataset. Where the source has no validation part of its own, 20 % of each
   * class is held out.
   *
   * @param spec as in the table above
   * @param seed of the split; the same seed gives the same split every time
   * @throws IllegalArgumentException if {@code spec} names no dataset
   * @throws IOException naming the file that is missing or damaged
   */
  public static DataSplit load(String spec, long seed) throws IOException {
    String name = spec.strip();
    if (name.regionMatches(true, 0, IDX_PREFIX, 0, IDX_PREFIX.length())) {
      return IdxFolder.load(name, Path.of(name.substring(IDX_PREFIX.length())), seed);
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "digits" -> StratifiedSplit.of(name, Digits.load(), seed);
      case "mnist" -> mnist(name, MNIST_FOLDER, seed);
      default ->
          throw new IllegalArgumentException(
              "unknown dataset '%s'; available: digits, mnist, idx:DIR".formatted(spec));
    };
  }

  /** Loads MNIST from {@code folder}, which a user fills by hand. */
  static DataSplit mnist(String name, Path folder, long seed) throws IOException {
    try {
      return IdxFolder.load(name, folder, seed);
    } catch (MissingFilesException e) {
      throw new IOException(
          e.getMessage() + "; or use the dataset idx:DIR for another folder, or digits", e);
    }
  }
}
