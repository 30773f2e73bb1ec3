package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Divergence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseAnswersTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);
  private static final int CLASSES = 4;

  @TempDir private Path folder;

  @Test
  void saysTheDifferencesThatEverySampleByItselfGives() throws IOException {
    Path base = write("base.pt", BuiltInNetworks.create("SmallCNN", SHAPE, CLASSES, 1));
    Path variant = write("variant.pt", BuiltInNetworks.create("SmallCNN", SHAPE, CLASSES, 2));
    Samples samples = samples(50);
    double max = 0;
    double sum = 0;
    int agreeing = 0;
    try (InferenceSession a = InferenceSession.open(base);
        InferenceSession b = InferenceSession.open(variant)) {
      for (int i = 0; i < samples.count(); i++) {
        float[] expected = a.run(samples.values(i, i + 1), SHAPE.batched(1)).get(0);
        float[] found = b.run(samples.values(i, i + 1), SHAPE.batched(1)).get(0);
        for (int c = 0; c < CLASSES; c++) {
          max = Math.max(max, Math.abs(expected[c] - found[c]));
          sum += Math.abs(expected[c] - found[c]);
        }
        agreeing += argmax(expected) == argmax(found) ? 1 : 0;
      }
    }
    Divergence divergence = new BaseAnswers(base, Optional.empty(), samples).divergence(variant);
    assertEquals(max, divergence.logitDiffMax(), 1e-5);
    assertEquals(sum / (50 * CLASSES), divergence.logitDiffMean(), 1e-5);
    assertEquals(agreeing / 50.0, divergence.argmaxAgreement());
    assertEquals("50 samples", divergence.source());
    assertTrue(agreeing < 50, "networks that always agree prove nothing");
  }

  @Test
  void aNetworkDoesNotDifferFromItself() throws IOException {
    Path base = write("base.pt", BuiltInNetworks.create("mlp", SHAPE, CLASSES, 1));
    assertEquals(
        new Divergence(0, 0, 1, "256 samples"),
        new BaseAnswers(base, Optional.empty(), samples(300)).divergence(base));
  }

  @Test
  void samplesAreTakenFromAllOverAFileSortedByClass() throws IOException {
    Path base = write("base.pt", sum(1));
    Samples[] both = new Samples[2];
    for (int i = 0; i < 2; i++) {
      int count = 512;
      float[] values = new float[count * 144];
      values[(count - 2 + i) * 144] = 1; // every second one is taken, so the last is not
      both[i] = new Samples(SHAPE, CLASSES, values, new int[count]);
    }
    Path variant = write("variant.pt", sum(2));
    assertEquals(
        1, new BaseAnswers(base, Optional.empty(), both[0]).divergence(variant).logitDiffMax());
    assertEquals(
        0, new BaseAnswers(base, Optional.empty(), both[1]).divergence(variant).logitDiffMax());
  }

  @Test
  void withoutSamplesPatternsGiveDifferencesAndNoAgreement() throws IOException {
    Path base = write("base.pt", sum(1));
    Path variant = write("variant.pt", sum(3));
    Divergence divergence =
        new BaseAnswers(base, Optional.empty(), Samples.none(SHAPE)).divergence(variant);
    assertTrue(divergence.logitDiffMax() > 0);
    assertTrue(Double.isNaN(divergence.argmaxAgreement()));
    assertEquals("8 patterns", divergence.source());
  }

  @Test
  void anOutputOfAnotherShapeIsNotCompared() throws IOException {
    Path base = write("base.pt", BuiltInNetworks.create("mlp", SHAPE, CLASSES, 1));
    Path other = write("other.pt", BuiltInNetworks.create("mlp", SHAPE, CLASSES + 1, 1));
    Divergence divergence = new BaseAnswers(base, Optional.empty(), samples(20)).divergence(other);
    assertFalse(divergence.isPresent());
    assertEquals("not compared: gives shape 16x5, the base 16x4", divergence.source());
  }

  @Test
  void aBaseThatDoesNotLoadSaysSoAtEveryVariant() throws IOException {
    Path variant = write("variant.pt", sum(1));
    BaseAnswers answers =
        new BaseAnswers(folder.resolve("nowhere.pt"), Optional.empty(), samples(3));
    for (int i = 0; i < 2; i++) {
      String source = answers.divergence(variant).source();
      assertTrue(source.startsWith("not compared: "), source);
      assertTrue(source.contains("nowhere.pt: no such file"), source);
    }
  }

  @Test
  void aVariantThatGivesNoNumbersIsAnError() throws IOException {
    Path base = write("base.pt", sum(1));
    Path broken = write("broken.pt", sum(Float.NaN));
    BaseAnswers answers = new BaseAnswers(base, Optional.empty(), samples(3));
    IOException error = assertThrows(IOException.class, () -> answers.divergence(broken));
    assertEquals("broken.pt: gives NaN on samples, expected numbers", error.getMessage());
  }

  /** Returns a network whose logits are all the sum of the input, times {@code weight}. */
  private static Graph sum(float weight) {
    float[] weights = new float[CLASSES * 144];
    Arrays.fill(weights, weight);
    Tensor tensor = Tensor.ofFloats(Shape.of(CLASSES, 144), weights);
    return new Graph(
        "sum",
        SHAPE,
        List.of(
            new Node("flatten", new Reshaping.Flatten(1, -1), List.of(Graph.INPUT)),
            new Node("sum", new Layer.Linear(tensor, Optional.empty()), List.of("flatten"))),
        List.of("sum"));
  }

  private Path write(String name, Graph graph) throws IOException {
    TorchScriptWriter.write(graph, folder.resolve(name));
    return folder.resolve(name);
  }

  private static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static Samples samples(int count) {
    Random random = new Random(3);
    float[] values = new float[count * 144];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return new Samples(SHAPE, CLASSES, values, new int[count]);
  }
}
