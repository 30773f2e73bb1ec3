package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.prune.ChannelPruner;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks with opaque calls, pruned, lowered and run. */
class OpaqueVariantsTest {
  private static final int STEPS = 5;
  private static final int FEATURES = 3;
  private static final int HIDDEN = 4;

  private final Random random = new Random(7);
  private final Tensor inputWeight = random(4 * HIDDEN, FEATURES);
  private final Tensor hiddenWeight = random(4 * HIDDEN, HIDDEN);
  private final Tensor inputBias = random(4 * HIDDEN);
  private final Tensor hiddenBias = random(4 * HIDDEN);

  @TempDir Path folder;

  @Test
  void anLstmGivesWhatItsEquationsSay() throws IOException {
    Graph graph = lstm(List.of("lstm"));
    float[] input = values(2 * STEPS * FEATURES);
    float[] expected = new float[2 * STEPS * HIDDEN];
    for (int sample = 0; sample < 2; sample++) {
      byEquations(input, sample, expected);
    }
    assertArrayEquals(expected, run(graph, input, 2), 1e-6f);
  }

  @Test
  void anLstmIsReadBackAsItWasWritten() throws IOException {
    Graph graph = lstm(List.of("lstm", "lstm_1"));
    Path file = folder.resolve("lstm.pt");
    TorchScriptWriter.write(graph, file);
    Graph again = TorchScriptReader.read(file, graph.sampleShape(), new EngineProbe());
    assertEquals(
        graph.types(2).values().stream().toList(), again.types(2).values().stream().toList());
    assertEquals(graph.macs(), again.macs());
    assertEquals(graph.parameters(), again.parameters());
    assertEquals(graph.storedBytes(), again.storedBytes());
  }

  @Test
  void theCostOfAnLstmIsThatOfItsMatrices() {
    Graph graph = lstm(List.of("lstm"));
    assertEquals(STEPS * 4L * HIDDEN * (FEATURES + HIDDEN), graph.macs());
    assertEquals(4L * HIDDEN * (FEATURES + HIDDEN + 2), graph.parameters());
    assertTrue(graph.countsAllMacs());
  }

  @Test
  void unknownCostsAreNotTakenForNone() {
    Graph graph = mixed(OptionalLong.empty());
    assertFalse(graph.countsAllMacs());
    assertTrue(mixed(OptionalLong.of(0)).countsAllMacs());
  }

  @Test
  void channelsThatReachAnOpaqueCallStayAndOthersGo() {
    Graph pruned = ChannelPruner.prune(mixed(OptionalLong.of(0)), 0.5);
    assertEquals(4, ((Conv2d) pruned.node("first").op()).outChannels());
    assertEquals(8, ((Conv2d) pruned.node("second").op()).outChannels());
    assertEquals(mixed(OptionalLong.of(0)).node("cumsum").op(), pruned.node("cumsum").op());
  }

  @Test
  void opaqueCallsStayInFloat32BetweenCasts() {
    Graph lowered = PrecisionLowering.lower(mixed(OptionalLong.of(0)), Precision.BF16, Map.of());
    Node call = lowered.node("cumsum");
    assertEquals(new Cast(DType.FLOAT32), lowered.node(call.inputs().get(0)).op());
    assertEquals(DType.FLOAT32, lowered.types(1).get("cumsum").dtype());
    assertEquals(DType.BFLOAT16, lowered.types(1).get("linear").dtype());
  }

