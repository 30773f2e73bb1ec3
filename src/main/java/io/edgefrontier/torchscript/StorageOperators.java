package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that only change where a tensor's elements lie, or whether several share a place. */
final class StorageOperators {
  private static final List<Integer> CHANNELS_FIRST = List.of(0, 3, 1, 2);

  private StorageOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch.expand", new Operator("input size implicit?", StorageOperators::expand));
    table.put("torch.expand_as", new Operator("input other", StorageOperators::expandAs));
    table.put("torch.contiguous", new Operator("input memory_format?", StorageOperators::ordered));
    Operator same = new Operator("input", (a, g) -> a.value("input"));
    table.put("torch.detach", same);
    table.put("torch.alias", same);
  }

  /** It copies if the layout is another one, which a graph does not know. */
  private static Value ordered(Arguments a, GraphBuilder graph) throws IOException {
    Value input = a.value("input");
    return input instanceof Stored || input instanceof Attribute
        ? input
        : a.tensor("input").copyOrSame();
  }

  private static Value expand(Arguments a, GraphBuilder graph) throws IOException {
    return expanded(a, graph, a.dimensions("size"));
  }

  private static Value expandAs(Arguments a, GraphBuilder graph) throws IOException {
    return expanded(a, graph, ShapeOperators.sizes(a.tensor("other")));
  }

  /** Expands; sizes that stay are left open, so that they may still change by pruning. */
  private static Value expanded(Arguments a, GraphBuilder graph, List<Value> sizes)
      throws IOException {
    Symbol input = a.tensor("input");
    int fresh = sizes.size() - input.shape().rank();
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      Value size = sizes.get(i);
      boolean stays = i >= fresh && size.equals(input.type().size(i - fresh));
      if (stays || (size instanceof Int kept && kept.value() == -1)) {
        dims.add(Reshaping.Expand.KEEP);
      } else if (size instanceof BatchMultiple batch && batch.factor() == 1) {
        dims.add(Reshaping.Expand.BATCH);
      } else if (size instanceof Int known
          && known.value() >= 1
          && known.value() <= Integer.MAX_VALUE) {
        dims.add((int) known.value());
      } else {
        throw a.wrong("size", "integers, of which one may be the free batch");
      }
    }
    if (fresh == 0 && dims.stream().allMatch(size -> size == Reshaping.Expand.KEEP)) {
      return input.all();
    }
    Reshaping.Expand op = new Reshaping.Expand(dims);
    return op.needsBatch()
        ? graph.add("expand", op, input, graph.input())
        : graph.add("expand", op, input);
  }

  /**
   * Returns what {@code permute(reshape(x, [N, H, W, 1]), [0, 3, 1, 2])} is the same as: images x
   * of one channel, which are only said to lie channels-last.
   */
  static Optional<Symbol> channelsLast(Symbol reshaped, List<Integer> axes) {
    if (!axes.equals(CHANNELS_FIRST) || reshaped.isStale() || reshaped.part().isEmpty()) {
      return Optional.empty();
    }
    Symbol images = reshaped.part().get().whole();
    Shape shape = reshaped.shape();
    boolean same =
        reshaped.part().get().op().filter(Reshaping.Reshape.class::isInstance).isPresent()
            && images.shape().equals(Shape.of(shape.dim(0), 1, shape.dim(1), shape.dim(2)))
            && shape.dim(3) == 1
            && reshaped.type().isBatched(0)
            && images.type().isBatched(0);
    return same ? Optional.of(images) : Optional.empty();
  }
}
