package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but the last test runs on simulated time. */
class OpenLoopTest {
  private static final long SERVICE_NANOS = 1_000_000;

  private final SimulatedClock clock = new SimulatedClock();

  private static final class SimulatedClock implements OpenLoop.Clock {
    private long now = 123_456_789;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void waitUntil(long nanos) {
      now = Math.max(now, nanos);
    }

    void advance(long nanos) {
      now += nanos;
    }
  }

  // Pollaczek and Khinchine: with Poisson arrivals and a constant service time S, the mean time in
  // line is rho S / (2 (1 - rho)).
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8, 0.9})
  void waitsAsLongAsTheClosedFormSays(double utilisation) {
    OpenLoop queue = new OpenLoop(utilisation * 1e9 / SERVICE_NANOS, 7, clock);
    queue.restart();
    int requests = 2_000_000;
    double waited = 0;
    for (int i = 0; i < requests; i++) {
      waited += queue.serveNext(() -> clock.advance(SERVICE_NANOS)) - SERVICE_NANOS;
    }

    double expected = utilisation * SERVICE_NANOS / (2 * (1 - utilisation));
    assertEquals(expected, waited / requests, 0.03 * expected);
  }

  @Test
  void arrivesAtTheGivenRateAsAPoissonProcess() {
    OpenLoop queue = new OpenLoop(100, 7, clock);
    queue.restart();
    int[] perSecond = new int[20_000];
    long start = clock.nanos();
    queue.serveNext(() -> {});
    while (clock.nanos() - start < perSecond.length * 1_000_000_000L) {
      perSecond[(int) ((clock.nanos() - start) / 1_000_000_000L)]++;
      queue.serveNext(() -> {});
    }

    double mean = Arrays.stream(perSecond).average().orElseThrow();
    double variance =
        Arrays.stream(perSecond).mapToDouble(n -> (n - mean) * (n - mean)).average().orElseThrow();
    assertEquals(100, mean, 0.5);
    assertEquals(100, variance, 5); // a Poisson count has its mean as its variance
  }

  @Test
  void chargesAStallToEveryRequestThatItKeptWaiting() {
    OpenLoop queue = new OpenLoop(1_000, 7, clock);
    queue.restart();
    queue.serveNext(() -> clock.advance(1_000_000_000));
    double[] responses = new double[1_000];
    for (int i = 0; i < responses.length; i++) {
      responses[i] = queue.serveNext(() -> {});
    }

    // About a thousand arrived in the second of the stall; a closed loop would have seen one.
    assertEquals(0.5e9, Arrays.stream(responses).average().orElseThrow(), 0.05e9);
  }

  @Test
  void beginsEachIterationWithAnEmptyQueue() {
    OpenLoop queue = new OpenLoop(1_000, 7, clock);
    queue.restart();
    clock.advance(3_600_000_000_000L);
    queue.restart();

    assertEquals(SERVICE_NANOS, queue.serveNext(() -> clock.advance(SERVICE_NANOS)));
  }

  @Test
  void drawsTheSameArrivalsFromTheSameSeed() {
    SimulatedClock other = new SimulatedClock();
    OpenLoop first = new OpenLoop(1_000, 7, clock);
    OpenLoop second = new OpenLoop(1_000, 7, other);
    first.restart();
    second.restart();
    for (int i = 0; i < 100; i++) {
      first.serveNext(() -> {});
      second.serveNext(() -> {});
      assertEquals(clock.nanos(), other.nanos());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateThatIsNone(double rate) {
    var error = assertThrows(IllegalArgumentException.class, () -> new OpenLoop(rate, 7, clock));
    assertEquals("arrivalRate must be > 0 per second, got " + rate, error.getMessage());
  }

  @Test
  void theWallClockNeverReturnsEarly() {
    for (long nanos : new long[] {-1_000_000, 0, 50_000, 1_000_000, 5_000_000}) {
      long due = System.nanoTime() + nanos;
      OpenLoop.WALL.waitUntil(due);
      assertTrue(OpenLoop.WALL.nanos() - due >= 0);
    }
  }
}
