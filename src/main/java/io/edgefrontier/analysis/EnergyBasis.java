package io.edgefrontier.analysis;

import io.edgefrontier.result.Energy;
import io.edgefrontier.result.SweepRow;
import java.util.List;
import java.util.Locale;

/** The energy that a limit is held against: one for all rows, since the two do not compare. */
public enum EnergyBasis {
  /** Assumed power times latency. */
  MODELLED,
  /** Gross, from a sensor. */
  MEASURED;

  /** Returns measured energy where one sensor measured every row that has figures. */
  public static EnergyBasis of(List<SweepRow> rows) {
    List<Energy> known =
        rows.stream().filter(row -> row.error().isEmpty()).map(SweepRow::energy).toList();
    boolean measured = known.stream().noneMatch(energy -> Double.isNaN(energy.measuredJ()));
    boolean oneSensor = known.stream().map(Energy::source).distinct().count() == 1;
    return measured && oneSensor ? MEASURED : MODELLED;
  }

  /** Returns the name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns joules per inference, NaN if they are absent. */
  double of(Energy energy) {
    return this == MEASURED ? energy.measuredJ() : energy.proxyJ();
  }
}
