package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How forks run.
 *
 * <p>JMH iterations come in two lengths: slices, short and many, that alternate with those of the
 * reference in a latency fork; and windows, long and few, in throughput, energy and open-loop
 * forks. A cold start has neither: it is one call.
 *
 * @param warmup slices of a latency fork
 * @param measurement slices of a latency fork; at least one
 * @param windowWarmup windows of the other forks
 * @param windows windows of the other forks; at least one
 * @param callers threads that call at the same time in latency, throughput and energy forks; at
 *     least 1
 * @param timeout wall clock of one whole fork, JVM start and set-up included
 * @param reference whether latency forks time the reference archive beside the variant
 * @param arrivalRate requests per second in open-loop forks; positive; needed where there are such
 * @param energy needed where there are energy forks
 */
public record ForkSettings(
    Iterations warmup,
    Iterations measurement,
    Iterations windowWarmup,
    Iterations windows,
    int callers,
    Duration timeout,
    boolean reference,
    OptionalDouble arrivalRate,
    Optional<EnergySettings> energy,
    JvmArguments jvm) {
  public ForkSettings {
    if (measurement.count() < 1 || windows.count() < 1) {
      throw new IllegalArgumentException("a fork needs at least one measurement iteration");
    }
    if (callers < 1) {
      throw new IllegalArgumentException("a fork needs at least one caller, got " + callers);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the fork timeout must be > 0, got " + timeout);
    }
    if (arrivalRate.isPresent() && !(arrivalRate.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "the arrival rate must be > 0 per second, got " + arrivalRate.getAsDouble());
    }
  }

  /** Returns settings for forks that need neither sensors nor arrivals, without the reference. */
  public static ForkSettings plain(Iterations warmup, Iterations measurement, Duration timeout) {
    return new ForkSettings(
        warmup,
        measurement,
        warmup,
        measurement,
        1,
        timeout,
        false,
        OptionalDouble.empty(),
        Optional.empty(),
        JvmArguments.INHERITED);
  }

  /** Returns how many threads call at the same time in forks of a kind. */
  int callers(ForkKind kind) {
    return switch (kind) {
      case LATENCY, THROUGHPUT, ENERGY -> callers;
      // A cold start and its memory are those of one archive; an open loop has one server.
      case COLD_START, OPEN_LOOP -> 1;
    };
  }

  /** Returns the warm-up of forks of a kind; empty where the benchmark itself decides. */
  Optional<Iterations> warmup(ForkKind kind) {
    return switch (kind) {
      case LATENCY -> Optional.of(warmup);
      case COLD_START -> Optional.empty();
      case THROUGHPUT, ENERGY, OPEN_LOOP -> Optional.of(windowWarmup);
    };
  }

  /** Returns the measurement of forks of a kind; empty where the benchmark itself decides. */
  Optional<Iterations> measurement(ForkKind kind) {
    return switch (kind) {
      case LATENCY -> Optional.of(measurement);
      case COLD_START -> Optional.empty();
      case THROUGHPUT, ENERGY, OPEN_LOOP -> Optional.of(windows);
    };
  }
}
