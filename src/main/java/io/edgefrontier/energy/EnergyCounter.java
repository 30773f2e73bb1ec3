package io.edgefrontier.energy;

import java.io.IOException;
import java.util.Locale;

/** A domain that counts microjoules, and starts again from 0 when its counter is full. */
final class EnergyCounter extends Domain {
  /** No single domain of one machine draws more; what seems to is a reset or a second wrap. */
  static final double MAX_WATTS = 5000;

  /** A counter may show a tick's worth of energy right after a sample. */
  private static final double SLOWEST_TICK_SECONDS = 1;

  private static final double MICRO = 1e-6;

  private final Attribute counter;
  private final long range;
  private long lastCount;
  private long lastSample;
  private long sum;

  /**
   * @param range largest count in microjoules; 0 when unknown
   */
  EnergyCounter(String label, Attribute counter, long range, long updateNanos) {
    super(label, updateNanos);
    this.counter = counter;
    this.range = range;
  }

  @Override
  void begin(long nanos) throws IOException {
    super.begin(nanos);
    lastCount = counter.number();
    lastSample = nanos;
    sum = 0;
  }

  @Override
  void sample(long nanos) throws IOException {
    long count = counter.number();
    if (range > 0 && seconds(nanos - lastSample) * MAX_WATTS >= range * MICRO) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s was not sampled for %.0f s, in which it may have wrapped more than once",
              counter.path(),
              seconds(nanos - lastSample)));
    }
    if (count != lastCount) {
      add(rise(count), seconds(nanos - lastUpdate()));
    }
    count(count != lastCount, nanos);
    lastCount = count;
    lastSample = nanos;
  }

  private long rise(long count) throws IOException {
    if (count >= lastCount) {
      return count - lastCount;
    }
    if (range == 0 || lastCount > range) {
      throw new IOException(
          "%s fell from %s to %s and its range is not known"
              .formatted(counter.path(), lastCount, count));
    }
    return count - lastCount + range;
  }

  /** Adds a rise since the last update, which may lie several samples back. */
  private void add(long microjoules, double seconds) throws IOException {
    if (microjoules * MICRO > MAX_WATTS * (seconds + SLOWEST_TICK_SECONDS)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s rose by %.1f J in %.3f s, more than %.0f W; was it reset?",
              counter.path(),
              microjoules * MICRO,
              seconds,
              MAX_WATTS));
    }
    sum += microjoules;
  }

  @Override
  double joules() {
    return sum * MICRO;
  }

  @Override
  public void close() throws IOException {
    counter.close();
  }
}
