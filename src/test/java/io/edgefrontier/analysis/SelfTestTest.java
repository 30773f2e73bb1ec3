package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Self-tests of forks whose distribution is known. */
class SelfTestTest {
  private static final double RATIO_SIGMA = 0.01;
  private static final double RAW_SIGMA = 0.2;
  private static final int FORKS = 300;

  private static final SelfTest NORMAL =
      SelfTest.of(
          new SelfTest.Forks(
              forks(1, FORKS, 1, true), forks(2, FORKS, 1, true), forks(3, FORKS, 1.05, true)),
          10,
          42);

  /** Forks whose logarithms are normal. */
  private static List<ForkScore> forks(long seed, int count, double factor, boolean reference) {
    Random random = new Random(seed);
    List<ForkScore> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double ratio = factor * 3 * Math.exp(RATIO_SIGMA * random.nextGaussian());
      double rawMs = factor * 0.5 * Math.exp(RAW_SIGMA * random.nextGaussian());
      forks.add(new ForkScore(reference ? ratio : Double.NaN, rawMs));
    }
    return forks;
  }

  @Test
  void theNoiseFloorIsTheVariationOfTheForks() {
    assertEquals(RATIO_SIGMA, NORMAL.ratioVariation(), 0.06 * RATIO_SIGMA);
    // The coefficient of variation of a log-normal distribution.
    double expected = Math.sqrt(Math.exp(RAW_SIGMA * RAW_SIGMA) - 1);
    assertEquals(expected, NORMAL.rawVariation(), 0.1 * expected);
  }

  @Test
  void findsTheInjectedDelayAndNoneBetweenTheLabels() {
    assertEquals(Verdict.INDISTINCT, NORMAL.labels().verdict());
    Comparison injection = NORMAL.injection().orElseThrow();
    assertEquals(Verdict.SLOWER, injection.verdict());
    assertTrue(injection.interval().low() < 1.05 && injection.interval().high() > 1.05);
  }

  @Test
  void countsDisjointTrialsAndResampledOnesApart() {
    TrialRates falseAlarms = NORMAL.falseAlarms();
    assertEquals(FORKS / 10, falseAlarms.disjoint().trials());
    assertTrue(falseAlarms.disjoint().share() <= 0.1);
    assertTrue(falseAlarms.disjoint().interval().isPresent());
    assertTrue(falseAlarms.resampled().share() <= 0.05);
    assertEquals(Interval.ABSENT, falseAlarms.resampled().interval());
    TrialRates detections = NORMAL.detections().orElseThrow();
    assertEquals(FORKS / 10, detections.disjoint().hits());
    assertEquals(Statistics.wilson(30, 30), detections.disjoint().interval());
    assertEquals(1, detections.resampled().share());
  }

  /**
   * With four forks a side only complete separation is significant, whose probability is an
   * integral over the largest of the baseline.
   */
  private static double powerWithFour(double shift) {
    double step = 1e-3;
    double sum = 0;
    for (double x = -6; x < 8; x += step) {
      double below = 1 - tail(x);
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      sum += step * 4 * density * Math.pow(below, 3) * Math.pow(tail(x - shift), 4);
    }
    return sum;
  }

  private static double tail(double z) {
    return z < 0 ? 1 - Normal.upperTail(-z) : Normal.upperTail(z);
  }

  @Test
  void whatFourForksDetectIsWhatSeparatesThem() {
    DetectableDifference four = NORMAL.detectable().get(0);
    assertEquals(4, four.forks());
    assertEquals(0.8, powerWithFour(Math.log1p(four.share()) / RATIO_SIGMA), 0.05);
  }

  /** The median's standard error is sqrt(pi / 2) of the mean's: power has a closed form. */
  @Test
  void whatTwentyForksDetectFollowsFromTheErrorOfTheMedian() {
    DetectableDifference twenty = NORMAL.detectable().get(3);
    assertEquals(20, twenty.forks());
    double expected = (1.95996 + 0.84162) * RATIO_SIGMA * Math.sqrt(Math.PI / 2 * 2 / 20);
    assertEquals(expected, twenty.share(), 0.1 * expected);
  }

  @Test
  void moreForksDetectLess() {
    List<DetectableDifference> detectable = NORMAL.detectable();
    for (int i = 1; i < detectable.size(); i++) {
      assertTrue(detectable.get(i).share() < detectable.get(i - 1).share());
    }
  }

  @Test
  void withoutReferenceTheTimesAreTested() {
    SelfTest raw =
        SelfTest.of(
            new SelfTest.Forks(forks(1, 12, 1, false), forks(2, 12, 1, false), List.of()), 3, 42);
    assertTrue(Double.isNaN(raw.ratioVariation()));
    assertEquals(4, raw.falseAlarms().disjoint().trials());
    assertEquals(0, raw.falseAlarms().resampled().hits(), "three forks can show nothing");
    assertEquals(Optional.empty(), raw.injection());
    assertEquals(Optional.empty(), raw.detections());
    assertTrue(raw.detectable().get(1).share() > 10 * NORMAL.detectable().get(1).share());
  }

  @Test
  void sameForksAndSeedGiveTheSameResult() {
    ResampledTrials first = trials();
    assertEquals(first.detectable(6), trials().detectable(6));
    assertEquals(first.rate(6, 1.02, TrialRate.SLOWER), trials().rate(6, 1.02, TrialRate.SLOWER));
    assertTrue(Double.isNaN(first.detectable(3)));
  }

  private static ResampledTrials trials() {
    return new ResampledTrials(
        new double[] {1, 1.01, 1.02, 0.98, 1.005}, new double[] {2, 2.01, 1.99}, 7);
  }

  @Test
  void refusesTooFewForks() {
    List<ForkScore> one = forks(1, 1, 1, true);
    assertEquals(
        "a self-test needs two forks of each label, got 1 and 1",
        assertThrows(IllegalArgumentException.class, () -> new SelfTest.Forks(one, one, List.of()))
            .getMessage());
    assertEquals(
        "a fork needs a time > 0 and a ratio > 0 or none, got NaN ms and 1.0",
        assertThrows(IllegalArgumentException.class, () -> new ForkScore(1, Double.NaN))
            .getMessage());
    SelfTest.Forks two = new SelfTest.Forks(forks(1, 2, 1, true), forks(2, 2, 1, true), List.of());
    assertEquals(
        "a trial needs a fork, got 0",
        assertThrows(IllegalArgumentException.class, () -> SelfTest.of(two, 0, 1)).getMessage());
    assertEquals(
        "hits must be in [0, trials], got 3 of 2",
        assertThrows(IllegalArgumentException.class, () -> new TrialRate(3, 2, Interval.ABSENT))
            .getMessage());
  }
}
