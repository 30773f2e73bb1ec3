package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.torchscript.ProbedCall.Outcome;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps calls that the graph does not understand as they are. */
final class OpaqueCalls {
  // Functions that multiply and accumulate; how often, only their authors know.
  private static final Set<String> UNCOUNTED =
      Set.of(
          "conv1d",
          "conv2d",
          "conv3d",
          "convolution",
          "_convolution",
          "conv_transpose1d",
          "conv_transpose2d",
          "conv_transpose3d",
          "conv_tbc",
          "matmul",
          "mm",
          "bmm",
          "mv",
          "dot",
          "vdot",
          "inner",
          "addmm",
          "addbmm",
          "addmv",
          "baddbmm",
          "chain_matmul",
          "linalg_matmul",
          "linalg_multi_dot",
          "tensordot",
          "einsum",
          "bilinear",
          "linear",
          "cdist",
          "scaled_dot_product_attention",
          "_native_multi_head_attention",
          "_transformer_encoder_layer_fwd",
          "lstm_cell",
          "gru_cell",
          "rnn_tanh_cell",
          "rnn_relu_cell");

  private final GraphBuilder graph;
  private final ProbedCall probed;
  private final int formatVersion;

  /**
   * @param formatVersion of the archive
   */
  OpaqueCalls(GraphBuilder graph, CallProbe probe, int formatVersion) {
    this.graph = graph;
    this.probed = new ProbedCall(probe, formatVersion);
    this.formatVersion = formatVersion;
  }

  /** Where a call stands: the module's path, or empty, and the line of code. */
  record Place(String module, String line) {}

  /**
   * Adds a call to the graph as it is.
   *
   * @param reason why it is not an operator that the graph knows
   * @return what it returns
   * @throws IllegalArgumentException if it may not be made, or its results are no tensors of sizes
   *     that are known for every batch
   * @throws IOException if the probe's archive or a stored tensor fails
   */
  Value apply(
      String function, List<Value> arguments, Map<String, Value> named, Place place, String reason)
      throws IOException {
    boolean inPlace = function.endsWith("_") && !function.endsWith("__");
    String pure = inPlace ? function.substring(0, function.length() - 1) : function;
    if (inPlace && (arguments.isEmpty() || !(arguments.get(0) instanceof Symbol))) {
      throw new IllegalArgumentException("it does not change a computed tensor in place");
    }
    OpaqueRules.require(pure, arguments, named);
    CallText text = CallText.of(pure, arguments, named, graph.input());
    List<Tensor> tensors = new ArrayList<>();
    for (Value value : text.tensors()) {
      tensors.add(graph.tensor(value));
    }
    Outcome outcome = probed.make(text, tensors);
    Opaque.Call call =
        new Opaque.Call(
            pure,
            new Opaque.Origin(place.line(), reason, formatVersion),
            text.text(),
            ProbedCall.types(text.inputs()),
            stored(text.tensors(), tensors),
            outcome.results(),
            outcome.unpacked(),
            macs(pure, text, tensors));
    List<Value> results = add(name(pure, place, tensors), call, text.inputs(), outcome);
    if (inPlace) {
      return overwrite((Symbol) arguments.get(0), results);
    } else if (!outcome.unpacked()) {
      return results.get(0);
    }
    return outcome.list() ? Sequence.list(results) : Sequence.tuple(results);
  }

  private static Symbol overwrite(Symbol target, List<Value> results) {
    Symbol result = (Symbol) results.get(0);
    if (results.size() != 1 || !result.type().equals(target.type())) {
      throw new IllegalArgumentException(
          "the result %s does not fit in place of %s".formatted(result.type(), target.type()));
    }
    target.overwrite(result.node(), result.type());
    return target;
  }

  private static String name(String function, Place place, List<Tensor> tensors) {
    String bare = OpaqueRules.bareName(function);
    if (place.module().isEmpty()) {
      return bare;
    }
    return tensors.isEmpty() ? place.module() + "." + bare : place.module();
  }

  private List<Value> add(String name, Opaque.Call call, List<Symbol> inputs, Outcome outcome) {
    List<Value> results = new ArrayList<>();
    Symbol first = graph.add(name, call, inputs);
    results.add(shared(first, inputs, outcome.shares().get(0)));
    List<Symbol> rest = new ArrayList<>(inputs);
    rest.add(0, first);
    for (int i = 1; i < call.results().size(); i++) {
      Symbol result = graph.add(name + "_" + i, Opaque.result(call, i), rest);
      results.add(shared(result, inputs, outcome.shares().get(i)));
    }
    return results;
  }

  /** Returns a result as the view that it is, so that in-place writes to its source are seen. */
  private static Symbol shared(Symbol result, List<Symbol> inputs, List<Integer> sources) {
    if (sources.size() > 1) {
      throw new IllegalArgumentException("its result shares the storage of several inputs");
    }
    return sources.isEmpty()
        ? result
        : inputs.get(sources.get(0)).view(result.node(), result.type());
  }

  private static List<StoredTensor> stored(List<Value> values, List<Tensor> tensors) {
    List<StoredTensor> stored = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      String role = values.get(i) instanceof Attribute named ? named.name() : "tensor" + i;
      stored.add(new StoredTensor(role, tensors.get(i), tensors.get(i).dtype().isFloat()));
    }
    return stored;
  }

  /** Returns the multiply-accumulates for a batch of 1; most functions have none. */
  private static OptionalLong macs(String function, CallText text, List<Tensor> tensors) {
    String name = OpaqueRules.bareName(function);
    if (OpaqueRules.isRecurrent(function) && !text.inputs().isEmpty()) {
      TensorType sequence = text.inputs().get(0).type().one();
      long steps = sequence.shape().elements() / sequence.shape().dim(-1);
      // Each weight, stored or computed, is a matrix, and multiplies once in a step.
      Stream<Shape> computed =
          text.inputs().stream().filter(in -> !in.type().isBatched()).map(Symbol::shape);
      long perStep =
          Stream.concat(tensors.stream().map(Tensor::shape), computed)
              .filter(shape -> shape.rank() == 2)
              .mapToLong(Shape::elements)
              .sum();
      return OptionalLong.of(Math.multiplyExact(steps, perStep));
    }
    return UNCOUNTED.contains(name) ? OptionalLong.empty() : OptionalLong.of(0);
  }
}
