package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.LayerRow;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayerCostsTest {
  @Test
  void leavesOutWhatCostsNothing() {
    Variant variant = new Variant("net", 0, Precision.FP32);
    LayerRow conv = row(variant, "conv", OptionalLong.of(100), 40, Double.NaN);
    LayerRow relu = row(variant, "relu", OptionalLong.of(0), 0, Double.NaN);
    LayerRow unknown = row(variant, "call", OptionalLong.empty(), 0, Double.NaN);
    LayerRow timed = row(variant, "copy", OptionalLong.of(0), 0, 1.5);
    List<String> names =
        LayerCosts.of(List.of(conv, relu, unknown, timed)).get(variant).stream()
            .map(LayerCosts::layer)
            .toList();
    assertEquals(List.of("conv", "call", "copy"), names);
  }

  @Test
  void sumsUpTheCheapestLayersOfALargeNetwork() {
    List<LayerRow> rows = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      Variant variant = new Variant("net", 0, precision);
      for (int i = 0; i < 3000; i++) {
        rows.add(row(variant, "l" + i, OptionalLong.of((i * 7919) % 3001), i, (i * 31) % 3001));
      }
    }
    Map<Variant, List<LayerCosts>> costs = LayerCosts.of(rows);
    assertEquals(4, costs.size());
    for (List<LayerCosts> layers : costs.values()) {
      assertEquals(300, layers.size());
      LayerCosts rest = layers.get(299);
      // Of 3000 layers the first costs nothing at all, and 299 have a line of their own.
      assertEquals("2700 other layers", rest.layer());
      double least =
          layers.subList(0, 299).stream().mapToDouble(LayerCosts::timeUs).min().orElseThrow();
      assertEquals(
          299, rows.stream().limit(3000).filter(row -> row.serviceTimeUs() >= least).count());
      assertEquals(
          rows.stream().limit(3000).mapToLong(row -> row.macs().getAsLong()).sum(),
          layers.stream().mapToLong(layer -> layer.macs().getAsLong()).sum());
      assertEquals(3000L * 2999 / 2, layers.stream().mapToLong(LayerCosts::storedBytes).sum());
      for (int i = 1; i < 299; i++) {
        assertTrue(number(layers.get(i - 1)) < number(layers.get(i)), "the network's order");
      }
    }
  }

  private static int number(LayerCosts layer) {
    return Integer.parseInt(layer.layer().substring(1));
  }

  private static LayerRow row(
      Variant variant, String layer, OptionalLong macs, long bytes, double timeUs) {
    return new LayerRow(variant, layer, "Conv2d", List.of(1), 0, bytes, macs, "", timeUs);
  }
}
