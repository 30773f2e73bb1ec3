package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.Map;

/** Operators that change the element type. */
final class ConversionOperators {
  private ConversionOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put(
        "torch.to",
        new Operator("input dtype non_blocking? copy? format?", ConversionOperators::to));
    table.put(
        "torch.type_as",
        new Operator(
            "input other",
            (a, g) -> cast(g, a.tensor("input"), a.tensor("other").type().one().dtype())));
  }

  private static Value to(Arguments a, GraphBuilder graph) throws IOException {
    DType dtype =
        ElementTypes.ofCode(a.integer("dtype"))
            .filter(type -> type.isFloat() || type == DType.INT64 || type == DType.BOOL)
            .orElseThrow(
                () ->
                    a.wrong(
                        "dtype",
                        "4 (int64), 5 (float16), 6 (float32), 11 (bool) or 15 (bfloat16)"));
    Symbol input = a.tensor("input");
    Symbol result = cast(graph, input, dtype);
    return result == input && (a.flag("copy", false) || !a.isNone("format"))
        ? input.copyOrSame()
        : result;
  }

  private static Symbol cast(GraphBuilder graph, Symbol input, DType dtype) {
    return dtype == input.type().one().dtype()
        ? input
        : graph.add("to", new Conversion.Cast(dtype), input);
  }
}
