package io.edgefrontier.sweep;

import java.time.Duration;

/**
 * JMH iterations of one kind, warm-up or measurement.
 *
 * @param count at least 0
 * @param time of each; positive
 */
public record Iterations(int count, Duration time) {
  public Iterations {
    if (count < 0 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "iterations need a count >= 0 and a time > 0, got " + count + " x " + time);
    }
  }

  /** Returns {@code count} iterations of {@code millis} milliseconds. */
  public static Iterations of(int count, long millis) {
    return new Iterations(count, Duration.ofMillis(millis));
  }

  /** Returns the iterations as people write them, such as {@code 5 x 10 ms}. */
  @Override
  public String toString() {
    return "%d x %d ms".formatted(count, time.toMillis());
  }
}
