package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelSupport;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tuning on the real engine. Which kernel is fastest is for the machine to say, not for a test. */
class KernelTunerTest {
  private static final Shape SAMPLE = Shape.of(3, 16, 16);
  private static final LoweringRequest REQUEST = LoweringRequest.of(Lowering.TUNE);
  private static final Tuning.Context CONTEXT = new Tuning.Context("a CPU", "an engine", "", 1);

  @TempDir Path folder;
  private final List<String> progress = new ArrayList<>();

  @Test
  void theProbeFindsWhatEveryBuildOnThisPlatformHas() {
    KernelSupport support = KernelProbe.support();
    assertTrue(support.has(Kernel.ATEN, DType.FLOAT16));
    assertEquals(Set.of(DType.FLOAT32), support.dtypes().get(Kernel.XNNPACK));
    assertTrue(support.has(Kernel.ONEDNN, DType.FLOAT32));
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void aTunedNetworkAnswersAsThePlainOne(Precision precision) throws IOException {
    Graph network = BuiltInNetworks.create("resnet8", SAMPLE, 4, 1);
    Variant variant = new Variant("resnet8", 0, precision);
    LoweredVariant tuned = tuned(open()).lower(variant, network, Map.of());
    Graph plain =
        VariantLowering.untuned(LoweringRequest.of(Lowering.PLAIN))
            .lower(variant, network, Map.of())
            .graph();
    assertEquals(
        0,
        KernelTuner.difference(outputs(plain), outputs(tuned.graph())),
        precision == Precision.FP32 ? 1e-5 : 0.05);
  }

  @Test
  void whatWasMeasuredIsMeasuredOnceAndKept() throws IOException {
    Graph network = BuiltInNetworks.create("SmallCNN", Shape.of(1, 12, 12), 4, 1);
    Variant variant = new Variant("SmallCNN", 0, Precision.FP32);
    Tuning first = open();
    LoweredVariant before = tuned(first).lower(variant, network, Map.of());
    assertEquals(3, measured().size(), measured().toString()); // two convolutions and a linear
    first.save(folder.resolve("run/tuning.json"));

    progress.clear();
    Tuning second = open();
    LoweredVariant after = tuned(second).lower(variant, network, Map.of());
    assertEquals(List.of(), measured());
    if (before.lowering() == after.lowering()) {
      assertEquals(before.graph(), after.graph());
    }
    second.save(folder.resolve("again/tuning.json"));
    assertEquals(layers("run/tuning.json"), layers("again/tuning.json"));
    assertEquals(3, layers("run/tuning.json").size());
    assertTrue(
        content("run/tuning.json").getAsJsonObject("networks").has("SmallCNN-p0.0-fp32"),
        "the whole network's times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "{\"format\": 99}",
        "{\"format\": 1, \"context\": {\"cpu\": \"another\"}, \"layers\": {}}",
        "[1, 2]",
        "{\"format\": \"one\"}"
      })
  void aDamagedOrForeignCacheIsLeftOutAndReplaced(String text) throws IOException {
    open().saveCache();
    Path cache = onlyFile();
    Files.writeString(cache, text);
    Tuning tuning = open();
    assertEquals(1, progress.size(), progress.toString());
    assertTrue(progress.get(0).startsWith("tuning cache " + cache + " is not used: "));
    tuning.saveCache();
    progress.clear();
    open();
    assertEquals(List.of(), progress);
  }

  @Test
  void otherMachinesHaveCachesOfTheirOwn() throws IOException {
    open().saveCache();
    Tuning.open(new Tuning.Context("a CPU", "an engine", "AVX2", 1), cache(), progress::add)
        .saveCache();
    try (var files = Files.list(cache())) {
      assertEquals(2, files.count());
    }
    assertEquals(List.of(), progress);
  }

  @Test
  void differencesAreRelativeToTheLargestOutput() {
    assertEquals(0.25, KernelTuner.difference(new float[] {-4, 1}, new float[] {-4, 2}));
    assertEquals(0, KernelTuner.difference(new float[] {0, 0}, new float[] {0, 0}));
    double nan = KernelTuner.difference(new float[] {1, 2}, new float[] {1, Float.NaN});
    assertFalse(nan <= 1, "NaN is never tolerated");
    assertFalse(KernelTuner.difference(new float[] {1}, new float[] {1, 1}) <= 1);
  }

  @Test
  void theFastestIsTakenUnlessTheRulesChoiceIsAsFast() {
    assertEquals(1, AlternatingTimer.fastest(new double[] {10, 10}, 1));
    assertEquals(1, AlternatingTimer.fastest(new double[] {9.8, 10}, 1));
    assertEquals(0, AlternatingTimer.fastest(new double[] {9.6, 10}, 1));
    assertEquals(2, AlternatingTimer.fastest(new double[] {9, 10, 8}, 1));
  }

  @Test
  void tuningNeedsAPlaceForWhatItMeasures() {
    assertThrows(IllegalArgumentException.class, () -> VariantLowering.untuned(REQUEST));
  }

  private VariantLowering tuned(Tuning tuning) {
    return VariantLowering.tuned(REQUEST, tuning, progress::add);
  }

  private Tuning open() {
    return Tuning.open(CONTEXT, cache(), progress::add);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(cache())) {
      return files.findFirst().orElseThrow();
    }
  }

  private List<String> measured() {
    return progress.stream()
        .filter(line -> line.startsWith("tune conv2d") || line.startsWith("tune linear"))
        .toList();
  }

  private JsonObject content(String file) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
  }

  private JsonObject layers(String file) throws IOException {
    return content(file).getAsJsonObject("layers");
  }

  private static float[] outputs(Graph graph) throws IOException {
    try (LoadedGraph loaded = LoadedGraph.of(graph, 2)) {
      return loaded.outputs();
    }
  }
}
