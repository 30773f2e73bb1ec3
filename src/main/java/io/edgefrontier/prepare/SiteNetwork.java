package io.edgefrontier.prepare;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic.Add;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelLowering;
import io.edgefrontier.lower.LayerSite;
import java.util.ArrayList;
import java.util.List;

/** A network of one layer, as it stands in a larger one: to try kernels on. */
final class SiteNetwork {
  private SiteNetwork() {}

  /**
   * Returns a float32 network of a site with a kernel. What the site adds to its layer is made of
   * the input before, the same way whatever the kernel.
   */
  static Graph of(LayerSite site, Kernel kernel) {
    List<Integer> dims = site.input().shape().dims();
    Shape sample = new Shape(dims.subList(1, dims.size()));
    List<Node> nodes = new ArrayList<>();
    String top = Graph.INPUT;
    if (site.dtype() != DType.FLOAT32) {
      top = add(nodes, "half", new Conversion.Cast(site.dtype()), top);
    }
    String other = top;
    boolean sum = site.sum() && isSameShape(site);
    if (sum) {
      other = add(nodes, "other", new WithScalar(WithScalar.Kind.MULTIPLY, 2), top);
    }
    top = add(nodes, "layer", site.layer(), top);
    if (sum) {
      top = add(nodes, "sum", new Add(), top, other);
    }
    if (site.then().isPresent()) {
      Activation then = site.then().get();
      top = add(nodes, "then", then, top);
    }
    if (site.dtype() != DType.FLOAT32) {
      top = add(nodes, "float", new Conversion.Cast(DType.FLOAT32), top);
    }
    Graph plain = new Graph("site", sample, nodes, List.of(top));
    return KernelLowering.apply(plain, dims.get(0), any -> kernel);
  }

  private static boolean isSameShape(LayerSite site) {
    return site.layer().infer(List.of(site.input())).equals(site.input());
  }

  private static String add(List<Node> nodes, String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, List.of(inputs)));
    return name;
  }
}
