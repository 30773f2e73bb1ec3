package io.edgefrontier.prepare;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelRule;
import io.edgefrontier.lower.LayerSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

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
    List<Kernel> candidates = candidates(site);
    return candidates.size() == 1
        ? candidates.get(0)
        : tuning.use(site.inWords(), () -> measure(site, candidates)).kernel();
  }

  /**
   * Returns the kernels to choose from. The plain convolution is none where there is another: on
   * its own it would be timed without the layouts that it meets in a network of packed ones.
   */
  private List<Kernel> candidates(LayerSite site) {
    List<Kernel> candidates =
        new ArrayList<>(
            Stream.of(Kernel.XNNPACK, Kernel.ONEDNN)
                .filter(kernel -> rule.mayUse(kernel, site.dtype()))
                .toList());
    if (candidates.isEmpty() || site.layer() instanceof Layer.Linear) {
      candidates.add(Kernel.ATEN);
    }
    return candidates;
  }

  private Tuning.Choice measure(LayerSite site, List<Kernel> candidates) {
    Map<Kernel, LoadedGraph> loaded = new LinkedHashMap<>();
    Map<String, String> rejected = new LinkedHashMap<>();
    try (LoadedGraph plain = load(site, Kernel.ATEN)) {
      float[] expected = plain.outputs();
      for (Kernel kernel : candidates) {
        try {
          loaded.put(kernel, loadEqual(site, kernel, expected));
        } catch (IOException | RuntimeException e) {
          rejected.put(kernel.label(), Attempt.reason(e).lines().findFirst().orElse(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the plain operator is what every other stands for
    }
    try {
      return loaded.isEmpty()
          ? new Tuning.Choice(Kernel.ATEN, Map.of(), rejected)
          : fastest(site, loaded, rejected);
    } finally {
      loaded.values().forEach(LoadedGraph::close);
    }
  }

  private Tuning.Choice fastest(
      LayerSite site, Map<Kernel, LoadedGraph> loaded, Map<String, String> rejected) {
    List<Kernel> kernels = List.copyOf(loaded.keySet());
    double[] micros = TIMER.micros(List.copyOf(loaded.values()));
    Map<String, Double> times = new LinkedHashMap<>();
    for (int i = 0; i < micros.length; i++) {
      times.put(kernels.get(i).label(), micros[i]);
    }
    int preferred = Math.max(0, kernels.indexOf(rule.apply(site)));
    Kernel fastest = kernels.get(AlternatingTimer.fastest(micros, preferred));
    progress.accept("tune %s: %s of %s us".formatted(site.inWords(), fastest.label(), times));
    return new Tuning.Choice(fastest, times, rejected);
  }

  private static LoadedGraph load(LayerSite site, Kernel kernel) throws IOException {
    return LoadedGraph.of(SiteNetwork.of(site, kernel), site.input().shape().dim(0));
  }

  /** Loads a candidate and holds its outputs against those of the plain operator. */
  private static LoadedGraph loadEqual(LayerSite site, Kernel kernel, float[] expected)
      throws IOException {
    LoadedGraph graph = load(site, kernel);
    double difference = difference(expected, graph.outputs());
    if (!(difference <= tolerance(site.dtype()))) {
      graph.close();
      throw new IllegalStateException(
          "differs from the plain operator by %.2g of the largest output".formatted(difference));
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
}
