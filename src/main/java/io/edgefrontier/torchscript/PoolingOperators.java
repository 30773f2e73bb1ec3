package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Pooling.Reduce;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Operators that summarise neighbourhoods or axes, or resample. */
final class PoolingOperators {
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  private PoolingOperators() {}

  /** What one kind of pooling makes of its arguments, on images. */
  private interface Pool {
    Pooling of(Arguments a, boolean sequence);
  }

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    registerPools(
        table,
        "max_pool",
        "input kernel stride? padding? dilation? ceil?",
        (a, sequence) -> new Pooling.MaxPool2d(window(a, sequence), a.flag("ceil", false)));
    registerPools(
        table,
        "avg_pool",
        "input kernel stride? padding? ceil? count_include_pad? divisor?",
        PoolingOperators::averagePool);
    registerPools(
        table,
        "adaptive_avg_pool",
        "input size",
        (a, sequence) ->
            new Pooling.AdaptiveAvgPool2d(Sequences.size(a, "size", ONE, 1, sequence)));
    table.put("torch.mean", new Operator("input dim keepdim? dtype?", PoolingOperators::mean));
    table.put("torch.sum", new Operator("input dim keepdim? dtype?", PoolingOperators::sum));
    for (Reduce.Kind kind : List.of(Reduce.Kind.AMAX, Reduce.Kind.AMIN)) {
      String name = kind.torchName();
      table.put("torch." + name, new Operator("input dim keepdim?", (a, g) -> reduce(a, g, kind)));
    }
    table.put("torch.argmax", new Operator("input dim keepdim?", PoolingOperators::argMax));
    table.put(
        "torch.upsample_nearest2d",
        new Operator(
            "input size scales? scales_w?",
            (a, g) -> resize(a, g, Pooling.Resize.Mode.NEAREST, false)));
    table.put(
        "torch.upsample_bilinear2d",
        new Operator(
            "input size align_corners scales? scales_w?",
            (a, g) -> resize(a, g, Pooling.Resize.Mode.BILINEAR, a.flag("align_corners", false))));
  }

  /** Adds a pooling of images and the same of sequences. */
  private static void registerPools(
      Map<String, Operator> table, String name, String signature, Pool pool) {
    table.put(
        "torch." + name + "2d",
        new Operator(
            signature, (a, g) -> g.add(name + "2d", pool.of(a, false), a.tensor("input"))));
    table.put(
        "torch." + name + "1d",
        new Operator(
            signature,
            (a, g) -> {
              Symbol image = Sequences.asImage(g, a.tensor("input"));
              return Sequences.ofImage(g, g.add(name + "1d", pool.of(a, true), image));
            }));
  }

  private static Pooling averagePool(Arguments a, boolean sequence) {
    a.requireNone("divisor");
    return new Pooling.AvgPool2d(
        window(a, sequence), a.flag("ceil", false), a.flag("count_include_pad", true));
  }

  private static Window window(Arguments a, boolean sequence) {
    Size2d kernel = Sequences.size(a, "kernel", ONE, 1, sequence);
    return new Window(
        kernel,
        Sequences.size(a, "stride", kernel, 1, sequence),
        Sequences.size(a, "padding", ZERO, 0, sequence),
        Sequences.size(a, "dilation", ONE, 1, sequence));
  }

  private static Value mean(Arguments a, GraphBuilder graph) throws IOException {
    a.requireNone("dtype");
    Symbol input = a.tensor("input");
    Op op = new Pooling.Mean(a.sampleAxes("dim", input), a.flag("keepdim", false));
    return graph.add("mean", op, input);
  }

  private static Value sum(Arguments a, GraphBuilder graph) throws IOException {
    a.requireNone("dtype");
    return reduce(a, graph, Reduce.Kind.SUM);
  }

  private static Value reduce(Arguments a, GraphBuilder graph, Reduce.Kind kind)
      throws IOException {
    Symbol input = a.tensor("input");
    Op op = new Reduce(kind, a.sampleAxes("dim", input), a.flag("keepdim", false));
    return graph.add(kind.torchName(), op, input);
  }

  private static Value argMax(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    if (a.isNone("dim")) {
      throw a.wrong("dim", "an axis");
    }
    Op op = new Pooling.ArgMax(a.sampleAxis("dim", input, -1), a.flag("keepdim", false));
    return graph.add("argmax", op, input);
  }

  private static Value resize(
      Arguments a, GraphBuilder graph, Pooling.Resize.Mode mode, boolean alignCorners)
      throws IOException {
    Symbol input = a.tensor("input");
    if (input.shape().rank() != 4) {
      throw a.wrong("input", "a batch of images");
    }
    Size2d in = new Size2d(input.shape().dim(2), input.shape().dim(3));
    boolean both = a.value("scales") instanceof Sequence;
    double scaleHeight = both ? scale(a, 0) : a.real("scales", 0);
    double scaleWidth = both ? scale(a, 1) : a.real("scales_w", 0);
    Size2d out =
        a.isNone("size")
            ? new Size2d((int) (in.h() * scaleHeight), (int) (in.w() * scaleWidth))
            : a.pair("size", ONE);
    // A factor that is given decides where samples lie, even if the size was rounded.
    if ((scaleHeight != 0 && in.h() * scaleHeight != out.h())
        || (scaleWidth != 0 && in.w() * scaleWidth != out.w())) {
      throw a.wrong("scales", "factors that give whole sizes");
    }
    return graph.add("resize", new Pooling.Resize(mode, out, alignCorners), input);
  }

  private static double scale(Arguments a, int index) {
    if (a.value("scales") instanceof Sequence sequence
        && sequence.items().size() == 2
        && sequence.items().get(index) instanceof Real real) {
      return real.value();
    }
    throw a.wrong("scales", "two numbers");
  }
}
