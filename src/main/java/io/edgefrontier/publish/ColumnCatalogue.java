package io.edgefrontier.publish;

import io.edgefrontier.publish.TableColumn.Words;
import io.edgefrontier.result.NearestName;
import io.edgefrontier.result.SweepTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns that a table can have: all of sweep_results.csv, and what follows from them. */
final class ColumnCatalogue {
  static final String LATENCY = "latency_ms";
  static final String ACCURACY = "accuracy";
  static final String MEMORY = "model_memory_mb";
  static final String ENERGY = "energy_proxy_j";
  static final String MEASURED_ENERGY = "energy_j";
  static final String TO_BASELINE = "latency_to_baseline";
  static final String BUDGET = "budget";
  static final String EXCEEDS = "exceeds";
  static final String FRONTIER = "frontier";
  static final String ERROR = "error";
  static final List<String> KEYS =
      List.of("model", "pruning_level", "precision", "batch_size", "threads");

  /** Short names that are easily typed. */
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("latency", LATENCY),
          Map.entry("memory", MEMORY),
          Map.entry("energy", ENERGY),
          Map.entry("measured_energy", MEASURED_ENERGY),
          Map.entry("ratio", "latency_ratio"),
          Map.entry("baseline", TO_BASELINE),
          Map.entry("p50", "latency_p50_ms"),
          Map.entry("p90", "latency_p90_ms"),
          Map.entry("p95", "latency_p95_ms"),
          Map.entry("p99", "latency_p99_ms"),
          Map.entry("p999", "latency_p999_ms"),
          Map.entry("cold_start", "cold_start_ms"),
          Map.entry("load", "model_load_ms"),
          Map.entry("throughput", "throughput_sps"),
          Map.entry("size", "archive_bytes"),
          Map.entry("activations", "peak_activation_mb"),
          Map.entry("runtime_memory", "runtime_memory_mb"),
          Map.entry("rss", "peak_rss_mb"),
          Map.entry("agreement", "argmax_agreement"),
          Map.entry("sha256", "archive_sha256"),
          Map.entry("pruning", "pruning_level"),
          Map.entry("batch", "batch_size"));

  private static final Set<String> TEXTS =
      Set.of("model", "precision", ERROR, "energy_source", "archive_sha256", "logit_diff_source");

  private final Map<String, TableColumn> columns = new LinkedHashMap<>();

  /**
   * Makes the catalogue of runs with these tracked budgets.
   *
   * @param budgetsMb MiB, each once
   */
  ColumnCatalogue(List<Double> budgetsMb) {
    for (String name : SweepTable.table(budgetsMb).columnNames()) {
      columns.put(name, column(name));
    }
    columns.put(
        TO_BASELINE,
        FigureColumns.overForks(
            TO_BASELINE,
            "latency / baseline",
            Dimension.RATIO,
            // The noise of one baseline is in all of its ratios: what is best is told of the
            // latency.
            Better.NEITHER,
            RowView::latencyToBaseline));
    columns.put(BUDGET, new Words(BUDGET, "budget", Wordings::verdict));
    columns.put(EXCEEDS, new Words(EXCEEDS, "exceeds (MiB)", Wordings::exceeded));
    columns.put(FRONTIER, new Words(FRONTIER, "frontier", Wordings::frontiers));
    columns.put(ERROR, new Words(ERROR, "failed because", view -> view.text(ERROR)));
  }

  private static TableColumn column(String name) {
    if (TEXTS.contains(name)) {
      return new Words(name, name.replace('_', ' '), view -> view.text(name));
    }
    if (name.equals("accepted") || name.startsWith("violates_")) {
      return new Words(name, name.replace('_', ' '), view -> yesOrNo(view.text(name)));
    }
    return FigureColumns.of(name);
  }

  private static String yesOrNo(String flag) {
    return flag.isEmpty() ? "" : Boolean.parseBoolean(flag) ? "yes" : "no";
  }

  /**
   * Returns the column of this name or short name.
   *
   * @throws IllegalArgumentException naming the nearest ones if there is none
   */
  TableColumn find(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    TableColumn found = columns.get(SHORT.getOrDefault(plain, plain));
    if (found == null) {
      throw new IllegalArgumentException(unknown(name.strip(), plain));
    }
    return found;
  }

  private String unknown(String name, String plain) {
    List<String> all = new ArrayList<>(SHORT.keySet().stream().sorted().toList());
    all.addAll(columns.keySet());
    List<String> nearest = NearestName.several(plain, all, 3);
    return nearest.isEmpty()
        ? "no column '%s'; available: %s".formatted(name, String.join(", ", all))
        : "no column '%s'; the nearest are %s; see also the header of sweep_results.csv"
            .formatted(name, String.join(", ", nearest));
  }
}
