package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The columns of sweep_results.csv. {@link SweepCsvParser} reads them. */
final class SweepCsvColumns {
  private SweepCsvColumns() {}

  static List<CsvColumn<SweepRow>> of(List<Double> budgetsMb) {
    List<CsvColumn<SweepRow>> columns = new ArrayList<>(cell());
    columns.addAll(accuracy());
    columns.addAll(latency());
    columns.addAll(startupAndLoad());
    columns.addAll(memoryAndEnergy());
    for (int i = 0; i < budgetsMb.size(); i++) {
      int budget = i;
      columns.add(
          CsvColumn.flag(
              SweepTable.violatesColumn(budgetsMb.get(i)), row -> row.violations().get(budget)));
    }
    columns.addAll(evidence());
    columns.addAll(DivergenceColumns.of(SweepRow::divergence));
    return columns;
  }

  private static List<CsvColumn<SweepRow>> cell() {
    List<CsvColumn<SweepRow>> columns = new ArrayList<>(CsvColumn.ofCell(SweepRow::cell));
    columns.add(CsvColumn.flag("accepted", row -> Optional.of(row.accepted())));
    columns.add(CsvColumn.<SweepRow>text("error", SweepRow::error).optional());
    columns.add(number("active_budget_mb", SweepRow::activeBudgetMb));
    return columns;
  }

  private static List<CsvColumn<SweepRow>> accuracy() {
    return List.of(
        CsvColumn.number("accuracy", row -> row.accuracy().top1()),
        number("accuracy_ci95_low", row -> row.accuracy().ci95Low()),
        number("accuracy_ci95_high", row -> row.accuracy().ci95High()),
        number("accuracy_delta", row -> row.accuracy().delta()),
        number("accuracy_p_value", row -> row.accuracy().pValue()));
  }

  private static List<CsvColumn<SweepRow>> latency() {
    return List.of(
        CsvColumn.number("latency_ms", row -> row.latency().medianMs()),
        reference("latency_ratio", ReferenceRatio::ratio),
        reference("latency_ratio_ci95_low", ReferenceRatio::ci95Low),
        reference("latency_ratio_ci95_high", ReferenceRatio::ci95High),
        reference("reference_ms", ReferenceRatio::referenceMs),
        number("latency_raw_ms", row -> row.latency().rawMs()),
        number("latency_ci95_low_ms", row -> row.latency().ci95LowMs()),
        number("latency_ci95_high_ms", row -> row.latency().ci95HighMs()),
        number("latency_mean_ms", row -> row.latency().meanMs()),
        number("latency_std_ms", row -> row.latency().stdMs()),
        service("latency_p50_ms", Percentiles::p50Ms),
        service("latency_p90_ms", Percentiles::p90Ms),
        service("latency_p95_ms", Percentiles::p95Ms),
        service("latency_p99_ms", Percentiles::p99Ms),
        service("latency_p999_ms", Percentiles::p999Ms));
  }

  private static List<CsvColumn<SweepRow>> startupAndLoad() {
    return List.of(
        number("cold_start_ms", row -> row.startup().coldStartMs()),
        number("cold_start_ci95_low_ms", row -> row.startup().ci95LowMs()),
        number("cold_start_ci95_high_ms", row -> row.startup().ci95HighMs()),
        number("model_load_ms", row -> row.startup().modelLoadMs()),
        number("throughput_sps", SweepRow::throughputSps),
        number("throughput_measured_sps", row -> row.load().throughputSps()),
        number("arrival_rate_per_s", row -> row.load().response().arrivalRatePerS()),
        response("response_p50_ms", Percentiles::p50Ms),
        response("response_p90_ms", Percentiles::p90Ms),
        response("response_p99_ms", Percentiles::p99Ms),
        response("response_p999_ms", Percentiles::p999Ms));
  }

  private static List<CsvColumn<SweepRow>> memoryAndEnergy() {
    return List.of(
        number("memory_mb", row -> row.memory().modelMb()),
        number("model_memory_mb", row -> row.memory().modelMb()),
        number("peak_activation_mb", row -> row.memory().peakActivationMb()),
        number("runtime_memory_mb", row -> row.memory().runtimeMb()),
        number("peak_rss_mb", row -> row.memory().resident().peakMb()),
        number("model_rss_mb", row -> row.memory().resident().modelMb()),
        number("leak_kb_per_1k", row -> row.memory().resident().leakKbPer1k()),
        archive("archive_bytes", Archive::bytes),
        archive("parameters", Archive::parameters),
        CsvColumn.<SweepRow>archiveOptional("macs", SweepRow::archive, Archive::macs).optional(),
        number("energy_proxy_j", row -> row.energy().proxyJ()),
        number("energy_j", row -> row.energy().measuredJ()),
        number("energy_net_j", row -> row.energy().netJ()),
        text("energy_source", row -> row.energy().source()));
  }

  private static List<CsvColumn<SweepRow>> evidence() {
    return List.of(
        whole("forks", row -> row.evidence().forks()),
        whole("samples", row -> row.evidence().samples()),
        number("disturbed_forks", row -> disturbed(row.evidence())),
        text("archive_sha256", row -> row.archive().map(Archive::sha256).orElse("")));
  }

  private static double disturbed(Evidence evidence) {
    return evidence.disturbedForks().isPresent()
        ? evidence.disturbedForks().getAsInt()
        : Double.NaN;
  }

  private static CsvColumn<SweepRow> reference(
      String name, ToDoubleFunction<ReferenceRatio> value) {
    return number(name, row -> value.applyAsDouble(row.latency().reference()));
  }

  private static CsvColumn<SweepRow> service(String name, ToDoubleFunction<Percentiles> value) {
    return number(name, row -> value.applyAsDouble(row.latency().percentiles()));
  }

  private static CsvColumn<SweepRow> response(String name, ToDoubleFunction<Percentiles> value) {
    return number(name, row -> value.applyAsDouble(row.load().response().percentiles()));
  }

  private static CsvColumn<SweepRow> number(String name, ToDoubleFunction<SweepRow> value) {
    return CsvColumn.<SweepRow>number(name, value).optional();
  }

  private static CsvColumn<SweepRow> whole(String name, ToLongFunction<SweepRow> value) {
    return CsvColumn.<SweepRow>whole(name, value).optional();
  }

  private static CsvColumn<SweepRow> text(String name, Function<SweepRow, String> value) {
    return CsvColumn.<SweepRow>text(name, value).optional();
  }

  private static CsvColumn<SweepRow> archive(String name, ToLongFunction<Archive> value) {
    return CsvColumn.archive(name, SweepRow::archive, value).optional();
  }
}
