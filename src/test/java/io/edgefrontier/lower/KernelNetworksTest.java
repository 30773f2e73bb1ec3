package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole networks with kernels, whatever is chosen, against the same with plain operators. */
class KernelNetworksTest {
  private static final Path MODELS = Path.of("../shared/models");
  private static final Path MNIST = Path.of("../shared/data/mnist-t10k");
  private static final int CALIBRATED_WITH = 128;
  private static final int COMPARED = 1000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"SmallCNN", "resnet8", "ds-cnn", "mlp"})
  void trainedBuiltInNetworksAnswerTheSame(String name) throws IOException {
    Samples samples = DatasetSource.load("digits", 7).validation();
    Path archive = folder.resolve(name + ".pt");
    try (InputStream resource = BuiltInNetworks.trainedOnDigits(name).orElseThrow()) {
      Files.copy(resource, archive);
    }
    assertSameAnswers(TorchScriptReader.read(archive, samples.shape()), samples);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescnn", "mlp", "smallcnn"})
  void networksThatPyTorchTrainedAnswerTheSame(String model) throws IOException {
    assumeTrue(Files.isDirectory(MODELS) && Files.isDirectory(MNIST), "no ../shared beside this");
    Samples samples = DatasetSource.load("idx:" + MNIST, 7).validation();
    Path archive = MODELS.resolve(model + ".traced.pt");
    assertSameAnswers(TorchScriptReader.read(archive, samples.shape()), samples);
  }

  private void assertSameAnswers(Graph graph, Samples all) throws IOException {
    Samples samples = all.first(Math.min(COMPARED, all.count()));
    Map<String, QuantParams> ranges = calibrated(graph, samples);
    KernelSupport support = support();
    for (Precision precision : Precision.values()) {
      Graph plain = PrecisionLowering.lower(graph, precision, ranges);
      float[] expected = run(plain, samples);
      for (Map.Entry<String, Function<LayerSite, Kernel>> choice : choices(support).entrySet()) {
        String what = graph.name() + " " + precision + " " + choice.getKey();
        Graph lowered = KernelLowering.apply(plain, 1, choice.getValue());
        float[] found = run(lowered, samples);
        if (precision == Precision.FP32) {
          assertTrue(KernelRuns.packed(lowered) > 0, what);
          double share = KernelRuns.worstShare(expected, found);
          assertTrue(share <= 1e-5, () -> what + " differs by " + share);
        }
        double agreement = agreement(expected, found, samples.classes());
        assertTrue(agreement >= 0.995, () -> what + " agrees in " + agreement);
      }
    }
  }

  /** Returns the uniform choices and the rule's; a kernel that is not there gives way to ATEN. */
  private static Map<String, Function<LayerSite, Kernel>> choices(KernelSupport support) {
    Map<String, Function<LayerSite, Kernel>> choices = new LinkedHashMap<>();
    for (Kernel kernel : Kernel.values()) {
      if (kernel != Kernel.ATEN) {
        choices.put(
            kernel.label(), site -> support.has(kernel, site.dtype()) ? kernel : Kernel.ATEN);
      }
    }
    choices.put("rule", new KernelRule(support, 1));
    return choices;
  }

  private KernelSupport support() throws IOException {
    Set<DType> oneDnn = EnumSet.of(DType.FLOAT32);
    for (DType half : List.of(DType.BFLOAT16, DType.FLOAT16)) {
      if (KernelRuns.oneDnnHas(half, folder)) {
        oneDnn.add(half);
      }
    }
    return new KernelSupport(Map.of(Kernel.XNNPACK, Set.of(DType.FLOAT32), Kernel.ONEDNN, oneDnn));
  }

  private float[] run(Graph graph, Samples samples) throws IOException {
    float[] values = samples.values(0, samples.count());
    return KernelRuns.run(graph, values, samples.count(), folder).get(0);
  }

  private Map<String, QuantParams> calibrated(Graph graph, Samples samples) throws IOException {
    List<String> values = PrecisionLowering.observedValues(graph);
    Graph observed = BatchNormFolder.fold(graph).withOutputs(values);
    float[] input = samples.values(0, CALIBRATED_WITH);
    List<float[]> outputs = KernelRuns.run(observed, input, CALIBRATED_WITH, folder);
    Map<String, QuantParams> params = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      ActivationObserver observer = Calibration.HISTOGRAM.observer();
      observer.observe(outputs.get(i));
      params.put(values.get(i), observer.params());
    }
    return params;
  }

  private static double agreement(float[] expected, float[] found, int classes) {
    assertEquals(expected.length, found.length);
    int same = 0;
    for (int row = 0; row < expected.length; row += classes) {
      same += best(expected, row, classes) == best(found, row, classes) ? 1 : 0;
    }
    int rows = expected.length / classes;
    return (double) same / rows;
  }

  private static int best(float[] values, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = values[row + i] > values[row + best] ? i : best;
    }
    return best;
  }
}
