package io.edgefrontier.energy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A sensor of energy, read over windows of time.
 *
 * <p>While a window is open a thread of its own reads every domain each {@value #SAMPLE_MILLIS} ms
 * and makes no garbage. That is how a wrapped counter, a frozen sensor and a failed read are
 * noticed, and how power is integrated. One window at a time, started and stopped by one thread.
 */
public final class EnergySensor implements AutoCloseable {
  /** Time between two samples: {@link EnergyWindow#MIN_UPDATES} must fit twice into a second. */
  public static final int SAMPLE_MILLIS = 50;

  private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(SAMPLE_MILLIS);

  private final String source;
  private final List<Domain> domains;
  private Thread sampler;
  private volatile boolean stopping;
  private String failure = "";
  private double startSeconds;
  private long startNanos;

  private EnergySensor(String kind, List<Domain> domains) {
    this.source =
        kind + domains.stream().map(Domain::label).collect(Collectors.joining("+", ":", ""));
    this.domains = domains;
  }

  /**
   * Returns a sensor of these domains, after reading each once.
   *
   * @param kind such as {@code powercap}
   * @throws IOException if one cannot be read; then all are closed
   */
  static EnergySensor of(String kind, List<? extends Domain> domains) throws IOException {
    EnergySensor sensor = new EnergySensor(kind, List.copyOf(domains));
    sensor.begin(0, 0);
    if (!sensor.failure.isEmpty()) {
      sensor.close();
      throw new IOException(sensor.failure);
    }
    return sensor;
  }

  /** Returns the sensor and its domains, such as {@code powercap:package-0+package-1}. */
  public String source() {
    return source;
  }

  /**
   * Opens a window.
   *
   * @throws IllegalStateException if one is open
   */
  public void start() {
    if (sampler != null) {
      throw new IllegalStateException("a window of " + source + " is open; stop it first");
    }
    stopping = false;
    sampler = new Thread(this::sampleUntilStopped, "energy sensor");
    sampler.setDaemon(true);
    begin(secondsSince1970(), System.nanoTime());
    sampler.start();
  }

  /**
   * Closes the window. What went wrong in it stands in {@link EnergyWindow#problem}.
   *
   * @throws IllegalStateException if none is open
   */
  public EnergyWindow stop() {
    if (sampler == null) {
      throw new IllegalStateException("no window of " + source + " is open; start one first");
    }
    stopping = true;
    LockSupport.unpark(sampler);
    join(sampler);
    sampler = null;
    return end(System.nanoTime());
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // the domains are the sampler's until it has ended
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static double secondsSince1970() {
    Instant now = Instant.now();
    return now.getEpochSecond() + now.getNano() * 1e-9;
  }

  private void sampleUntilStopped() {
    long due = startNanos + SAMPLE_NANOS;
    while (!stopping && failure.isEmpty()) {
      long now = System.nanoTime();
      if (now < due) {
        LockSupport.parkNanos(this, due - now);
      } else {
        sample(now);
        due = Math.max(due, now - SAMPLE_NANOS) + SAMPLE_NANOS; // late once is not late for ever
      }
    }
  }

  void begin(double secondsSince1970, long nanos) {
    startSeconds = secondsSince1970;
    startNanos = nanos;
    failure = "";
    try {
      for (Domain domain : domains) {
        domain.begin(nanos);
      }
    } catch (IOException e) {
      failure = e.getMessage();
    }
  }

  void sample(long nanos) {
    try {
      for (int i = 0; i < domains.size() && failure.isEmpty(); i++) { // an iterator is garbage
        domains.get(i).sample(nanos);
      }
    } catch (IOException e) {
      failure = e.getMessage();
    }
  }

  EnergyWindow end(long nanos) {
    sample(nanos);
    double seconds = Domain.seconds(nanos - startNanos);
    double joules = domains.stream().mapToDouble(Domain::joules).sum();
    String problem = problem(seconds, joules);
    return new EnergyWindow(
        source,
        startSeconds,
        seconds,
        problem.isEmpty() ? joules : Double.NaN,
        domains.stream().mapToInt(Domain::updates).min().orElse(0),
        problem);
  }

  private String problem(double seconds, double joules) {
    if (!failure.isEmpty()) {
      return failure;
    }
    if (seconds < EnergyWindow.MIN_SECONDS) {
      return String.format(
          Locale.ROOT,
          "window of %.3f s, expected at least %.0f s",
          seconds,
          EnergyWindow.MIN_SECONDS);
    }
    for (Domain domain : domains) {
      String problem = domain.problem(seconds);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return joules > 0 ? "" : "%s gave %s J, expected more than 0".formatted(source, joules);
  }

  @Override
  public void close() {
    if (sampler != null) {
      stop();
    }
    try {
      for (Domain domain : domains) {
        domain.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + source, e);
    }
  }
}
