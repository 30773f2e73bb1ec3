package io.edgefrontier.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
  private static final Shape SAMPLE = Shape.of(4, 6, 6);

  private static void assertRefused(String message, Node... nodes) {
    String output = nodes[nodes.length - 1].name();
    String found =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Graph("net", SAMPLE, List.of(nodes), List.of(output)))
            .getMessage();
    assertEquals(message, found);
  }

  private static Node relu(String name, String input) {
    return new Node(name, new Activation.Relu(), List.of(input));
  }

  @Test
  void namesTheNodeThatIsWrong() {
    assertRefused("b: input 'a' is not made before it", relu("b", "a"), relu("a", Graph.INPUT));
    assertRefused("a: the name is used twice", relu("a", Graph.INPUT), relu("a", Graph.INPUT));
    assertRefused("input: the name is used twice", relu(Graph.INPUT, Graph.INPUT));
    assertRefused(
        "a: Relu takes 1 input, got 2",
        new Node("a", new Activation.Relu(), List.of(Graph.INPUT, Graph.INPUT)));
    assertRefused(
        "a: Linear of weight 3x7 takes 7 features, got input 1x4x6x6",
        new Node("a", LayerTest.linear(3, 7), List.of(Graph.INPUT)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Graph("net", SAMPLE, List.of(relu("a", Graph.INPUT)), List.of("b")))
            .getMessage();
    assertEquals("outputs [b] are not all values of net", message);
    message =
        assertThrows(IllegalArgumentException.class, () -> new Node(" ", null, List.of()))
            .getMessage();
    assertEquals("a node needs a name", message);
  }

  @Test
  void findsNodesAndConsumers() {
    Node a = relu("a", Graph.INPUT);
    Node b = new Node("b", new Arithmetic.Mul(), List.of("a", "a"));
    Graph graph = new Graph("net", SAMPLE, List.of(a, b), List.of("b"));
    assertEquals(b, graph.node("b"));
    assertEquals(Map.of("input", List.of(a), "a", List.of(b), "b", List.of()), graph.consumers());
    String message =
        assertThrows(IllegalArgumentException.class, () -> graph.node("c")).getMessage();
    assertEquals("net has no node 'c'", message);
  }

  @Test
  void countsSharedTensorsOnce() {
    Op conv = LayerTest.conv(4, 4, 3, 1);
    Node a = new Node("a", conv, List.of(Graph.INPUT));
    Node b = new Node("b", conv, List.of("a"));
    Graph once = new Graph("net", SAMPLE, List.of(a), List.of("a"));
    Graph twice = new Graph("net", SAMPLE, List.of(a, b), List.of("b"));
    assertEquals(4 * 4 * 9 + 4, twice.parameters());
    assertEquals(once.storedBytes(), twice.storedBytes());
    assertEquals(once.macs() + twice.macs(b), twice.macs());
  }

  @Test
  void countsBatchNormStatisticsAsStoredButNotAsParameters() {
    NetworkBuilder builder = new NetworkBuilder(1, 4, 6, 6);
    Graph graph = builder.build(builder.batchNorm(Graph.INPUT));
    assertEquals(8, graph.parameters());
    assertEquals(4 * 4 * 4, graph.storedBytes());
  }

  @Test
  void peaksWhereTheResidualIsStillAlive() {
    NetworkBuilder builder = new NetworkBuilder(1, 2, 4, 4);
    String stem = builder.conv(Graph.INPUT, 8, 3);
    String inner = builder.conv(stem, 16, 3);
    String outer = builder.conv(inner, 8, 3);
    Graph graph = builder.build(builder.add(stem, outer));
    // input 2 + stem 8 + inner 16 + outer 8 channels, of 16 floats each
    assertEquals((2 + 8 + 16 + 8) * 16 * 4, graph.peakActivationBytes(1));
    assertEquals(5 * graph.peakActivationBytes(1), graph.peakActivationBytes(5));
  }

  @Test
  void countsNothingForViews() {
    NetworkBuilder builder = new NetworkBuilder(1, 2, 4, 4);
    String flat = builder.flatten(Graph.INPUT);
    Graph graph = builder.build(builder.op(new Activation.Dropout(), flat));
    assertEquals(2 * 16 * 4, graph.peakActivationBytes(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithABruteForceCountOfLiveValues(long seed) {
    Random random = new Random(seed);
    NetworkBuilder builder = new NetworkBuilder(seed, 2, 4, 4);
    String[] values = new String[9];
    values[0] = Graph.INPUT;
    for (int i = 1; i < values.length; i++) {
      String x = values[random.nextInt(i)];
      values[i] =
          switch (random.nextInt(4)) {
            case 0 -> builder.conv(x, 1 + random.nextInt(6), 3);
            case 1 -> builder.op(new Activation.Dropout(), x);
            case 2 -> builder.concat(x, values[random.nextInt(i)]);
            default -> builder.relu(x);
          };
    }
    Graph graph = builder.build(values[8], values[4]);
    assertEquals(bruteForcePeak(graph, 3), graph.peakActivationBytes(3));
  }

  /** Asks of every value at every node whether it exists and is still to be read. */
  private static long bruteForcePeak(Graph graph, int batch) {
    Map<String, TensorType> types = graph.types(batch);
    Map<String, Set<String>> aliases = new HashMap<>(); // storage -> the values in it
    Map<String, String> storage = new HashMap<>(Map.of(Graph.INPUT, Graph.INPUT));
    for (Node node : graph.nodes()) {
      boolean view = node.op().isView();
      storage.put(node.name(), view ? storage.get(node.inputs().get(0)) : node.name());
    }
    storage.forEach((v, s) -> aliases.computeIfAbsent(s, key -> new HashSet<>()).add(v));
    long peak = 0;
    for (int now = 0; now < graph.nodes().size(); now++) {
      long live = 0;
      for (Map.Entry<String, Set<String>> entry : aliases.entrySet()) {
        if (isLive(graph, entry.getKey(), entry.getValue(), now)) {
          live += types.get(entry.getKey()).bytes();
        }
      }
      peak = Math.max(peak, live);
    }
    return peak;
  }

  private static boolean isLive(Graph graph, String storage, Set<String> values, int now) {
    boolean made = storage.equals(Graph.INPUT);
    boolean needed =
        storage.equals(Graph.INPUT) || graph.outputs().stream().anyMatch(values::contains);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      made |= i <= now && node.name().equals(storage);
      boolean touches =
          values.contains(node.name()) || node.inputs().stream().anyMatch(values::contains);
      needed |= i >= now && touches;
    }
    return made && needed;
  }

  @Test
  void replacesNodesAndOutputs() {
    Graph graph = new Graph("net", SAMPLE, List.of(relu("a", Graph.INPUT)), List.of("a"));
    assertEquals(List.of("a", "input"), graph.withOutputs(List.of("a", "input")).outputs());
    assertTrue(graph.withOutputs(List.of("input")).withNodes(List.of()).nodes().isEmpty());
  }
}
