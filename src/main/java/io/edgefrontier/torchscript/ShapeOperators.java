package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators on shapes: those that move values and those that do nothing. */
final class ShapeOperators {
  private ShapeOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch.flatten", new Operator("input start? end?", ShapeOperators::flatten));
    table.put("torch.view", new Operator("input size", ShapeOperators::reshape));
    table.put("torch.reshape", new Operator("input size", ShapeOperators::reshape));
    table.put("torch.cat", new Operator("inputs dim?", ShapeOperators::concat));
    table.put("torch.constant_pad_nd", new Operator("input pad value?", ShapeOperators::pad));
    table.put("torch.pad", new Operator("input pad mode? value?", ShapeOperators::pad));
    Operator same = new Operator("input", (a, g) -> a.value("input"));
    table.put("torch.detach", same);
    table.put("torch.alias", same);
    // It copies if the layout is another one, which a graph does not know.
    table.put(
        "torch.contiguous",
        new Operator("input memory_format?", (a, g) -> a.tensor("input").copyOrSame()));
  }

  private static Value flatten(Arguments a, GraphBuilder graph) {
    Op op = new Reshaping.Flatten(a.integer("start", 0), a.integer("end", -1));
    return graph.add("flatten", op, a.tensor("input"));
  }

  private static Value reshape(Arguments a, GraphBuilder graph) {
    Symbol input = a.tensor("input");
    List<Value> sizes = a.dimensions("size");
    if (sizes.isEmpty()) {
      throw a.wrong("size", "the batch and more dimensions");
    }
    List<Integer> sample = new ArrayList<>();
    long known = 1;
    int inferred = -1;
    for (Value size : sizes.subList(1, sizes.size())) {
      if (!(size instanceof Int i) || i.value() < -1 || i.value() > Integer.MAX_VALUE) {
        throw a.wrong("size", "the free batch first, then integers");
      }
      if (i.value() == -1) {
        inferred = sample.size();
      } else {
        known = Math.multiplyExact(known, i.value());
      }
      sample.add((int) i.value());
    }
    long elements = input.type().shape().elements(); // of one sample
    if (inferred >= 0) {
      sample.set(inferred, known == 0 ? 0 : Math.toIntExact(elements / known));
    }
    // A traced 1 is the batch that was traced; what each sample becomes is the same.
    boolean batchFirst =
        sizes.get(0) instanceof BatchMultiple
            || (sizes.get(0) instanceof Int i && (i.value() == 1 || i.value() == -1));
    if (!batchFirst) {
      throw a.wrong("size", "the free batch first, or -1");
    }
    return graph.add("reshape", new Reshaping.Reshape(new Shape(sample)), input);
  }

  private static Value concat(Arguments a, GraphBuilder graph) {
    return graph.add("cat", new Reshaping.Concat(a.integer("dim", 0)), a.tensors("inputs"));
  }

  private static Value pad(Arguments a, GraphBuilder graph) {
    if (!a.isNone("mode") && !(a.value("mode") instanceof Text t && t.value().equals("constant"))) {
      throw a.wrong("mode", "\"constant\"");
    }
    List<Integer> pads = new ArrayList<>(a.integers("pad"));
    boolean image = pads.size() % 2 == 0;
    for (int i = 4; i < pads.size(); i++) {
      image &= pads.get(i) == 0;
    }
    if (!image) {
      throw a.wrong("pad", "left, right, top, bottom");
    }
    while (pads.size() < 4) {
      pads.add(0);
    }
    Op op =
        new Reshaping.Pad(pads.get(0), pads.get(1), pads.get(2), pads.get(3), a.real("value", 0));
    return graph.add("pad", op, a.tensor("input"));
  }
}
