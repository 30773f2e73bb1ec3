package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.engine.TrainingOptions;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantMakerTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);

  @TempDir private Path folder;

  @Test
  void plainLevelZeroInFp32AnswersExactlyAsTheBase() throws IOException {
    Graph base = BuiltInNetworks.create("resnet8", SHAPE, 4, 1);
    VariantRequest plain = request(List.of(0.0), List.of(Precision.FP32), Lowering.PLAIN);
    ManifestEntry entry = make(base, plain).get(0).entry();
    assertEquals("plain", entry.archive().orElseThrow().lowering());
    Path basePath = folder.resolve("base.pt");
    TorchScriptWriter.write(base, basePath);
    assertArrayEquals(answers(basePath), answers(archive(entry)));
  }

  @Test
  void describesTheFileThatItWrote() throws IOException {
    Graph base = BuiltInNetworks.create("SmallCNN", SHAPE, 4, 1);
    for (PreparedVariant made : make(base, request(List.of(0.0, 0.5), Precision.values()))) {
      Archive archive = made.entry().archive().orElseThrow();
      Path file = archive(made.entry());
      assertEquals(Sha256.of(file), archive.sha256());
      assertEquals(Files.size(file), archive.bytes());
      assertEquals(made.graph().orElseThrow().storedBytes(), archive.modelBytes());
      assertEquals(SHAPE.dims(), archive.sampleShape());
    }
  }

  @Test
  void aVariantThatCannotBeMadeLeavesTheOthersAlive() throws IOException {
    // Its only layer gives the logits, which stay in float: nothing is left for int8.
    Graph single = onlyTheHead();
    List<PreparedVariant> made = make(single, request(List.of(0.0), Precision.values()));
    for (PreparedVariant variant : made) {
      boolean int8 = variant.entry().variant().precision() == Precision.INT8;
      assertEquals(int8, variant.entry().archive().isEmpty(), variant.entry().error());
      assertEquals(int8, variant.graph().isEmpty());
    }
    assertTrue(made.get(3).entry().error().contains("int8"), made.get(3).entry().error());
  }

  @Test
  void leavesNoInstrumentedArchiveBehind() throws IOException {
    make(
        BuiltInNetworks.create("mlp", SHAPE, 4, 1), request(List.of(0.0), List.of(Precision.INT8)));
    try (Stream<Path> files = Files.list(folder.resolve("variants"))) {
      assertEquals(
          List.of("net-p0.0-int8.pt"), files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void fineTuningChangesPrunedLevelsOnly() throws IOException {
    Graph base = BuiltInNetworks.create("mlp", SHAPE, 4, 1);
    VariantRequest plain = request(List.of(0.0, 0.5), List.of(Precision.FP32));
    VariantRequest tuned =
        new VariantRequest(
            "net",
            plain.pruningLevels(),
            plain.precisions(),
            PruningOptions.DEFAULT,
            Calibration.MIN_MAX,
            OptionalInt.of(1),
            8,
            Optional.of(new TrainingOptions(1, 8, 0.01f, 7)),
            LoweringRequest.of(Lowering.RULE));
    List<String> before = hashes(make(base, plain));
    List<String> after = hashes(make(base, tuned));
    assertEquals(before.get(0), after.get(0));
    assertNotEquals(before.get(1), after.get(1));
  }

  @Test
  void tellsOfEveryVariantAsItIsDone() throws IOException {
    List<PreparedVariant> told = new ArrayList<>();
    VariantRequest request = request(List.of(0.0, 0.5), List.of(Precision.FP32));
    Graph base = BuiltInNetworks.create("mlp", SHAPE, 4, 1);
    List<PreparedVariant> made =
        new VariantMaker(request, samples(), answers(base), folder.resolve("variants"), told::add)
            .make(base);
    assertEquals(made, told);
  }

  private List<PreparedVariant> make(Graph base, VariantRequest request) throws IOException {
    return new VariantMaker(
            request, samples(), answers(base), folder.resolve("variants"), made -> {})
        .make(base);
  }

  private BaseAnswers answers(Graph base) throws IOException {
    Path file = folder.resolve("base.pt");
    TorchScriptWriter.write(base, file);
    return new BaseAnswers(file, Optional.empty(), samples());
  }

  private Path archive(ManifestEntry entry) {
    return folder.resolve(entry.archive().orElseThrow().path());
  }

  private static List<String> hashes(List<PreparedVariant> made) {
    return made.stream().map(m -> m.entry().archive().orElseThrow().sha256()).toList();
  }

  private static float[] answers(Path archive) throws IOException {
    try (InferenceSession session = InferenceSession.open(archive)) {
      return session.run(samples().values(0, 5), SHAPE.batched(5)).get(0);
    }
  }

  private static VariantRequest request(List<Double> levels, Precision... precisions) {
    return request(levels, List.of(precisions));
  }

  private static VariantRequest request(List<Double> levels, List<Precision> precisions) {
    return request(levels, precisions, Lowering.RULE);
  }

  private static VariantRequest request(
      List<Double> levels, List<Precision> precisions, Lowering lowering) {
    // More batches than there are samples: calibration takes what there is.
    return new VariantRequest(
        "net",
        levels,
        precisions,
        PruningOptions.DEFAULT,
        Calibration.MIN_MAX,
        OptionalInt.of(5),
        8,
        Optional.empty(),
        LoweringRequest.of(lowering));
  }

  private static Graph onlyTheHead() {
    float[] weight = new float[4 * 144];
    Arrays.fill(weight, 0.01f);
    Tensor tensor = Tensor.ofFloats(Shape.of(4, 144), weight);
    return new Graph(
        "head",
        SHAPE,
        List.of(
            new Node("flatten", new Reshaping.Flatten(1, -1), List.of(Graph.INPUT)),
            new Node("head", new Layer.Linear(tensor, Optional.empty()), List.of("flatten"))),
        List.of("head"));
  }

  private static Samples samples() {
    Random random = new Random(3);
    float[] values = new float[20 * 144];
    int[] labels = new int[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
    }
    return new Samples(SHAPE, 4, values, labels);
  }
}
