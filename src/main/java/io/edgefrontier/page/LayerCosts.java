package io.edgefrontier.page;

import io.edgefrontier.result.LayerRow;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a layer costs, or several that are not worth a line of their own.
 *
 * @param layer its name, or how many layers these are
 * @param op kind of operator; empty for several layers
 * @param macs multiply-accumulates for one sample; absent where nobody knows them
 * @param storedBytes of parameters and buffers
 * @param timeUs for one call on one batch, microseconds; NaN if it was not profiled
 */
record LayerCosts(String layer, String op, OptionalLong macs, long storedBytes, double timeUs) {
  /** In all variants together: more would make a page too large to open quickly. */
  private static final int MOST_ROWS = 1200;

  private static final int LEAST_ROWS_PER_VARIANT = 6;

  private static final Comparator<LayerRow> COSTLY =
      Comparator.comparingDouble((LayerRow row) -> orZero(row.serviceTimeUs()))
          .thenComparingLong(row -> row.macs().orElse(0))
          .thenComparingLong(LayerRow::storedBytes)
          .reversed();

  /**
   * Returns the layers that cost something, in the network's order. Where there are too many, the
   * cheapest of a variant are the last entry, as their sum.
   */
  static Map<Variant, List<LayerCosts>> of(List<LayerRow> rows) {
    Map<Variant, List<LayerRow>> byVariant = new LinkedHashMap<>();
    for (LayerRow row : rows) {
      List<LayerRow> costly = byVariant.computeIfAbsent(row.variant(), key -> new ArrayList<>());
      if (orZero(row.serviceTimeUs()) > 0
          || row.macs().isEmpty()
          || row.macs().getAsLong() > 0
          || row.storedBytes() > 0) {
        costly.add(row);
      }
    }
    int most = Math.max(LEAST_ROWS_PER_VARIANT, MOST_ROWS / Math.max(1, byVariant.size()));
    Map<Variant, List<LayerCosts>> costs = new LinkedHashMap<>();
    byVariant.forEach((variant, layers) -> costs.put(variant, atMost(layers, most)));
    return costs;
  }

  private static List<LayerCosts> atMost(List<LayerRow> layers, int most) {
    if (layers.size() <= most) {
      return layers.stream().map(LayerCosts::of).toList();
    }
    List<LayerRow> byCost = layers.stream().sorted(COSTLY).toList();
    Set<String> kept = new HashSet<>();
    byCost.subList(0, most - 1).forEach(row -> kept.add(row.layer()));
    List<LayerCosts> costs = new ArrayList<>();
    layers.stream()
        .filter(row -> kept.contains(row.layer()))
        .forEach(row -> costs.add(LayerCosts.of(row)));
    costs.add(sum(byCost.subList(most - 1, byCost.size())));
    return costs;
  }

  private static LayerCosts of(LayerRow row) {
    return new LayerCosts(
        row.layer(), row.op(), row.macs(), row.storedBytes(), row.serviceTimeUs());
  }

  private static LayerCosts sum(List<LayerRow> rows) {
    boolean profiled = rows.stream().anyMatch(row -> !Double.isNaN(row.serviceTimeUs()));
    return new LayerCosts(
        rows.size() + " other layers",
        "",
        OptionalLong.of(rows.stream().mapToLong(row -> row.macs().orElse(0)).sum()),
        rows.stream().mapToLong(LayerRow::storedBytes).sum(),
        profiled
            ? rows.stream().mapToDouble(row -> orZero(row.serviceTimeUs())).sum()
            : Double.NaN);
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
