package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants made elsewhere, compared with the unpruned fp32 archive of their label. */
class GivenDivergenceTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);

  @TempDir private Path source;

  @Test
  void eachIsComparedWithTheBaseOfItsLabelWhereverThatStands() throws IOException {
    write("a.pt", 1);
    write("b.pt", 2);
    List<GivenVariant> given =
        List.of(
            given("one", 0.5, "b.pt"), // its base comes later
            given("two", 0.5, "b.pt"), // it has none
            given("one", 0, "a.pt"));
    List<PreparedVariant> adopted =
        new VariantAdopter(source, samples(), source.resolve("variants"), variant -> {})
            .adopt(given);
    assertEquals(
        given.stream().map(GivenVariant::variant).toList(),
        adopted.stream().map(variant -> variant.entry().variant()).toList());
    List<Divergence> found = adopted.stream().map(variant -> variant.entry().divergence()).toList();
    assertEquals(largestDifference("a.pt", "b.pt"), found.get(0).logitDiffMax(), 1e-6);
    assertTrue(found.get(0).logitDiffMax() > 0.01, "two networks that hardly differ prove nothing");
    assertEquals(
        Divergence.absent("not compared: no archive of two-p0.0-fp32 to compare with"),
        found.get(1));
    assertEquals(new Divergence(0, 0, 1, "20 samples"), found.get(2));
  }

  private double largestDifference(String first, String second) throws IOException {
    double largest = 0;
    try (InferenceSession a = InferenceSession.open(source.resolve(first));
        InferenceSession b = InferenceSession.open(source.resolve(second))) {
      float[] expected = a.run(samples().values(0, 20), SHAPE.batched(20)).get(0);
      float[] found = b.run(samples().values(0, 20), SHAPE.batched(20)).get(0);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i] - found[i]));
      }
    }
    return largest;
  }

  private void write(String name, long seed) throws IOException {
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", SHAPE, 4, seed), source.resolve(name));
  }

  private static GivenVariant given(String label, double level, String path) {
    return new GivenVariant(new Variant(label, level, Precision.FP32), path);
  }

  private static Samples samples() {
    float[] values = new float[20 * 144];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919 % 2003 / 1001.5f - 1;
    }
    return new Samples(SHAPE, 4, values, new int[20]);
  }
}
