package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * sweep_results.csv: one row per cell.
 *
 * @param budgetsMb tracked memory budgets in MiB, one {@code violates_<b>mb} column each
 */
public record SweepTable(List<Double> budgetsMb, List<SweepRow> rows) {
  private static final double BYTES_PER_MB = 1 << 20;
  private static final String PREFIX = "violates_";
  private static final String SUFFIX = "mb";

  public SweepTable {
    budgetsMb = List.copyOf(budgetsMb);
    rows = List.copyOf(rows);
  }

  /** Returns a budget's column: 10.0 gives {@code violates_10mb}, 0.25 {@code violates_0.25mb}. */
  public static String violatesColumn(double budgetMb) {
    return PREFIX + Decimals.text(budgetMb) + SUFFIX;
  }

  /** Returns the format of a sweep_results.csv with these tracked budgets. */
  public static CsvTable<SweepRow> table(List<Double> budgetsMb) {
    List<CsvColumn<SweepRow>> columns = new ArrayList<>(cell());
    columns.addAll(accuracyAndLatency());
    columns.addAll(memoryAndEnergy());
    for (int i = 0; i < budgetsMb.size(); i++) {
      int budget = i;
      columns.add(
          CsvColumn.flag(violatesColumn(budgetsMb.get(i)), row -> row.violations().get(budget)));
    }
    columns.add(CsvColumn.<SweepRow>whole("forks", SweepRow::forks).optional());
    columns.add(CsvColumn.<SweepRow>whole("samples", SweepRow::samples).optional());
    columns.add(
        CsvColumn.<SweepRow>text(
                "archive_sha256", row -> row.archive().map(Archive::sha256).orElse(""))
            .optional());
    return new CsvTable<>(columns, row -> parse(row, budgetsMb), SweepRow::cell);
  }

  /** Writes sweep_results.csv. */
  public void write(Path target) throws IOException {
    table(budgetsMb).write(target, rows);
  }

  /**
   * Reads sweep_results.csv, or a frontier's file, which has the same columns and more.
   *
   * <p>The archives of the rows have neither path nor sample shape: they stand in variants.csv.
   *
   * @throws IOException naming file, record, column, what was found and what was expected
   */
  public static SweepTable read(Path source) throws IOException {
    List<Double> budgetsMb = budgets(source);
    return new SweepTable(budgetsMb, table(budgetsMb).read(source));
  }

  static List<Double> budgets(Path source) throws IOException {
    List<Double> budgetsMb = new ArrayList<>();
    try (CsvFile file = CsvFile.open(source)) {
      for (String column : file.columns()) {
        if (column.matches(PREFIX + "[0-9.]+([eE]-?[0-9]+)?" + SUFFIX)) {
          String budget = column.substring(PREFIX.length(), column.length() - SUFFIX.length());
          budgetsMb.add(Double.valueOf(budget));
        }
      }
    } catch (NumberFormatException e) {
      throw new IOException(source + ": a violates_<b>mb column has no number: " + e, e);
    }
    return budgetsMb;
  }

  private static List<CsvColumn<SweepRow>> cell() {
    List<CsvColumn<SweepRow>> columns = new ArrayList<>(CsvColumn.ofCell(SweepRow::cell));
    columns.add(CsvColumn.flag("accepted", row -> Optional.of(row.accepted())));
    columns.add(CsvColumn.<SweepRow>text("error", SweepRow::error).optional());
    columns.add(number("active_budget_mb", SweepRow::activeBudgetMb));
    return columns;
  }

  private static List<CsvColumn<SweepRow>> accuracyAndLatency() {
    return List.of(
        CsvColumn.number("accuracy", row -> row.accuracy().top1()),
        number("accuracy_ci95_low", row -> row.accuracy().ci95Low()),
        number("accuracy_ci95_high", row -> row.accuracy().ci95High()),
        number("accuracy_delta", row -> row.accuracy().delta()),
        number("accuracy_p_value", row -> row.accuracy().pValue()),
        CsvColumn.number("latency_ms", row -> row.latency().medianMs()),
        number("latency_ratio", row -> row.latency().ratio()),
        number("latency_raw_ms", row -> row.latency().rawMs()),
        number("latency_ci95_low_ms", row -> row.latency().ci95LowMs()),
        number("latency_ci95_high_ms", row -> row.latency().ci95HighMs()),
        number("latency_mean_ms", row -> row.latency().meanMs()),
        number("latency_std_ms", row -> row.latency().stdMs()),
        number("latency_p50_ms", row -> row.latency().p50Ms()),
        number("latency_p90_ms", row -> row.latency().p90Ms()),
        number("latency_p95_ms", row -> row.latency().p95Ms()),
        number("latency_p99_ms", row -> row.latency().p99Ms()),
        number("cold_start_ms", row -> row.startup().coldStartMs()),
        number("model_load_ms", row -> row.startup().modelLoadMs()),
        number("throughput_sps", SweepRow::throughputSps));
  }

