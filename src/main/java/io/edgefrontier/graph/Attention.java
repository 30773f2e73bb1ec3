package io.edgefrontier.graph;

import java.util.List;
import java.util.Optional;

/**
 * Scaled dot-product attention: {@code softmax(query @ key^T * scale + mask) @ value}.
 *
 * <p>Inputs: query [..., queries, features], key [..., keys, features], value [..., keys, out], and
 * optionally a floating-point mask that broadcasts to [..., queries, keys].
 *
 * @param causal whether a query sees only the keys up to its own place
 * @param scale empty for {@code 1 / sqrt(features)}
 */
public record Attention(boolean causal, Optional<Double> scale) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    if (inputs.size() < 3
        || inputs.size() > 4
        || inputs.stream().limit(3).anyMatch(input -> input.shape().rank() < 2)) {
      throw new IllegalArgumentException(
          "Attention takes query, key, value and perhaps a mask, got " + inputs);
    }
    TensorType query = Inference.requireFloat(this, inputs.get(0));
    Shape key = inputs.get(1).shape();
    Shape value = inputs.get(2).shape();
    if (query.shape().dim(-1) != key.dim(-1) || key.dim(-2) != value.dim(-2)) {
      throw new IllegalArgumentException(
          "Attention of query %s, key %s and value %s: sizes differ"
              .formatted(query.shape(), key, value));
    }
    return query.with(query.shape().with(-1, value.dim(-1)));
  }

  @Override
  public long macs(List<TensorType> inputs) {
    Shape query = inputs.get(0).shape();
    long keys = inputs.get(1).shape().dim(-2);
    long rows = query.elements() / query.dim(-1);
    return Math.multiplyExact(
        Math.multiplyExact(rows, keys), (long) query.dim(-1) + inputs.get(2).shape().dim(-1));
  }
}
