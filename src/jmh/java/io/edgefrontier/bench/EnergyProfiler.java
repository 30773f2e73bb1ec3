package io.edgefrontier.bench;

import io.edgefrontier.energy.EnergySensor;
import io.edgefrontier.energy.EnergySensors;
import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.energy.SensorSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds the energy per call of each measurement iteration, as secondary results.
 *
 * <ul>
 *   <li>{@code energy@<source>} (J/op): gross, by the sensor and domain that {@code source} names
 *   <li>{@code energy.net@<source>} (J/op): less what the idle machine would have used meanwhile;
 *       only with {@code -Dedgefrontier.idle_watts=<watts>}
 *   <li>{@code window.start}, {@code window.end} (s since 1970): for a meter whose log is read
 *       later
 * </ul>
 *
 * <p>{@code -Dedgefrontier.energy=<sensor>} chooses the sensor as {@link EnergySensors#find} says,
 * and {@code auto} is the default. A window that is invalid, because it was shorter than a second
 * for example, has no energy. Nor has the first iteration of a fork, in which the archive is
 * loaded.
 */
public final class EnergyProfiler implements InternalProfiler {
  /** System property that names the sensor. */
  static final String SENSOR_PROPERTY = "edgefrontier.energy";

  /** System property for the folder that {@code sys} is in. */
  static final String ROOT_PROPERTY = "edgefrontier.sensor_root";

  /** System property for the power of the idle machine by the same sensor. */
  static final String IDLE_PROPERTY = "edgefrontier.idle_watts";

  private Optional<EnergySensor> sensor = Optional.empty();
  private int iterations;
  private Instant start = Instant.EPOCH;

  @Override
  public String getDescription() {
    return "Energy per call, gross and beyond the idle machine's, by the machine's own sensors";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (iterations++ == 0) {
      sensor = find();
    }
    start = Instant.now();
    sensor.ifPresent(EnergySensor::start);
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Optional<EnergyWindow> window = sensor.map(EnergySensor::stop);
    Instant end = Instant.now();
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    List<Observation> observations = new ArrayList<>();
    observations.add(new Observation("window.start", secondsSince1970(start), "s since 1970"));
    observations.add(new Observation("window.end", secondsSince1970(end), "s since 1970"));
    boolean loading = iterations == 1;
    window
        .filter(seen -> seen.valid() && !loading)
        .ifPresent(seen -> addEnergy(observations, seen, result.getMetadata().getAllOps()));
    return observations;
  }

  private static void addEnergy(List<Observation> to, EnergyWindow window, long calls) {
    String source = window.source();
    to.add(new Observation("energy@" + source, window.joules() / calls, "J/op"));
    idleWatts()
        .map(watts -> window.netJoules(watts) / calls)
        .ifPresent(net -> to.add(new Observation("energy.net@" + source, net, "J/op")));
  }

  private static Optional<EnergySensor> find() {
    String specification = System.getProperty(SENSOR_PROPERTY, "auto");
    Path root = Path.of(System.getProperty(ROOT_PROPERTY, "/"));
    try {
      SensorSearch search = EnergySensors.find(specification, root);
      if (search.sensor().isEmpty() && !search.advice().isEmpty()) {
        System.out.println(search.advice()); // before anything is timed
      }
      return search.sensor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Double> idleWatts() {
    String text = System.getProperty(IDLE_PROPERTY);
    try {
      return Optional.ofNullable(text).map(Double::valueOf);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-D%s must be a number of watts, got '%s'".formatted(IDLE_PROPERTY, text), e);
    }
  }

  private static double secondsSince1970(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time) / 1e6;
  }
}
