package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Makes a row of a record of sweep_results.csv; columns that an older file lacks are absent. */
final class SweepCsvParser {
  private static final double BYTES_PER_MB = 1 << 20;
  private static final double NONE = Double.NaN;

  private SweepCsvParser() {}

  static SweepRow parse(CsvRow row, List<Double> budgetsMb) throws IOException {
    String error = row.text("error");
    boolean accepted =
        row.flag("accepted").orElseThrow(() -> row.unexpected("accepted", "", "true or false"));
    if (accepted && !error.isEmpty()) {
      throw row.unexpected("accepted", "true", "false, because the row has an error");
    }
    List<Optional<Boolean>> violations = new ArrayList<>();
    for (double budget : budgetsMb) {
      violations.add(row.flag(SweepTable.violatesColumn(budget)));
    }
    Cell cell = row.cell();
    return new SweepRow(
        cell,
        accepted,
        error,
        row.number("active_budget_mb"),
        AccuracyRow.accuracy(row),
        latency(row),
        startup(row),
        load(row),
        memory(row),
        energy(row),
        archive(row, cell.batchSize()),
        violations,
        evidence(row),
        DivergenceColumns.read(row));
  }

  private static Latency latency(CsvRow row) throws IOException {
    return new Latency(
        row.number("latency_ms"),
        new ReferenceRatio(
            row.number("latency_ratio"),
            row.number("latency_ratio_ci95_low"),
            row.number("latency_ratio_ci95_high"),
            row.number("reference_ms")),
        row.number("latency_raw_ms"),
        row.number("latency_ci95_low_ms"),
        row.number("latency_ci95_high_ms"),
        row.number("latency_mean_ms"),
        row.number("latency_std_ms"),
        new Percentiles(
            row.number("latency_p50_ms"),
            row.number("latency_p90_ms"),
            row.number("latency_p95_ms"),
            row.number("latency_p99_ms"),
            row.number("latency_p999_ms")));
  }

  private static Startup startup(CsvRow row) throws IOException {
    return new Startup(
        row.number("cold_start_ms"),
        row.number("cold_start_ci95_low_ms"),
        row.number("cold_start_ci95_high_ms"),
        row.number("model_load_ms"));
  }

  private static UnderLoad load(CsvRow row) throws IOException {
    Percentiles response =
        new Percentiles(
            row.number("response_p50_ms"),
            row.number("response_p90_ms"),
            NONE,
            row.number("response_p99_ms"),
            row.number("response_p999_ms"));
    return new UnderLoad(
        row.number("throughput_measured_sps"),
        new ResponseTime(row.number("arrival_rate_per_s"), response));
  }

  private static Memory memory(CsvRow row) throws IOException {
    double modelMb = row.number("model_memory_mb");
    return new Memory(
        Double.isNaN(modelMb) ? row.number("memory_mb") : modelMb,
        row.number("peak_activation_mb"),
        new ResidentMemory(
            row.number("peak_rss_mb"), row.number("model_rss_mb"), row.number("leak_kb_per_1k")));
  }

  private static Energy energy(CsvRow row) throws IOException {
    return new Energy(
        row.number("energy_proxy_j"),
        row.number("energy_j"),
        row.number("energy_net_j"),
        row.text("energy_source"));
  }

  private static Evidence evidence(CsvRow row) throws IOException {
    long disturbed = row.wholeOr("disturbed_forks", -1);
    return new Evidence(
        Math.toIntExact(row.wholeOr("forks", 0)),
        row.wholeOr("samples", 0),
        disturbed < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(disturbed)));
  }

  private static Optional<Archive> archive(CsvRow row, int batchSize) throws IOException {
    String sha256 = row.text("archive_sha256");
    if (sha256.isEmpty()) {
      return Optional.empty();
    }
    Memory memory = memory(row);
    double peakMb = memory.peakActivationMb();
    return Optional.of(
        new Archive(
            "",
            sha256,
            row.whole("archive_bytes"),
            List.of(),
            row.whole("parameters"),
            row.optionalWhole("macs"),
            Math.round(memory.modelMb() * BYTES_PER_MB),
            Double.isNaN(peakMb)
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(peakMb * BYTES_PER_MB / batchSize)),
            ""));
  }
}
