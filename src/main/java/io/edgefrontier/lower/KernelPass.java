package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.Add;
import io.edgefrontier.graph.Arithmetic.AddRelu;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Prepacked.Library;
import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import io.edgefrontier.graph.Prepacked.PrepackedLinear;
import io.edgefrontier.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives each layer of a lowered network a kernel, and fuses what that kernel can do besides: {@code
 * relu(y + conv(x)) -> y = oneDnnConvAddRelu(x, y)}. A fused operator keeps the name of the layer.
 */
final class KernelPass {
  private final Graph graph;
  private final int batch;
  private final Function<LayerSite, Kernel> choice;
  private final Map<String, TensorType> types;
  private final Map<String, List<Node>> consumers;
  private final Set<String> channelsLast;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final Set<String> made = new HashSet<>(Set.of(Graph.INPUT));

  private KernelPass(Graph graph, int batch, Function<LayerSite, Kernel> choice) {
    this.graph = graph;
    this.batch = batch;
    this.choice = choice;
    this.types = graph.types(batch);
    this.consumers = graph.consumers();
    this.channelsLast = channelsLast(graph, types);
  }

  /**
   * Returns {@code graph} with kernels.
   *
   * @param graph lowered to its precision, with plain operators
   * @param batch samples per call
   * @param choice asked for each layer
   */
  static Graph apply(Graph graph, int batch, Function<LayerSite, Kernel> choice) {
    return new KernelPass(graph, batch, choice).apply();
  }

  private Graph apply() {
    for (Node node : graph.nodes()) {
      if (!made.contains(node.name())) {
        add(node);
      }
    }
    List<String> outputs = DropoutRemover.renamed(graph.outputs(), renamed);
    return new Graph(graph.name(), graph.sampleShape(), nodes, outputs);
  }

  private void add(Node node) {
    if (node.op() instanceof Conv2d || node.op() instanceof Linear) {
      addLayer(node, (Layer) node.op());
    } else if (node.op() instanceof Add && isOfEqualFloats(node)) {
      Optional<Node> relu = onlyReader(node).filter(reader -> reader.op() instanceof Relu);
      emit(node, relu.isPresent() ? new AddRelu() : node.op(), node.inputs());
      relu.ifPresent(reader -> absorb(reader, node));
    } else {
      emit(node, node.op(), node.inputs());
    }
  }

  private boolean isOfEqualFloats(Node sum) {
    TensorType type = types.get(sum.name());
    return type.dtype() == DType.FLOAT32
        && sum.inputs().stream().allMatch(input -> types.get(input).equals(type));
  }

  private void addLayer(Node node, Layer layer) {
    Optional<Node> sum = sumInPlace(node);
    Node last = sum.orElse(node);
    Optional<Node> activation =
        onlyReader(last).filter(reader -> reader.op() instanceof Activation);
    Optional<Activation> then = activation.map(reader -> (Activation) reader.op());
    Kernel kernel =
        choice.apply(new LayerSite(layer, types.get(node.inputs().get(0)), sum.isPresent(), then));
    if (kernel == Kernel.ATEN) {
      emit(node, layer, node.inputs());
      return;
    }
    boolean adds = sum.isPresent() && kernel.fusesSums();
    boolean fuses =
        (adds || sum.isEmpty()) && then.filter(op -> kernel.fuses(op, adds)).isPresent();
    List<String> inputs = new ArrayList<>(node.inputs());
    if (adds) {
      inputs.add(otherInput(sum.get(), node));
    }
    emit(node, packed(kernel, layer, adds, fuses ? then : Optional.empty()), inputs);
    if (adds) {
      absorb(sum.get(), node);
    }
    if (fuses) {
      absorb(activation.get(), node);
    }
  }

  private Op packed(Kernel kernel, Layer layer, boolean adds, Optional<Activation> then) {
    Library library = kernel == Kernel.XNNPACK ? Library.XNNPACK : Library.ONEDNN;
    return layer instanceof Conv2d conv
        ? new PrepackedConv2d(library, conv, adds, then, batch)
        : new PrepackedLinear(library, (Linear) layer, then, batch);
  }

  /**
   * Returns the sum that alone reads a convolution's result, if what it adds is made already and
   * dead afterwards, so that its storage can take the sum. A sum into new storage would cost more
   * than an operator of its own.
   */
  private Optional<Node> sumInPlace(Node node) {
    TensorType type = types.get(node.name());
    return node.op() instanceof Conv2d
        ? onlyReader(node)
            .filter(reader -> reader.op() instanceof Add)
            .filter(reader -> types.get(otherInput(reader, node)).equals(type))
            .filter(reader -> isDeadAfter(otherInput(reader, node), reader))
            .filter(reader -> channelsLast.contains(otherInput(reader, node)))
            .filter(reader -> channelsLast.contains(node.inputs().get(0)))
        : Optional.empty();
  }

  private boolean isDeadAfter(String value, Node reader) {
    return made.contains(value)
        && !value.equals(Graph.INPUT)
        && !graph.outputs().contains(value)
        && hasOwnStorage(graph.node(value))
        && consumers.get(value).stream()
            .filter(other -> !other.name().equals(reader.name()))
            .allMatch(other -> made.contains(other.name()) && hasOwnStorage(other));
  }

  /** Returns whether a result surely shares no storage with an input or a stored tensor. */
  private static boolean hasOwnStorage(Node node) {
    return node.op() instanceof Layer
        || node.op() instanceof Arithmetic
        || node.op() instanceof Pooling
        || (node.op() instanceof Activation && !node.op().isView());
  }

  /**
   * Returns the values that surely are channels-last in a network that {@link LayoutPass} has gone
   * over: oneDNN adds in place to nothing else.
   */
  private static Set<String> channelsLast(Graph graph, Map<String, TensorType> types) {
    Set<String> values = new HashSet<>(Set.of(Graph.INPUT));
    for (Node node : graph.nodes()) {
      boolean keeps =
          node.op() instanceof Conv2d
              || node.op() instanceof BatchNorm
              || node.op() instanceof Cast
              || node.op() instanceof Activation
              || node.op() instanceof Pooling
              || node.op() instanceof Arithmetic;
      if (keeps
          && types.get(node.name()).shape().rank() == 4
          && values.containsAll(node.inputs())) {
        values.add(node.name());
      }
    }
    return values;
  }

  private static String otherInput(Node sum, Node node) {
    return sum.inputs().get(sum.inputs().get(0).equals(node.name()) ? 1 : 0);
  }

  private Optional<Node> onlyReader(Node node) {
    List<Node> readers = consumers.get(node.name());
    return readers.size() == 1 && !graph.outputs().contains(node.name())
        ? Optional.of(readers.get(0))
        : Optional.empty();
  }

  private void emit(Node node, Op op, List<String> inputs) {
    nodes.add(new Node(node.name(), op, DropoutRemover.renamed(inputs, renamed)));
    made.add(node.name());
  }

  private void absorb(Node node, Node into) {
    renamed.put(node.name(), into.name());
    made.add(node.name());
  }
}
