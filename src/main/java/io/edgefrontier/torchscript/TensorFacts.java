package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What code asks about a tensor without looking at its values: sizes, type, device. */
final class TensorFacts {
  private static final Set<Integer> FLOATING = Set.of(5, 6, 7, 15);

  private TensorFacts() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, ConcreteOperators.Body> table) {
    table.put("torch.size", (a, n, w) -> size(a));
    table.put("ops.prim.shape", (a, n, w) -> size(a));
    table.put("torch.dim", (a, n, w) -> dimensions(a));
    table.put("ops.prim.ndim", (a, n, w) -> dimensions(a));
    table.put("torch.numel", (a, n, w) -> count(a));
    for (String name : List.of("torch.len", "len")) {
      ConcreteOperators.Body ofLists = table.get(name);
      table.put(
          name,
          (a, n, w) ->
              a.size() == 1 && Types.isTensor(a.get(0))
                  ? Optional.of(sizes(a.get(0)).get(0))
                  : ofLists.apply(a, n, w));
    }
    table.put("ops.prim.dtype", (a, n, w) -> type(a).map(Int::new));
    table.put(
        "torch.is_floating_point",
        (a, n, w) -> type(a).map(code -> new Bool(FLOATING.contains(code.intValue()))));
    table.put("ops.prim.device", (a, n, w) -> Optional.of(new Text("cpu")));
    table.put("torch.device", (a, n, w) -> a.isEmpty() ? Optional.empty() : Optional.of(a.get(0)));
    table.put("ops.prim.layout", (a, n, w) -> Optional.of(new Int(0))); // strided
    table.put("ops.prim.is_cpu", (a, n, w) -> Optional.of(new Bool(true)));
    for (String name :
        List.of(
            "ops.prim.is_cuda",
            "ops.prim.is_nested",
            "ops.prim.is_sparse",
            "ops.prim.is_mkldnn",
            "ops.prim.is_quantized",
            "ops.prim.is_meta",
            "ops.prim.is_xpu",
            "ops.prim.is_mps",
            "ops.prim.is_vulkan",
            "torch.is_complex",
            "torch.is_nested",
            "torch.is_autocast_enabled",
            "torch.is_autocast_cpu_enabled",
            "torch.is_scripting")) {
      table.put(name, (a, n, w) -> Optional.of(new Bool(false)));
    }
    // Transformers have a fused path without gradients and a plain one with them, which a graph can
    // hold: gradients are on here, and parameters have them.
    table.put("torch.is_grad_enabled", (a, n, w) -> Optional.of(new Bool(true)));
    table.put(
        "ops.prim.requires_grad",
        (a, n, w) ->
            Optional.of(
                new Bool(
                    a.size() == 1
                        && (a.get(0) instanceof Stored || a.get(0) instanceof Attribute))));
    for (String name : List.of("torch.set_grad_enabled", "torch._set_grad_enabled")) {
      table.put(name, (a, n, w) -> Optional.of(None.NONE));
    }
    for (String name :
        List.of(
            "unchecked_unwrap_optional", "ops.prim.unchecked_unwrap_optional", "ops.prim.data")) {
      table.put(name, (a, n, w) -> a.size() == 1 ? Optional.of(a.get(0)) : Optional.empty());
    }
  }

  private static Optional<Value> size(List<Value> a) {
    if (a.isEmpty() || !Types.isTensor(a.get(0))) {
      throw new IllegalArgumentException("it takes a tensor");
    }
    List<Value> sizes = sizes(a.get(0));
    if (a.size() == 1) {
      return Optional.of(Sequence.list(sizes));
    } else if (a.get(1) instanceof Int axis
        && axis.value() >= -sizes.size()
        && axis.value() < sizes.size()) {
      return Optional.of(sizes.get((int) Math.floorMod(axis.value(), (long) sizes.size())));
    }
    throw new IllegalArgumentException(
        "there is no dimension %s of %s"
            .formatted(Value.describe(a.get(1)), Value.describe(a.get(0))));
  }

  private static Optional<Value> dimensions(List<Value> a) {
    if (a.size() == 1 && NumberOperators.isNumber(a.get(0))) {
      return Optional.of(new Int(0));
    } else if (a.size() == 1 && Types.isTensor(a.get(0))) {
      return Optional.of(new Int(sizes(a.get(0)).size()));
    }
    throw new IllegalArgumentException("it takes a tensor");
  }

  private static Optional<Value> count(List<Value> a) throws IOException {
    if (a.size() != 1 || !Types.isTensor(a.get(0))) {
      throw new IllegalArgumentException("it takes a tensor");
    }
    Value product = new Int(1);
    for (Value size : sizes(a.get(0))) {
      product = NumberOperators.product(product, size);
    }
    return Optional.of(product);
  }

  private static List<Value> sizes(Value tensor) {
    List<Value> sizes = new ArrayList<>();
    if (tensor instanceof Symbol symbol) {
      for (int axis = 0; axis < symbol.shape().rank(); axis++) {
        sizes.add(symbol.type().size(axis));
      }
    } else {
      stored(tensor).sizes().forEach(size -> sizes.add(new Int(size)));
    }
    return sizes;
  }

  private static Optional<Long> type(List<Value> a) {
    if (a.size() != 1 || !Types.isTensor(a.get(0))) {
      throw new IllegalArgumentException("it takes a tensor");
    }
    return Optional.of(
        a.get(0) instanceof Symbol symbol
            ? ElementTypes.code(symbol.type().one().dtype())
            : (long) StoredTensors.code(stored(a.get(0)).storage().type()));
  }

  private static Stored stored(Value tensor) {
    return tensor instanceof Attribute attribute ? attribute.tensor() : (Stored) tensor;
  }
}
