package io.edgefrontier.inspect;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.PeakActivation;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Int8Decision;
import io.edgefrontier.lower.Int8Plan;
import io.edgefrontier.prune.PruningScope;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a network consists of, and what can be made of it.
 *
 * @param name what the user calls it
 * @param storedBytes of parameters and buffers, by their element type
 * @param peak where activations take most memory at batch size 1
 * @param operators in the order in which they run
 * @param pruning empty where the network cannot be pruned
 * @param pruningProblem why not; empty where it can
 * @param precisions one for each, in the enum's order
 */
public record Inspection(
    String name,
    Graph graph,
    Map<DType, Long> storedBytes,
    PeakActivation peak,
    List<OperatorFacts> operators,
    Optional<PruningScope> pruning,
    Optional<String> pruningProblem,
    List<PrecisionOutlook> precisions) {

  /** Inspects a network. */
  public static Inspection of(String name, Graph graph) {
    Optional<PruningScope> pruning = Optional.empty();
    Optional<String> pruningProblem = Optional.empty();
    try {
      pruning = Optional.of(PruningScope.of(graph));
    } catch (IllegalArgumentException e) {
      pruningProblem = Optional.of(String.valueOf(e.getMessage()));
    }
    Graph folded = BatchNormFolder.fold(graph); // once for all precisions
    Map<String, Int8Decision> int8 = new LinkedHashMap<>();
    List<PrecisionOutlook> precisions = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      precisions.add(
          precision == Precision.INT8
              ? int8(graph, folded, int8)
              : PrecisionOutlook.of(folded, precision));
    }
    return new Inspection(
        name,
        graph,
        storedBytes(graph),
        graph.peakActivation(1),
        operators(graph, pruning, int8),
        pruning,
        pruningProblem,
        precisions);
  }

  private static PrecisionOutlook int8(
      Graph graph, Graph folded, Map<String, Int8Decision> decisions) {
    try {
      Int8Plan plan = Int8Plan.of(graph, folded);
      decisions.putAll(plan.decisions());
      return PrecisionOutlook.of(plan);
    } catch (IllegalArgumentException e) {
      return PrecisionOutlook.impossible(Precision.INT8, e);
    }
  }

  private static Map<DType, Long> storedBytes(Graph graph) {
    Map<DType, Long> bytes = new TreeMap<>();
    for (StoredTensor stored : graph.stored()) {
      bytes.merge(stored.tensor().dtype(), stored.tensor().type().bytes(), Long::sum);
    }
    return bytes;
  }

  private static List<OperatorFacts> operators(
      Graph graph, Optional<PruningScope> pruning, Map<String, Int8Decision> int8) {
    Map<String, TensorType> types = graph.types(1);
    Map<String, TensorType> pairs = graph.types(2);
    List<OperatorFacts> operators = new ArrayList<>();
    for (Node node : graph.nodes()) {
      TensorType result = types.get(node.name());
      operators.add(
          new OperatorFacts(
              node.name(),
              OperatorLabel.kind(node.op()),
              OperatorLabel.arguments(node.op()),
              node.inputs(),
              result,
              BatchedShape.text(result.shape(), pairs.get(node.name()).shape()),
              parameters(node),
              node.op().macs(node.inputs().stream().map(types::get).toList()),
              pruning.map(scope -> groups(node.name(), scope)).orElse(List.of()),
              Optional.ofNullable(int8.get(node.name()))));
    }
    return operators;
  }

  private static long parameters(Node node) {
    return node.op().stored().stream()
        .filter(StoredTensor::trained)
        .mapToLong(stored -> stored.tensor().shape().elements())
        .sum();
  }

  /** Returns the ids, from 1 on, of the groups of which a layer makes channels. */
  private static List<Integer> groups(String layer, PruningScope scope) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < scope.groups().size(); i++) {
      if (scope.groups().get(i).group().layers().contains(layer)) {
        ids.add(i + 1);
      }
    }
    return ids;
  }

  /** Returns how many operators of each kind there are, the most frequent first. */
  Map<String, Integer> kinds() {
    Map<String, Integer> counts = new TreeMap<>();
    operators.forEach(operator -> counts.merge(operator.kind(), 1, Integer::sum));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
