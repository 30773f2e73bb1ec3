package io.edgefrontier.prepare;

import io.edgefrontier.torchscript.ArchiveContents;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the precision that an archive is said to have with the weights that it stores.
 *
 * <p>fp32 means that every weight is float32. Each other precision means that weights of its types
 * are at least half of all weight elements: a first or last layer in float is common, and so are
 * float activations (dynamic quantisation).
 */
final class PrecisionClaim {
  private PrecisionClaim() {}

  /**
   * Makes sure that weights and claim agree.
   *
   * @param name of the archive, for messages
   * @throws IOException saying what was found and what was expected, if they do not
   */
  static void require(String name, Precision claimed, ArchiveContents contents) throws IOException {
    if (contents.weights().isEmpty()) {
      throw new IOException(
          "%s: called %s, but it stores no weights that could be; expected %s"
              .formatted(name, claimed.label(), expected(claimed)));
    }
    long all = contents.weights().values().stream().mapToLong(Long::longValue).sum();
    long fitting =
        contents.weights().entrySet().stream()
            .filter(weights -> types(claimed).contains(weights.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    boolean agrees = claimed == Precision.FP32 ? fitting == all : fitting >= all - fitting;
    if (!agrees) {
      throw new IOException(
          "%s: called %s, but %s; expected %s; %s"
              .formatted(
                  name, claimed.label(), found(contents, all), expected(claimed), advice(claimed)));
    }
  }

  private static Set<String> types(Precision precision) {
    return switch (precision) {
      case FP32 -> Set.of("float32");
      case BF16 -> Set.of("bfloat16");
      case FP16 -> Set.of("float16");
      case INT8 -> Set.of("qint8", "quint8", "int8", "uint8");
    };
  }

  private static String found(ArchiveContents contents, long all) {
    if (contents.weights().size() == 1) {
      return "its weights are all " + contents.weights().firstKey();
    }
    return "its weights are "
        + contents.weights().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(
                weights ->
                    String.format(
                        Locale.ROOT,
                        "%s (%.1f %%)",
                        weights.getKey(),
                        100.0 * weights.getValue() / all))
            .collect(Collectors.joining(", "));
  }

  private static String expected(Precision precision) {
    return switch (precision) {
      case FP32 -> "float32 throughout";
      case BF16 -> "bfloat16 in at least half of them";
      case FP16 -> "float16 in at least half of them";
      case INT8 -> "qint8, quint8, int8 or uint8 in at least half of them";
    };
  }

  private static String advice(Precision precision) {
    return precision == Precision.INT8
        ? "convert the network after its training or calibration, or correct the table"
        : "export the network in this precision, or correct the table";
  }
}
