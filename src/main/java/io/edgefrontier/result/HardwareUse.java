package io.edgefrontier.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of hardware_summary.csv: how well one forward call uses the machine. Giga is 10^9.
 *
 * @param bytes least that one call moves: the stored model and the peak activations, once each
 * @param macs multiply-accumulates of one call, whole batch
 * @param gmacPerS achieved, at the uncorrected latency
 * @param gbPerS achieved, likewise
 * @param macsPerByte arithmetic intensity
 * @param regime which roof is lower at this intensity; empty when the machine's peaks are not given
 */
public record HardwareUse(
    Cell cell,
    double bytes,
    double macs,
    double gmacPerS,
    double gbPerS,
    double macsPerByte,
    Optional<Regime> regime) {
  /** hardware_summary.csv; a cell may occur only once. */
  public static final CsvTable<HardwareUse> TABLE =
      new CsvTable<>(columns(), HardwareUse::parse, HardwareUse::cell);

  /** The roof that bounds a cell in the roofline model. */
  public enum Regime {
    COMPUTE_BOUND,
    MEMORY_BOUND;

    /** Returns the name used in files, such as {@code compute-bound}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static List<CsvColumn<HardwareUse>> columns() {
    List<CsvColumn<HardwareUse>> columns = new ArrayList<>(CsvColumn.ofCell(HardwareUse::cell));
    columns.add(CsvColumn.number("bytes", HardwareUse::bytes));
    columns.add(CsvColumn.number("macs", HardwareUse::macs));
    columns.add(CsvColumn.number("gmac_per_s", HardwareUse::gmacPerS));
    columns.add(CsvColumn.number("gb_per_s", HardwareUse::gbPerS));
    columns.add(CsvColumn.number("arithmetic_intensity", HardwareUse::macsPerByte));
    columns.add(
        CsvColumn.text("roofline_regime", row -> row.regime().map(Regime::label).orElse("")));
    return columns;
  }

  private static HardwareUse parse(CsvRow row) throws IOException {
    return new HardwareUse(
        row.cell(),
        row.number("bytes"),
        row.number("macs"),
        row.number("gmac_per_s"),
        row.number("gb_per_s"),
        row.number("arithmetic_intensity"),
        regime(row));
  }

  private static Optional<Regime> regime(CsvRow row) throws IOException {
    String label = row.text("roofline_regime");
    for (Regime regime : Regime.values()) {
      if (regime.label().equals(label)) {
        return Optional.of(regime);
      }
    }
    if (!label.isEmpty()) {
      throw row.unexpected("roofline_regime", label, "compute-bound, memory-bound or nothing");
    }
    return Optional.empty();
  }
}