  private static List<CsvColumn<SweepRow>> memoryAndEnergy() {
    return List.of(
        number("memory_mb", row -> row.memory().modelMb()),
        number("model_memory_mb", row -> row.memory().modelMb()),
        number("peak_activation_mb", row -> row.memory().peakActivationMb()),
        number("runtime_memory_mb", row -> row.memory().runtimeMb()),
        number("peak_rss_mb", row -> row.memory().peakRssMb()),
        number("model_rss_mb", row -> row.memory().modelRssMb()),
        archive("archive_bytes", Archive::bytes),
        archive("parameters", Archive::parameters),
        archive("macs", Archive::macs),
        number("energy_proxy_j", row -> row.energy().proxyJ()),
        number("energy_j", row -> row.energy().measuredJ()),
        number("energy_net_j", row -> row.energy().netJ()),
        CsvColumn.<SweepRow>text("energy_source", row -> row.energy().source()).optional());
  }

  private static CsvColumn<SweepRow> number(String name, ToDoubleFunction<SweepRow> value) {
    return CsvColumn.<SweepRow>number(name, value).optional();
  }

  private static CsvColumn<SweepRow> archive(String name, ToLongFunction<Archive> value) {
    return CsvColumn.archive(name, SweepRow::archive, value).optional();
  }

  static SweepRow parse(CsvRow row, List<Double> budgetsMb) throws IOException {
    String error = row.text("error");
    boolean accepted =
        row.flag("accepted").orElseThrow(() -> row.unexpected("accepted", "", "true or false"));
    if (accepted && !error.isEmpty()) {
      throw row.unexpected("accepted", "true", "false, because the row has an error");
    }
    List<Optional<Boolean>> violations = new ArrayList<>();
    for (double budget : budgetsMb) {
      violations.add(row.flag(violatesColumn(budget)));
    }
    Cell cell = row.cell();
    return new SweepRow(
        cell,
        accepted,
        error,
        row.number("active_budget_mb"),
        AccuracyRow.accuracy(row),
        latency(row),
        new Startup(row.number("cold_start_ms"), row.number("model_load_ms")),
        memory(row),
        new Energy(
            row.number("energy_proxy_j"),
            row.number("energy_j"),
            row.number("energy_net_j"),
            row.text("energy_source")),
        archive(row, cell.batchSize()),
        violations,
        Math.toIntExact(row.wholeOr("forks", 0)),
        row.wholeOr("samples", 0));
  }

  private static Latency latency(CsvRow row) throws IOException {
    return new Latency(
        row.number("latency_ms"),
        row.number("latency_ratio"),
        row.number("latency_raw_ms"),
        row.number("latency_ci95_low_ms"),
        row.number("latency_ci95_high_ms"),
        row.number("latency_mean_ms"),
        row.number("latency_std_ms"),
        row.number("latency_p50_ms"),
        row.number("latency_p90_ms"),
        row.number("latency_p95_ms"),
        row.number("latency_p99_ms"));
  }

  private static Memory memory(CsvRow row) throws IOException {
    double modelMb = row.number("model_memory_mb");
    return new Memory(
        Double.isNaN(modelMb) ? row.number("memory_mb") : modelMb,
        row.number("peak_activation_mb"),
        row.number("peak_rss_mb"),
        row.number("model_rss_mb"));
  }

  private static Optional<Archive> archive(CsvRow row, int batchSize) throws IOException {
    String sha256 = row.text("archive_sha256");
    if (sha256.isEmpty()) {
      return Optional.empty();
    }
    Memory memory = memory(row);
    return Optional.of(
        new Archive(
            "",
            sha256,
            row.whole("archive_bytes"),
            List.of(),
            row.whole("parameters"),
            row.whole("macs"),
            Math.round(memory.modelMb() * BYTES_PER_MB),
            Math.round(memory.peakActivationMb() * BYTES_PER_MB / batchSize)));
  }
}
