package io.edgefrontier.prepare;

import io.edgefrontier.graph.DType;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelRule;
import io.edgefrontier.lower.LayerSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Chooses kernels by measuring the candidates for each distinct layer shape, once.
 *
 * <p>A candidate must give the plain operator's outputs: to 1e-5 of the largest in float32, to some
 * units of the last place in 16 bits. The rule's choice stays unless another is clearly faster.
 */
final class KernelTuner implements Function<LayerSite, Kernel> {
  private static final AlternatingTimer TIMER = new AlternatingTimer(15, 1_500_000);

  private final KernelRule rule;
  private final Tuning tuning;
  private final Consumer<String> progress;

  /**
   * @param tuning what is known already; grows by what is measured
   * @param progress told of each shape that is measured
   */
  KernelTuner(KernelRule rule, Tuning tuning, Consumer<String> progress) {
    this.rule = rule;
    this.tuning = tuning;
    this.progress = progress;
  }

  @Override
  public Kernel apply(LayerSite site) {
    List<Kernel> candidates = new ArrayList<>(List.of(Kernel.ATEN));
    for (Kernel kernel : Kernel.values()) {
      if (kernel != Kernel.ATEN && rule.mayUse(kernel, site.dtype())) {
        candidates.add(kernel);
      }
    }
    return candidates.size() == 1
        ? Kernel.ATEN
        : tuning.use(site.inWords(), () -> measure(site, candidates)).kernel();
  }

  private Tuning.Choice measure(LayerSite site, List<Kernel> candidates) {
    Map<Kernel, LoadedGraph> loaded = new LinkedHashMap<>();
    Map<String, String> rejected = new LinkedHashMap<>();
    try {
      for (Kernel kernel : candidates) {
        try {
          loaded.put(kernel, load(site, kernel, loaded));
        } catch (IOException | RuntimeException e) {
          rejected.put(kernel.label(), Attempt.reason(e).lines().findFirst().orElse(""));
        }
      }
      List<Kernel> kernels = List.copyOf(loaded.keySet());
      double[] micros = TIMER.micros(List.copyOf(loaded.values()));
      Map<String, Double> times = new LinkedHashMap<>();
      for (int i = 0; i < micros.length; i++) {
        times.put(kernels.get(i).label(), micros[i]);
      }
      Kernel fastest = fastest(kernels, micros, rule.apply(site));
      progress.accept("tune %s: %s of %s us".formatted(site.inWords(), fastest.label(), times));
      return new Tuning.Choice(fastest, times, rejected);
    } finally {
      loaded.values().forEach(LoadedGraph::close);
    }
  }

  /** Loads a candidate and holds its outputs against those of the first one, the plain operator. */
  private static LoadedGraph load(LayerSite site, Kernel kernel, Map<Kernel, LoadedGraph> before)
      throws IOException {
    LoadedGraph graph = LoadedGraph.of(SiteNetwork.of(site, kernel), site.input().shape().dim(0));
    LoadedGraph plain = before.get(Kernel.ATEN);
    if (plain != null) {
      double difference = difference(plain.outputs(), graph.outputs());
      if (!(difference <= tolerance(site.dtype()))) {
        graph.close();
        throw new IllegalStateException(
            "differs from the plain operator by %.2g of the largest output".formatted(difference));
      }
    }
    return graph;
  }

  static double difference(float[] expected, float[] found) {
    double largest = 0;
    double difference = expected.length == found.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(expected.length, found.length); i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      // NaN stays NaN, which no tolerance admits.
      difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
    }
    return difference == 0 ? 0 : difference / largest;
  }

  /** Returns what is tolerated, as a share of the largest output. */
  private static double tolerance(DType dtype) {
    return switch (dtype) {
      case BFLOAT16 -> 2e-2;
      case FLOAT16 -> 3e-3;
      default -> 1e-5;
    };
  }

  private static Kernel fastest(List<Kernel> kernels, double[] micros, Kernel byRule) {
    int preferred = Math.max(0, kernels.indexOf(byRule));
    return kernels.get(AlternatingTimer.fastest(micros, preferred));
  }
}
