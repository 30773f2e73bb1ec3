package io.edgefrontier.bench;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One server and the queue before it, which Poisson arrivals fill whether or not the server keeps
 * up.
 *
 * <p>A response time runs from when a request was due to arrive, not from when the server got to
 * it. Otherwise a stall would delay the arrivals behind it as well and be counted once instead of
 * for each request that it kept waiting (coordinated omission).
 */
final class OpenLoop {
  /** Time as the queue sees it. */
  interface Clock {
    /** Returns the time in nanoseconds, from any origin. */
    long nanos();

    /** Returns when {@code nanos} has come, at once if it has passed. */
    void waitUntil(long nanos);
  }

  /** The clock on the wall. Parks while there is time, then spins, to be awake when it is due. */
  static final Clock WALL =
      new Clock() {
        private static final long SPIN_NANOS = 200_000;

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void waitUntil(long nanos) {
          long left = nanos - System.nanoTime();
          while (left > 0) {
            if (left > SPIN_NANOS) {
              LockSupport.parkNanos(this, left - SPIN_NANOS);
            } else {
              Thread.onSpinWait();
            }
            left = nanos - System.nanoTime();
          }
        }
      };

  private final double meanIntervalNanos;
  private final Random random;
  private final Clock clock;
  private long arrival;

  /**
   * Makes an empty queue.
   *
   * @param arrivalsPerSecond mean rate; positive
   * @param seed decides all intervals
   */
  OpenLoop(double arrivalsPerSecond, long seed, Clock clock) {
    if (!(arrivalsPerSecond > 0) || Double.isInfinite(arrivalsPerSecond)) {
      throw new IllegalArgumentException(
          "arrivalRate must be > 0 per second, got " + arrivalsPerSecond);
    }
    this.meanIntervalNanos = 1e9 / arrivalsPerSecond;
    this.random = new Random(seed);
    this.clock = clock;
  }

  /** Sends everyone home; the next arrival is due one interval from now. */
  void restart() {
    arrival = clock.nanos() + interval();
  }

  /**
   * Serves the request that is next in line, after waiting for it if there is none.
   *
   * @return its response time in nanoseconds: waiting in line and service
   */
  long serveNext(Runnable service) {
    clock.waitUntil(arrival);
    service.run();
    long response = clock.nanos() - arrival;
    arrival += interval();
    return response;
  }

  // Exponential, hence a Poisson process.
  private long interval() {
    return (long) (-Math.log(1 - random.nextDouble()) * meanIntervalNanos);
  }
}
