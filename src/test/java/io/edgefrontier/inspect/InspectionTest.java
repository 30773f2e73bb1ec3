package io.edgefrontier.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Int8Decision;
import io.edgefrontier.lower.Int8Decision.Placement;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prune.ChannelPruner;
import io.edgefrontier.prune.PruningScope;
import io.edgefrontier.prune.PruningScope.FrozenLayer;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InspectionTest {
  static Stream<Graph> networks() {
    return Stream.concat(
        BuiltInNetworks.names().stream()
            .map(name -> BuiltInNetworks.create(name, Shape.of(1, 28, 28), 10, 3)),
        Stream.of(untidy()));
  }

  /** A network with branches, a squeeze, a softmax over channels and operators without int8. */
  private static Graph untidy() {
    NetworkBuilder b = new NetworkBuilder(5, 3, 12, 12);
    String start = b.op(new Activation.LeakyRelu(0.1), b.batchNorm(b.conv(Graph.INPUT, 8, 3)));
    String gate = b.op(new Activation.Softmax(1), b.conv(start, 8, 1));
    String gated = b.mul(start, gate);
    String wide = b.relu(b.conv(gated, 12, 3));
    String joined = b.concat(wide, b.op(new Activation.Dropout(), wide));
    String clamped = b.op(new Activation.Clamp(0, 6), b.conv(joined, 10, 1));
    String sum = b.add(clamped, b.op(new Arithmetic.Sub(), clamped, b.conv(joined, 10, 1)));
    String hidden = b.relu(b.linear(b.mean(b.maxPool(sum)), 14));
    return b.build(b.linear(hidden, 5));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void operatorsAddUpToTheTotals(Graph graph) {
    Inspection found = Inspection.of("net", graph);

    assertEquals(graph.nodes().size(), found.operators().size());
    assertEquals(graph.macs(), found.operators().stream().mapToLong(OperatorFacts::macs).sum());
    assertEquals(
        graph.parameters(), found.operators().stream().mapToLong(OperatorFacts::parameters).sum());
    assertEquals(Map.of(DType.FLOAT32, graph.storedBytes()), found.storedBytes());
    assertEquals(graph.peakActivationBytes(1), found.peak().bytes());
    assertEquals(found.operators().size(), sum(found.kinds()));
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void saysOfEachOperatorWhatInt8LoweringDoes(Graph graph) {
    Graph lowered = lowered(graph, Precision.INT8);
    Map<String, TensorType> types = lowered.types(1);
    for (OperatorFacts operator : Inspection.of("net", graph).operators()) {
      Int8Decision decision = operator.int8().orElseThrow();
      TensorType made = types.get(operator.name());
      switch (decision.placement()) {
        case INT8 -> assertEquals(DType.QUINT8, made.dtype(), operator.name());
        case FLOAT32 -> {
          assertEquals(DType.FLOAT32, made.dtype(), operator.name());
          assertFalse(decision.detail().isEmpty(), operator.name());
        }
        case MERGED -> {
          boolean clamp = made != null && operator.kind().equals("Clamp"); // ranges decide
          assertTrue(made == null || clamp, operator.name());
          assertTrue(decision.detail().isEmpty() || types.containsKey(decision.detail()));
        }
        default -> throw new AssertionError(decision);
      }
    }
  }

  private static Graph lowered(Graph graph, Precision precision) {
    Map<String, QuantParams> ranges = new HashMap<>();
    if (precision == Precision.INT8) {
      PrecisionLowering.observedValues(BatchNormFolder.fold(graph))
          .forEach(value -> ranges.put(value, new QuantParams(0.1f, 3)));
    }
    return PrecisionLowering.lower(graph, precision, ranges);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void precisionsTakeAsMuchAsTheirVariants(Graph graph) {
    for (PrecisionOutlook outlook : Inspection.of("net", graph).precisions()) {
      assertTrue(outlook.problem().isEmpty(), outlook::toString);
      assertEquals(
          lowered(graph, outlook.precision()).storedBytes(),
          outlook.storedBytes(),
          outlook.precision().label());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void channelsThatStayAreThoseThatPruningLeaves(Graph graph) {
    PruningScope scope = Inspection.of("net", graph).pruning().orElseThrow();
    Graph pruned = ChannelPruner.prune(graph, 0.99);
    List<String> untouched = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      boolean filters = node.op().stored().stream().anyMatch(s -> s.tensor().shape().rank() > 1);
      if (filters && outputs(graph, node) == outputs(pruned, node)) {
        untouched.add(node.name());
      }
    }
    assertEquals(
        untouched,
        scope.frozen().stream()
            .filter(layer -> layer.frozen() == layer.channels())
            .map(FrozenLayer::layer)
            .toList());
  }

  private static int outputs(Graph graph, Node node) {
    return graph.node(node.name()).op().stored().get(0).tensor().shape().dim(0);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void groupsNameEveryLayerThatPruningCuts(Graph graph) {
    PruningScope scope = Inspection.of("net", graph).pruning().orElseThrow();
    assertEquals(ChannelPruner.groups(graph), scope.groups().stream().map(g -> g.group()).toList());
    Graph pruned = ChannelPruner.prune(graph, 0.99);
    List<String> cut =
        graph.nodes().stream()
            .filter(node -> !node.op().stored().isEmpty())
            .filter(node -> !sizes(node).equals(sizes(pruned.node(node.name()))))
            .map(Node::name)
            .sorted()
            .toList();
    List<String> named =
        scope.groups().stream()
            .flatMap(g -> Stream.concat(g.group().layers().stream(), g.consumers().stream()))
            .distinct()
            .sorted()
            .toList();
    assertEquals(cut, named);
  }

  private static List<Shape> sizes(Node node) {
    return node.op().stored().stream().map(stored -> stored.tensor().shape()).toList();
  }

  @Test
  void saysWhyChannelsStay() {
    PruningScope scope = Inspection.of("net", untidy()).pruning().orElseThrow();
    Map<String, List<String>> reasons =
        scope.frozen().stream().collect(Collectors.toMap(FrozenLayer::layer, FrozenLayer::reasons));

    assertEquals(List.of("network output linear19"), reasons.get("linear19"));
    assertEquals(List.of("not followed through softmax4 (Softmax)"), reasons.get("conv2d3"));
    assertEquals(List.of("meets channels that stay at mul5 (Mul)"), reasons.get("conv2d0"));
  }

  @Test
  void saysWhyOperatorsStayFloat() {
    PrecisionOutlook int8 = Inspection.of("net", untidy()).precisions().get(3);

    assertEquals(Precision.INT8, int8.precision());
    assertEquals(
        List.of("linear19"),
        int8.floatOperators().get("last linear layer, whose outputs int8 would clip"));
    assertEquals(List.of("softmax4"), int8.floatOperators().get("no int8 form of Softmax"));
    assertEquals(
        List.of("mul5", "add14", "maxpool2d15", "mean16"),
        int8.floatOperators().get("an input is float32"));
    assertEquals(
        Map.of("16 bits are too coarse for Softmax", List.of("softmax4")),
        Inspection.of("net", untidy()).precisions().get(1).floatOperators());
  }

  @Test
  void saysWhatCannotBeDoneWithALoweredNetwork() {
    Graph lowered = lowered(untidy(), Precision.INT8);
    Inspection found = Inspection.of("net", lowered);

    assertTrue(found.pruningProblem().orElseThrow().contains("prune the float network"));
    assertTrue(found.pruning().isEmpty());
    for (PrecisionOutlook outlook : found.precisions()) {
      assertTrue(outlook.problem().orElseThrow().contains("was lowered already"));
    }
    assertTrue(found.operators().stream().allMatch(operator -> operator.int8().isEmpty()));
    assertTrue(found.storedBytes().get(DType.INT8) > 0);
  }

  @Test
  void saysThatOneLinearLayerHasNoInt8Form() {
    NetworkBuilder b = new NetworkBuilder(5, 12);
    Inspection found = Inspection.of("net", b.build(b.linear(Graph.INPUT, 4)));

    assertTrue(found.precisions().get(3).problem().orElseThrow().contains("found none"));
    assertTrue(found.precisions().get(0).problem().isEmpty());
    assertTrue(
        InspectionText.lines(found).stream()
            .anyMatch(line -> line.contains("Pruning groups: none")));
  }

  @Test
  void placesAConvolutionOfEveryBuiltInNetworkInInt8() {
    Graph graph = BuiltInNetworks.create("ds-cnn", Shape.of(1, 28, 28), 10, 3);
    Inspection found = Inspection.of("net", graph);
    List<String> convolutions =
        graph.nodes().stream().filter(n -> n.op() instanceof Conv2d).map(Node::name).toList();

    assertEquals(
        convolutions,
        found.operators().stream()
            .filter(o -> o.kind().equals("Conv2d"))
            .filter(o -> o.int8().orElseThrow().placement() == Placement.INT8)
            .map(OperatorFacts::name)
            .toList());
  }
}
