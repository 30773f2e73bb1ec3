package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerProfilerTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);
  private static final Variant VARIANT = new Variant("net", 0, Precision.FP32);

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();

  @Test
  void everyLayerOfABuiltInNetworkHasATime() throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", SHAPE, 4, 1);
    Map<String, Long> times = profile(Samples.none(SHAPE), written(graph));
    Set<String> layers = graph.nodes().stream().map(Node::name).collect(Collectors.toSet());
    assertEquals(layers, times.keySet());
    assertTrue(times.values().stream().allMatch(ns -> ns > 0), times::toString);
    assertEquals(1, told.size());
    assertTrue(
        told.get(0)
            .matches(
                "profile net-p0.0-fp32: %d operators take [\\d.]+ us of a call's [\\d.]+ us under the profiler, [\\d.]+ us without it"
                    .formatted(layers.size())),
        told.get(0));
  }

  @Test
  void samplesAreTakenAgainWhereTheBatchIsLarger() throws IOException {
    Samples one = new Samples(SHAPE, 4, new float[144], new int[1]);
    Graph graph = BuiltInNetworks.create("mlp", SHAPE, 4, 1);
    assertEquals(graph.nodes().size(), profile(one, written(graph)).size());
  }

  @Test
  void whatTheEngineComputesForTwoLayersIsOfTheFirst() throws IOException {
    Graph twins =
        new Graph(
            "twins",
            SHAPE,
            List.of(
                new Node("one", new Activation.Relu(), List.of(Graph.INPUT)),
                new Node("two", new Activation.Relu(), List.of(Graph.INPUT)),
                new Node("sum", new Arithmetic.Add(), List.of("one", "two"))),
            List.of("sum"));
    assertEquals(
        Set.of("one", "sum"),
        profile(Samples.none(SHAPE), written(twins)).keySet(),
        told::toString);
  }

  @Test
  void whereTheEngineRunsOtherOperatorsNoLayerHasATime() throws IOException {
    PreparedVariant mlp = written(BuiltInNetworks.create("mlp", SHAPE, 4, 1));
    Map<String, List<String>> others = new LinkedHashMap<>(mlp.operators());
    others.put("relu1", List.of("aten::gelu"));
    assertEquals(
        Map.of(),
        profile(Samples.none(SHAPE), new PreparedVariant(mlp.entry(), mlp.graph(), others)));
    assertEquals(
        List.of(
            "profile net-p0.0-fp32: no times of layers: the engine ran aten::relu at layer relu1, which calls aten::gelu"),
        told);
  }

  @Test
  void archivesMadeElsewhereAreNotProfiled() throws IOException {
    PreparedVariant made = written(BuiltInNetworks.create("mlp", SHAPE, 4, 1));
    PreparedVariant given = new PreparedVariant(made.entry(), made.graph());
    assertEquals(Map.of(), profile(Samples.none(SHAPE), given));
    assertEquals(
        List.of(
            "profile net-p0.0-fp32: no times of layers: which operators its layers call is known of archives made here only"),
        told);
  }

  @Test
  void aVariantThatWasNotMadeIsPassedOver() throws IOException {
    PreparedVariant failed =
        new PreparedVariant(ManifestEntry.failed(VARIANT, "no layer"), Optional.empty());
    assertEquals(Map.of(), profile(Samples.none(SHAPE), failed));
    assertEquals(List.of(), told);
  }

  private Map<String, Long> profile(Samples samples, PreparedVariant variant) throws IOException {
    return new LayerProfiler(folder, samples, 3, told::add).profile(variant);
  }

  private PreparedVariant written(Graph graph) throws IOException {
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, file);
    Archive archive =
        new Archive("net.pt", "0", Files.size(file), SHAPE.dims(), 0, graph.macs(), 0, 0);
    return new PreparedVariant(
        ManifestEntry.made(VARIANT, archive, Divergence.absent("not compared")),
        Optional.of(graph),
        TorchScriptWriter.operators(graph));
  }
}
