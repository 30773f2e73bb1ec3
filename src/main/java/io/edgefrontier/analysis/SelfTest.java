package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What one archive under two labels, and under a third that is made to take longer, shows of the
 * machine and of the verdict ({@link Comparison}).
 *
 * @param forksPerTrial forks of each label in a trial
 * @param ratioVariation coefficient of variation over the forks of the first two labels of the
 *     ratio to the reference: the noise floor; NaN without a reference
 * @param rawVariation the same of the uncorrected median times
 * @param labels the second label against the first, all forks: there is no difference to be found
 * @param injection the third label against the first, all forks, if there is one
 * @param detectable for 4, 6, 10 and 20 forks a label
 * @param falseAlarms trials of the second label against the first that found a difference
 * @param detections trials of the third label against the first that found it slower, if any
 */
public record SelfTest(
    int forksPerTrial,
    double ratioVariation,
    double rawVariation,
    Comparison labels,
    Optional<Comparison> injection,
    List<DetectableDifference> detectable,
    TrialRates falseAlarms,
    Optional<TrialRates> detections) {
  private static final List<Integer> DETECTABLE_WITH = List.of(4, 6, 10, 20);

  public SelfTest {
    detectable = List.copyOf(detectable);
  }

  /**
   * The forks of a self-test, each label's in the order of measuring.
   *
   * @param first at least two
   * @param second at least two; the same archive
   * @param injected the same with a delay; may be empty
   */
  public record Forks(List<ForkScore> first, List<ForkScore> second, List<ForkScore> injected) {
    public Forks {
      first = List.copyOf(first);
      second = List.copyOf(second);
      injected = List.copyOf(injected);
      if (first.size() < 2 || second.size() < 2) {
        throw new IllegalArgumentException(
            "a self-test needs two forks of each label, got %s and %s"
                .formatted(first.size(), second.size()));
      }
    }

    private List<ForkScore> alike() {
      return Stream.concat(first.stream(), second.stream()).toList();
    }

    private boolean haveRatios() {
      return Stream.of(first, second, injected)
          .flatMap(List::stream)
          .noneMatch(fork -> Double.isNaN(fork.ratio()));
    }
  }

  /**
   * Analyses the forks of a self-test: by their ratios if all have one, else by their times.
   *
   * @param forksPerTrial forks of each label in a trial, at least 1
   * @param seed of the resampling; the same forks and seed give the same result
   */
  public static SelfTest of(Forks forks, int forksPerTrial, long seed) {
    if (forksPerTrial < 1) {
      throw new IllegalArgumentException("a trial needs a fork, got " + forksPerTrial);
    }
    ToDoubleFunction<ForkScore> score = forks.haveRatios() ? ForkScore::ratio : ForkScore::rawMs;
    double[] first = scores(forks.first(), score);
    double[] second = scores(forks.second(), score);
    double[] injected = scores(forks.injected(), score);
    ResampledTrials resampled = new ResampledTrials(first, second, seed);
    Optional<Comparison> injection =
        injected.length == 0 ? Optional.empty() : Optional.of(Comparison.of(first, injected));
    return new SelfTest(
        forksPerTrial,
        variation(forks.alike(), ForkScore::ratio),
        variation(forks.alike(), ForkScore::rawMs),
        Comparison.of(first, second),
        injection,
        DETECTABLE_WITH.stream()
            .map(n -> new DetectableDifference(n, resampled.detectable(n)))
            .toList(),
        new TrialRates(
            TrialRate.disjoint(first, second, forksPerTrial, TrialRate.DIFFERENT),
            resampled.rate(forksPerTrial, 1, TrialRate.DIFFERENT)),
        injection.map(
            found ->
                new TrialRates(
                    TrialRate.disjoint(first, injected, forksPerTrial, TrialRate.SLOWER),
                    resampled.rate(forksPerTrial, found.ratio(), TrialRate.SLOWER))));
  }

  private static double[] scores(List<ForkScore> forks, ToDoubleFunction<ForkScore> score) {
    return forks.stream().mapToDouble(score).toArray();
  }

  private static double variation(List<ForkScore> forks, ToDoubleFunction<ForkScore> score) {
    double[] values = scores(forks, score);
    for (double value : values) {
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
    }
    Histogram histogram = Histogram.of(values);
    return Statistics.standardDeviation(histogram) / Statistics.mean(histogram);
  }
}
