package io.edgefrontier.prepare;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Kernel;
import io.edgefrontier.lower.KernelLowering;
import io.edgefrontier.lower.KernelRule;
import io.edgefrontier.lower.LayerSite;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lowers networks to a variant's precision and then to the engine's operators. */
public final class VariantLowering {
  private static final AlternatingTimer TIMER = new AlternatingTimer(11, 5_000_000);

  private final LoweringRequest request;
  private final KernelRule rule;
  private final Optional<Tuning> tuning;
  private final Consumer<String> progress;

  private VariantLowering(
      LoweringRequest request, Optional<Tuning> tuning, Consumer<String> progress) {
    this.request = request;
    this.rule = new KernelRule(KernelProbe.support(), request.threads());
    this.tuning = tuning;
    this.progress = progress;
  }

  /**
   * Returns a lowering without measurements.
   *
   * @throws IllegalArgumentException if tuning is asked for
   */
  public static VariantLowering untuned(LoweringRequest request) {
    if (request.lowering() == Lowering.TUNE) {
      throw new IllegalArgumentException("tuning needs measurements");
    }
    return new VariantLowering(request, Optional.empty(), line -> {});
  }

  /**
   * Returns a lowering that measures where it is asked to tune.
   *
   * @param progress told of each layer shape and each variant that is measured
   */
  public static VariantLowering tuned(
      LoweringRequest request, Tuning tuning, Consumer<String> progress) {
    return new VariantLowering(request, Optional.of(tuning), progress);
  }

  LoweringRequest request() {
    return request;
  }

  /**
   * Returns a float32 network lowered as requested; with tuning, the fastest of what was tuned, the
   * rule's and the plain one.
   *
   * @param activations for int8: the mapping of each observed value; else not read
   * @throws IllegalArgumentException as {@link PrecisionLowering#lower}
   */
  public LoweredVariant lower(Variant variant, Graph graph, Map<String, QuantParams> activations) {
    if (request.lowering() != Lowering.TUNE) {
      return lower(variant, graph, activations, request.lowering());
    }
    List<LoweredVariant> distinct = new ArrayList<>();
    for (Lowering lowering : List.of(Lowering.RULE, Lowering.TUNE, Lowering.PLAIN)) {
      LoweredVariant candidate = lower(variant, graph, activations, lowering);
      Map<String, List<String>> operators = TorchScriptWriter.operators(candidate.graph());
      if (distinct.stream()
          .noneMatch(known -> TorchScriptWriter.operators(known.graph()).equals(operators))) {
        distinct.add(candidate);
      }
    }
    return fastest(variant, distinct);
  }

  private LoweredVariant lower(
      Variant variant, Graph graph, Map<String, QuantParams> activations, Lowering lowering) {
    Graph lowered =
        switch (lowering) {
          case PLAIN -> PrecisionLowering.plain(graph, variant.precision(), activations);
          case RULE -> withKernels(variant, graph, activations, rule);
          case TUNE ->
              withKernels(
                  variant,
                  graph,
                  activations,
                  new KernelTuner(rule, tuning.orElseThrow(), progress));
        };
    return new LoweredVariant(lowering, lowered);
  }

  private Graph withKernels(
      Variant variant,
      Graph graph,
      Map<String, QuantParams> activations,
      Function<LayerSite, Kernel> choice) {
    Graph lowered =
        PrecisionLowering.lower(BatchNormFolder.fold(graph), variant.precision(), activations);
    return KernelLowering.apply(lowered, request.batch(), choice);
  }

  private LoweredVariant fastest(Variant variant, List<LoweredVariant> candidates) {
    List<LoweredVariant> running = new ArrayList<>();
    List<LoadedGraph> loaded = new ArrayList<>();
    try {
      for (LoweredVariant candidate : candidates) {
        load(variant, candidate)
            .ifPresent(
                graph -> {
                  running.add(candidate);
                  loaded.add(graph);
                });
      }
      if (running.isEmpty()) {
        return candidates.get(0); // whose trial run will say why
      }
      double[] micros = TIMER.micros(loaded);
      Map<String, Double> times = new LinkedHashMap<>();
      for (int i = 0; i < micros.length; i++) {
        times.put(running.get(i).lowering().label(), micros[i]);
      }
      LoweredVariant fastest = running.get(AlternatingTimer.fastest(micros, 0));
      tuning.orElseThrow().note(variant.id(), times);
      progress.accept(
          "tune %s: %s of %s us".formatted(variant.id(), fastest.lowering().label(), times));
      return fastest;
    } finally {
      loaded.forEach(LoadedGraph::close);
    }
  }

  private Optional<LoadedGraph> load(Variant variant, LoweredVariant candidate) {
    try {
      LoadedGraph graph = LoadedGraph.of(candidate.graph(), request.batch());
      graph.call();
      return Optional.of(graph);
    } catch (IOException | RuntimeException e) {
      progress.accept(
          "tune %s: %s is out: %s"
              .formatted(variant.id(), candidate.lowering().label(), Attempt.reason(e)));
      return Optional.empty();
    }
  }
}