  @Test
  void aNetworkThatHasNothingElseIsNotCalledHalf() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> PrecisionLowering.lower(lstm(List.of("lstm")), Precision.FP16, Map.of()));
    assertTrue(error.getMessage().contains("opaque torch.lstm at 'lstm'"), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyPrecisionRunsCloseToFloat32(Precision precision) throws IOException {
    Graph graph = mixed(OptionalLong.of(0));
    Map<String, QuantParams> ranges = new HashMap<>();
    if (precision == Precision.INT8) {
      PrecisionLowering.observedValues(graph)
          .forEach(value -> ranges.put(value, new QuantParams(0.05f, 128)));
    }
    float[] input = values(2 * 2 * 4 * 4);
    float[] expected = run(graph, input, 2);
    float[] found = run(PrecisionLowering.lower(graph, precision, ranges), input, 2);
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    assertArrayEquals(expected, found, (float) (precision == Precision.FP32 ? 1e-5 : 0.1 * scale));
  }

  /** Two convolutions, a sum that is kept opaque, and a linear layer. */
  private Graph mixed(OptionalLong macs) {
    Random fixed = new Random(3);
    Window window = new Window(Size2d.of(3), Size2d.of(1), Size2d.of(1), Size2d.of(1));
    BatchedType images =
        new BatchedType(
            new TensorType(DType.FLOAT32, Shape.of(1, 8, 4, 4)),
            List.of(true, false, false, false));
    Opaque.Call call =
        new Opaque.Call(
            "torch.cumsum",
            new Opaque.Origin("line 1", "unknown", 3),
            "torch.cumsum(${0}, 1)",
            List.of(images),
            List.of(),
            List.of(images),
            false,
            macs);
    return new Graph(
        "mixed",
        Shape.of(2, 4, 4),
        List.of(
            node("first", conv(fixed, 8, 2, window), Graph.INPUT),
            node("second", conv(fixed, 8, 8, window), "first"),
            node("cumsum", call, "second"),
            node("flatten", new Flatten(1, 3), "cumsum"),
            node("linear", new Linear(tensor(fixed, 3, 128), Optional.empty()), "flatten")),
        List.of("linear"));
  }

  private static Conv2d conv(Random random, int out, int in, Window window) {
    return new Conv2d(tensor(random, out, in, 3, 3), Optional.empty(), window, 1);
  }

  /** One recurrent layer with its last hidden state, and the zeros that it starts from. */
  private Graph lstm(List<String> outputs) {
    TensorType state = new TensorType(DType.FLOAT32, Shape.of(1, 1, HIDDEN));
    BatchedType states = new BatchedType(state, List.of(false, true, false));
    BatchedType input = sequence(FEATURES);
    Opaque.Call zeros =
        new Opaque.Call(
            "torch.zeros",
            new Opaque.Origin("line 1", "unknown", 3),
            "torch.zeros([1, torch.size(${0}, 0), " + HIDDEN + "], dtype=6)",
            List.of(input),
            List.of(),
            List.of(states),
            false,
            OptionalLong.of(0));
    Opaque.Call lstm =
        new Opaque.Call(
            "torch.lstm",
            new Opaque.Origin("line 2", "unknown", 3),
            "torch.lstm(${0}, [${1}, ${1}], [@{0}, @{1}, @{2}, @{3}], True, 1, 0., False, False,"
                + " True)",
            List.of(input, states),
            List.of(
                new StoredTensor("weight_ih", inputWeight, true),
                new StoredTensor("weight_hh", hiddenWeight, true),
                new StoredTensor("bias_ih", inputBias, true),
                new StoredTensor("bias_hh", hiddenBias, true)),
            List.of(sequence(HIDDEN), states, states),
            true,
            OptionalLong.of(STEPS * 4L * HIDDEN * (FEATURES + HIDDEN)));
    return new Graph(
        "lstm",
        Shape.of(STEPS, FEATURES),
        List.of(
            node("zeros", zeros, Graph.INPUT),
            node("lstm", lstm, Graph.INPUT, "zeros"),
            node("lstm_1", Opaque.result(lstm, 1), "lstm", Graph.INPUT, "zeros")),
        outputs);
  }

  private static BatchedType sequence(int features) {
    return new BatchedType(
        new TensorType(DType.FLOAT32, Shape.of(1, STEPS, features)), List.of(true, false, false));
  }

  /** Computes the hidden states of one sample. */
  private void byEquations(float[] input, int sample, float[] out) {
    double[] hidden = new double[HIDDEN];
    double[] cell = new double[HIDDEN];
    for (int step = 0; step < STEPS; step++) {
      double[] gates = new double[4 * HIDDEN];
      for (int g = 0; g < gates.length; g++) {
        gates[g] = inputBias.toFloats()[g] + hiddenBias.toFloats()[g];
        for (int f = 0; f < FEATURES; f++) {
          gates[g] +=
              inputWeight.toFloats()[g * FEATURES + f]
                  * input[(sample * STEPS + step) * FEATURES + f];
        }
        for (int h = 0; h < HIDDEN; h++) {
          gates[g] += hiddenWeight.toFloats()[g * HIDDEN + h] * hidden[h];
        }
      }
      for (int h = 0; h < HIDDEN; h++) {
        double remembered = sigmoid(gates[HIDDEN + h]) * cell[h];
        cell[h] = remembered + sigmoid(gates[h]) * Math.tanh(gates[2 * HIDDEN + h]);
        hidden[h] = sigmoid(gates[3 * HIDDEN + h]) * Math.tanh(cell[h]);
        out[(sample * STEPS + step) * HIDDEN + h] = (float) hidden[h];
      }
    }
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  private static Node node(String name, Op op, String... inputs) {
    return new Node(name, op, List.of(inputs));
  }

  private Tensor random(int... dims) {
    return tensor(random, dims);
  }

  private static Tensor tensor(Random random, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextFloat() - 0.5f) / 2;
    }
    return Tensor.ofFloats(shape, values);
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(i * 0.7);
    }
    return values;
  }

  private float[] run(Graph graph, float[] input, int batch) throws IOException {
    Path file = folder.resolve("run.pt");
    TorchScriptWriter.write(graph, file);
    try (InferenceSession session = InferenceSession.open(file)) {
      return session.run(input, graph.sampleShape().batched(batch)).get(0);
    }
  }
}
