package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Normalization;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attention, and the fused operators that {@code torch.nn.MultiheadAttention} and {@code
 * TransformerEncoderLayer} leave in a trace without gradients; these are taken apart into layers
 * that can be pruned and lowered.
 */
final class AttentionOperators {
  private static final String LAYER =
      "input embed_dim heads qkv_weight qkv_bias proj_weight proj_bias use_gelu norm_first eps"
          + " norm_weight_1 norm_bias_1 norm_weight_2 norm_bias_2"
          + " ffn_weight_1 ffn_bias_1 ffn_weight_2 ffn_bias_2 mask? mask_type?";

  private AttentionOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put(
        "torch.scaled_dot_product_attention",
        new Operator(
            "query key value mask? dropout? causal? scale? enable_gqa?",
            AttentionOperators::attention));
    table.put(
        "torch._native_multi_head_attention",
        new Operator(
            "query key value embed_dim heads qkv_weight qkv_bias proj_weight proj_bias mask?"
                + " need_weights? average_attn_weights? mask_type?",
            AttentionOperators::multiHead));
    table.put(
        "torch._transformer_encoder_layer_fwd",
        new Operator(LAYER, AttentionOperators::encoderLayer));
  }

  private static Value attention(Arguments a, GraphBuilder graph) throws IOException {
    if (a.real("dropout", 0) != 0 || a.flag("enable_gqa", false)) {
      throw new IllegalArgumentException("only attention without dropout and groups is supported");
    }
    List<Symbol> inputs = new ArrayList<>();
    for (String name : List.of("query", "key", "value")) {
      inputs.add(a.tensor(name));
    }
    if (!a.isNone("mask")) {
      inputs.add(a.tensor("mask"));
    }
    Optional<Double> scale = a.isNone("scale") ? Optional.empty() : Optional.of(a.real("scale"));
    Op op = new Attention(a.flag("causal", false), scale);
    return graph.add("attention", op, inputs);
  }

  /** Queries, keys or values of all heads: [batch, heads, length, features of a head]. */
  private record Projected(Symbol query, Symbol key, Symbol value) {}

  private static Value multiHead(Arguments a, GraphBuilder graph) throws IOException {
    Symbol query = a.tensor("query");
    if (!query.node().equals(a.tensor("key").node())
        || !query.node().equals(a.tensor("value").node())) {
      throw new IllegalArgumentException("only attention of a sequence to itself is supported");
    }
    Projected heads = projected(a, graph, query);
    Value weights =
        a.flag("need_weights", true)
            ? weights(graph, heads, a.flag("average_attn_weights", true))
            : None.NONE;
    return Sequence.tuple(List.of(merged(a, graph, heads), weights));
  }

  private static Projected projected(Arguments a, GraphBuilder graph, Symbol input)
      throws IOException {
    a.requireNone("mask");
    Shape shape = input.shape();
    int heads = a.integer("heads");
    if (shape.rank() != 3 || !input.type().isBatched(0) || shape.dim(2) % heads != 0) {
      throw new IllegalArgumentException(
          "%s in %d heads, expected [batch, length, features]".formatted(shape, heads));
    }
    Symbol all = linear(a, graph, "qkv_weight", "qkv_bias", input);
    List<Integer> dims = List.of(-1, shape.dim(1), 3, heads, shape.dim(2) / heads);
    Symbol split = graph.add("heads", new Reshaping.Reshape(dims), all);
    Symbol first = graph.add("heads", new Reshaping.Permute(List.of(2, 0, 3, 1, 4)), split);
    return new Projected(
        graph.add("query", new Reshaping.Select(0, 0), first),
        graph.add("key", new Reshaping.Select(0, 1), first),
        graph.add("value", new Reshaping.Select(0, 2), first));
  }

  private static Symbol merged(Arguments a, GraphBuilder graph, Projected heads)
      throws IOException {
    Op op = new Attention(false, Optional.empty());
    Symbol result = graph.add("attention", op, List.of(heads.query(), heads.key(), heads.value()));
    Shape shape = result.shape();
    Symbol turned = graph.add("merged", new Reshaping.Permute(List.of(0, 2, 1, 3)), result);
    List<Integer> dims = List.of(-1, shape.dim(2), shape.dim(1) * shape.dim(3));
    Symbol joined = graph.add("merged", new Reshaping.Reshape(dims), turned);
    return linear(a, graph, "proj_weight", "proj_bias", joined);
  }

  /** Returns what each place pays to each other; unless it is read, nothing remains of it. */
  private static Symbol weights(GraphBuilder graph, Projected heads, boolean average) {
    double scale = 1 / Math.sqrt(heads.query().shape().dim(-1));
    Symbol scaled =
        graph.add("scores", new WithScalar(WithScalar.Kind.MULTIPLY, scale), heads.query());
    Symbol turned = graph.add("scores", new Reshaping.Permute(List.of(0, 1, 3, 2)), heads.key());
    Symbol scores = graph.add("scores", new Arithmetic.MatMul(), scaled, turned);
    Symbol weights = graph.add("attention_weights", new Activation.Softmax(3), scores);
    return average
        ? graph.add("attention_weights", new Pooling.Mean(List.of(1), false), weights)
        : weights;
  }

  private static Value encoderLayer(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    boolean normFirst = a.flag("norm_first", false);
    Symbol attended = normFirst ? norm(a, graph, 1, input) : input;
    Symbol merged = merged(a, graph, projected(a, graph, attended));
    Symbol sum = graph.add("add", new Arithmetic.Add(), merged, input);
    Symbol middle = normFirst ? sum : norm(a, graph, 1, sum);
    Symbol hidden =
        linear(
            a, graph, "ffn_weight_1", "ffn_bias_1", normFirst ? norm(a, graph, 2, middle) : middle);
    Symbol activated =
        a.flag("use_gelu", false)
            ? graph.add("gelu", new Activation.Pointwise(Activation.Function.GELU), hidden)
            : graph.add("relu", new Activation.Relu(), hidden);
    Symbol out = linear(a, graph, "ffn_weight_2", "ffn_bias_2", activated);
    Symbol total = graph.add("add", new Arithmetic.Add(), out, middle);
    return normFirst ? total : norm(a, graph, 2, total);
  }

  private static Symbol norm(Arguments a, GraphBuilder graph, int number, Symbol input)
      throws IOException {
    Value weight = a.value("norm_weight_" + number);
    Op op =
        new Normalization.LayerNorm(
            Shape.of(input.shape().dim(-1)),
            graph.optionalTensor(weight),
            graph.optionalTensor(a.value("norm_bias_" + number)),
            a.real("eps"));
    return graph.add(GraphBuilder.layerName(weight, "norm" + number), op, input);
  }

  private static Symbol linear(
      Arguments a, GraphBuilder graph, String weight, String bias, Symbol input)
      throws IOException {
    Op op = new Layer.Linear(graph.tensor(a.value(weight)), graph.optionalTensor(a.value(bias)));
    return graph.add(GraphBuilder.layerName(a.value(weight), "linear"), op, input);
  }
}
