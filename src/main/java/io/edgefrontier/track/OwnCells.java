package io.edgefrontier.track;

import io.edgefrontier.analysis.BenchmarkKind;
import io.edgefrontier.analysis.CellKey;
import io.edgefrontier.analysis.ForkSamples;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Decimals;
import io.edgefrontier.result.JmhResult;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The cells of an Edge Frontier run, and its paired reference.
 *
 * <p>Engine threads are a condition, so that a run with others is not comparable rather than new.
 * They name a cell only beside one of the same variant with fewer threads in the same run.
 */
final class OwnCells {
  private static final String BENCHMARK = "InferenceBenchmark.forward";

  private final VariantFacts facts;
  private final Map<CellKey, OwnCell> cells = new LinkedHashMap<>();
  private final Map<Integer, List<Double>> referencesMs = new TreeMap<>();
  private final Map<Integer, CellDraft> references = new TreeMap<>();

  OwnCells(VariantFacts facts) {
    this.facts = facts;
  }

  /**
   * Adds an entry of one of Edge Frontier's own kinds.
   *
   * @param setup how JMH ran it
   * @throws IllegalArgumentException if it is malformed or repeats an earlier one
   */
  void add(BenchmarkKind kind, JmhResult entry, Map<String, String> setup) {
    CellKey key = named(CellKey.of(entry));
    cell(key).add(kind, entry, setup);
    if (kind == BenchmarkKind.LATENCY) {
      addReference(key.threads(), entry, setup);
    }
  }

  /** Entries name their model only where a run has several. */
  private CellKey named(CellKey key) {
    return key.model().isEmpty() && !facts.model().isEmpty()
        ? keyOf(key.toCell(facts.model()))
        : key;
  }

  private static CellKey keyOf(Cell cell) {
    Variant variant = cell.variant();
    return new CellKey(
        variant.model(),
        variant.pruningLevel() + 0.0,
        variant.precision(),
        cell.batchSize(),
        cell.threads());
  }

  private OwnCell cell(CellKey key) {
    return cells.computeIfAbsent(key, OwnCell::new);
  }

  private void addReference(int threads, JmhResult entry, Map<String, String> setup) {
    List<Double> known = referencesMs.computeIfAbsent(threads, count -> new ArrayList<>());
    for (double medianMs : ForkSamples.references(entry)) {
      known.add(medianMs);
    }
    if (!known.isEmpty() && !references.containsKey(threads)) {
      CellDraft draft = new CellDraft();
      draft.setup(setup, "");
      draft.condition("threads", String.valueOf(threads));
      references.put(threads, draft);
    }
  }

  /** Gives every cell and the reference, with their keys, in the order of the file. */
  void finish(BiConsumer<String, CellDraft> sink) {
    addFailed();
    Map<CellKey, Integer> fewestThreads = new LinkedHashMap<>();
    cells.keySet().forEach(key -> fewestThreads.merge(alone(key), key.threads(), Math::min));
    for (OwnCell cell : cells.values()) {
      CellKey key = cell.key();
      cell.finish(referenceMs(key.threads()));
      if (!key.model().isEmpty()) {
        facts.addTo(cell.draft(), key.toCell(""));
      }
      sink.accept(text(key, key.threads() != fewestThreads.get(alone(key))), cell.draft());
    }
    references.forEach(
        (threads, draft) -> {
          draft.sample(Metric.REFERENCE, array(referencesMs.get(threads)));
          boolean fewest = threads.equals(references.keySet().iterator().next());
          sink.accept(
              CellKeys.of(
                  "reference", fewest ? Map.of() : Map.of("threads", String.valueOf(threads))),
              draft);
        });
  }

  /** Adds the cells that have no entry because their variant or all their forks failed. */
  private void addFailed() {
    facts.failedCells().keySet().forEach(cell -> cell(keyOf(cell)));
    Set<CellKey> loads = new LinkedHashSet<>(cells.keySet());
    for (Variant variant : facts.failedVariants().keySet()) {
      if (loads.isEmpty()) {
        cell(keyOf(new Cell(variant, 1, 1)));
      }
      for (CellKey load : loads) {
        cell(keyOf(new Cell(variant, load.batchSize(), load.threads())));
      }
    }
  }

  private double referenceMs(int threads) {
    return Statistics.median(array(referencesMs.getOrDefault(threads, List.of())));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns the key without its threads. */
  private static CellKey alone(CellKey key) {
    return new CellKey(key.model(), key.pruningLevel(), key.precision(), key.batchSize(), 1);
  }

  private static String text(CellKey key, boolean withThreads) {
    Map<String, String> params = new TreeMap<>();
    params.put("batchSize", String.valueOf(key.batchSize()));
    params.put("precision", key.precision().label());
    params.put("pruningLevel", Decimals.text(key.pruningLevel()));
    if (!key.model().isEmpty()) {
      params.put("model", key.model());
    }
    if (withThreads) {
      params.put("threads", String.valueOf(key.threads()));
    }
    return CellKeys.of(BENCHMARK, params);
  }
}
