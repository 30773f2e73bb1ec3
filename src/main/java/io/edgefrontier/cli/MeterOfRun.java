package io.edgefrontier.cli;

import com.google.gson.JsonObject;
import io.edgefrontier.analysis.Meter;
import io.edgefrontier.analysis.MeterEnergy;
import io.edgefrontier.config.Settings.BudgetSettings;
import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.result.MeterLog;
import java.io.IOException;
import java.util.Optional;

/** The external meter whose log the settings name. */
final class MeterOfRun {
  private MeterOfRun() {}

  /** Returns the meter, its idle power read from the log over the run's time of rest. */
  static Optional<Meter> open(BudgetSettings settings, RunFolder run) throws IOException {
    if (settings.meterCsv().isEmpty()) {
      return Optional.empty();
    }
    MeterLog log = MeterLog.read(settings.meterCsv().get());
    double offset = settings.meterClockOffsetS();
    return Optional.of(new Meter(log, offset, idleWatts(log, offset, EnergySource.read(run))));
  }

  private static double idleWatts(MeterLog log, double offset, JsonObject energy) {
    if (!energy.has("idle_start") || !energy.has("idle_end")) {
      return Double.NaN;
    }
    EnergyWindow rest =
        MeterEnergy.over(
            log,
            energy.get("idle_start").getAsDouble(),
            energy.get("idle_end").getAsDouble(),
            offset);
    return rest.valid() ? rest.watts() : Double.NaN;
  }
}
