package io.edgefrontier.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.edgefrontier.config.BenchSettings;
import io.edgefrontier.energy.EnergySensor;
import io.edgefrontier.energy.EnergySensors;
import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.energy.IdlePower;
import io.edgefrontier.energy.SensorSearch;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.sweep.EnergySettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the sensor of a sweep, measures idle power, and keeps both in the run's energy.json. */
final class EnergySource {
  /** Forks only note the times of their windows; the readings come from a meter's log. */
  private static final String METER = "meter";

  private static final Duration IDLE_TIME = Duration.ofSeconds(5);

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private EnergySource() {}

  /**
   * Returns what energy forks measure with; empty where no energy is measured.
   *
   * @throws IOException if the sensor that the settings name does not work
   */
  static Optional<EnergySettings> find(BenchSettings bench, RunFolder run, Terminal terminal)
      throws IOException {
    BenchSettings.Sensor sensor = bench.sensor();
    if (bench.repeats().energy() == 0) {
      return Optional.empty();
    }
    if (sensor.spec().equals(METER)) {
      rest(run, terminal);
      return Optional.of(new EnergySettings("none", sensor.root(), OptionalDouble.empty()));
    }
    SensorSearch search = EnergySensors.find(sensor.spec(), sensor.root());
    if (!search.advice().isEmpty()) {
      terminal.progress("%s", search.advice());
    }
    if (search.sensor().isEmpty()) {
      return Optional.empty();
    }
    try (EnergySensor found = search.sensor().get()) {
      double watts = idleWatts(found, run, terminal);
      return Optional.of(
          new EnergySettings(sensor.spec(), sensor.root(), OptionalDouble.of(watts)));
    }
  }

  private static double idleWatts(EnergySensor sensor, RunFolder run, Terminal terminal)
      throws IOException {
    JsonObject before = read(run);
    boolean same =
        before.has("sensor") && before.get("sensor").getAsString().equals(sensor.source());
    if (same && before.has("idle_watts")) {
      return before.get("idle_watts").getAsDouble(); // the earlier part of this sweep used it
    }
    terminal.progress("energy: idle power of %s for %d s", sensor.source(), IDLE_TIME.toSeconds());
    IdlePower idle;
    try {
      idle = IdlePower.measure(sensor, IDLE_TIME);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    EnergyWindow window = idle.window();
    write(run, sensor.source(), window.startSeconds(), window.endSeconds(), idle.watts());
    return idle.watts();
  }

  /** Leaves the machine alone for a while that a meter's log can be asked about. */
  private static void rest(RunFolder run, Terminal terminal) throws IOException {
    if (read(run).has("idle_end")) {
      return;
    }
    terminal.progress("energy: %d s of rest, for the meter's idle power", IDLE_TIME.toSeconds());
    double start = epochSeconds();
    try {
      Thread.sleep(IDLE_TIME.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    write(run, METER, start, epochSeconds(), Double.NaN);
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException wrapped =
        new InterruptedIOException("stopped while measuring idle power");
    wrapped.initCause(e);
    return wrapped;
  }

  private static double epochSeconds() {
    return Instant.now().toEpochMilli() / 1000.0;
  }

  private static void write(RunFolder run, String sensor, double start, double end, double watts)
      throws IOException {
    JsonObject energy = new JsonObject();
    energy.addProperty("sensor", sensor);
    energy.addProperty("idle_start", start);
    energy.addProperty("idle_end", end);
    if (!Double.isNaN(watts)) {
      energy.addProperty("idle_watts", watts);
    }
    AtomicFile.writeText(run.energy(), writer -> writer.write(GSON.toJson(energy) + "\n"));
  }

  /** Returns what energy.json says; an empty object where there is none. */
  static JsonObject read(RunFolder run) throws IOException {
    return JsonObjectFile.read(run.energy());
  }
}
