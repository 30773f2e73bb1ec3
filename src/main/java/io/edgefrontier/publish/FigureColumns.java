package io.edgefrontier.publish;

import static io.edgefrontier.publish.Better.HIGHER;
import static io.edgefrontier.publish.Better.LOWER;
import static io.edgefrontier.publish.Better.NEITHER;

import io.edgefrontier.publish.TableColumn.Figures;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The columns of sweep_results.csv that hold numbers, as tables show them. */
final class FigureColumns {
  /** Ends of names that say what a column measures; the first that fits counts. */
  private static final List<Map.Entry<String, Dimension>> SUFFIXES =
      List.of(
          Map.entry("_ms", Dimension.MILLISECONDS),
          Map.entry("_mb", Dimension.MEBIBYTES),
          Map.entry("_j", Dimension.JOULES),
          Map.entry("_sps", Dimension.SAMPLES_PER_SECOND),
          Map.entry("_per_s", Dimension.PER_SECOND),
          Map.entry("_kb_per_1k", Dimension.KIB_PER_1000),
          Map.entry("_bytes", Dimension.BYTES));

  private FigureColumns() {}

  /** Returns the column of this name. */
  static Figures of(String name) {
    return switch (name) {
      case "latency_ms" ->
          plain(name, "latency", Dimension.MILLISECONDS, LOWER)
              .withEnds("latency_ci95_low_ms", "latency_ci95_high_ms")
              .asOverForks();
      case "latency_ratio" ->
          plain(name, "latency / reference", Dimension.RATIO, LOWER)
              .withEnds("latency_ratio_ci95_low", "latency_ratio_ci95_high")
              .asOverForks();
      case "throughput_sps" ->
          overForks(
              name,
              "throughput",
              Dimension.SAMPLES_PER_SECOND,
              HIGHER,
              view -> latency(view).falling(ms -> view.row().cell().batchSize() / ms * 1000));
      case "energy_proxy_j" ->
          overForks(name, "energy", Dimension.JOULES, LOWER, FigureColumns::modelledEnergy)
              .asModelled();
      case "accuracy" ->
          plain(name, "accuracy", Dimension.SHARE, HIGHER)
              .withEnds("accuracy_ci95_low", "accuracy_ci95_high");
      case "cold_start_ms" ->
          plain(name, "cold start", Dimension.MILLISECONDS, LOWER)
              .withEnds("cold_start_ci95_low_ms", "cold_start_ci95_high_ms");
      case "energy_j" -> plain(name, "energy, measured", Dimension.JOULES, LOWER);
      case "energy_net_j" -> plain(name, "net energy, measured", Dimension.JOULES, LOWER);
      case "archive_bytes" -> plain(name, "archive", Dimension.BYTES, LOWER);
      case "memory_mb", "model_memory_mb" ->
          plain(name, "model memory", Dimension.MEBIBYTES, LOWER);
      case "accuracy_delta", "accuracy_ci95_low", "accuracy_ci95_high" ->
          plain(name, title(name), Dimension.SHARE, NEITHER);
      case "argmax_agreement" -> plain(name, "agreement with base", Dimension.SHARE, HIGHER);
      case "active_budget_mb" -> plain(name, "active budget", Dimension.MEBIBYTES, NEITHER);
      case "parameters" -> plain(name, name, Dimension.COUNT, LOWER);
      case "macs" -> plain(name, "MACs", Dimension.COUNT, LOWER);
      case "batch_size", "threads", "forks", "samples", "disturbed_forks" ->
          plain(name, title(name), Dimension.COUNT, NEITHER);
      default -> derived(name);
    };
  }

  private static Figures derived(String name) {
    for (Map.Entry<String, Dimension> suffix : SUFFIXES) {
      if (name.endsWith(suffix.getKey())) {
        String stem = name.substring(0, name.length() - suffix.getKey().length());
        return plain(name, title(stem), suffix.getValue(), better(name));
      }
    }
    return plain(name, title(name), Dimension.NUMBER, NEITHER);
  }

  private static Better better(String name) {
    boolean describes =
        name.contains("ci95") || name.contains("std") || name.startsWith("reference");
    if (describes || name.startsWith("arrival_rate")) {
      return NEITHER;
    }
    return name.endsWith("_sps") ? HIGHER : LOWER;
  }

  private static String title(String name) {
    return name.replace('_', ' ').replace("rss", "RSS");
  }

  private static Figures plain(String name, String title, Dimension dimension, Better better) {
    return new Figures(
        name,
        title,
        dimension,
        better,
        false,
        false,
        List.of(),
        view -> Figure.of(view.number(name)));
  }

  /** Returns a column whose interval follows from that of the latency. */
  static Figures overForks(
      String name,
      String title,
      Dimension dimension,
      Better better,
      Function<RowView, Figure> figure) {
    List<String> ends = List.of(name + "_ci95_low", name + "_ci95_high");
    return new Figures(name, title, dimension, better, false, true, ends, figure);
  }

  static Figure latency(RowView view) {
    return new Figure(
        view.number("latency_ms"),
        view.number("latency_ci95_low_ms"),
        view.number("latency_ci95_high_ms"));
  }

  /** Modelled energy is proportional to latency, and so is its interval. */
  private static Figure modelledEnergy(RowView view) {
    Figure latency = latency(view);
    return latency.times(view.number("energy_proxy_j") / latency.value());
  }
}
