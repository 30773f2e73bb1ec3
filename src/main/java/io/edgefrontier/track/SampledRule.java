package io.edgefrontier.track;

import io.edgefrontier.analysis.DetectableShift;
import io.edgefrontier.analysis.Holm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges one metric of all cells, one value per fork.
 *
 * <p>REGRESSED if the exact Mann-Whitney p-value, adjusted by Holm over the cells, is below 5 %,
 * the ratio of the medians is above 1 + delta, the lower end of its 95 % bootstrap interval is
 * above 1 and the change exceeds the floor; IMPROVED likewise the other way; UNCHANGED if the whole
 * interval lies within the delta or the floor. Forks that something else disturbed are set aside
 * first.
 */
final class SampledRule {
  static final double LEVEL = 0.05;

  private final Deltas deltas;

  SampledRule(Deltas deltas) {
    this.deltas = deltas;
  }

  /** Returns a verdict on each pair, in the same order; all pairs are of one metric. */
  List<MetricVerdict> judge(List<SampledPair> pairs) {
    double[] adjusted =
        Holm.adjust(pairs.stream().mapToDouble(pair -> pair.comparison().pValue()).toArray());
    Map<SampledPair.ForkCounts, DetectableShift> shifts = new ConcurrentHashMap<>();
    return IntStream.range(0, adjusted.length)
        .parallel()
        .mapToObj(
            i -> {
              SampledPair pair = pairs.get(i);
              DetectableShift shift =
                  shifts.computeIfAbsent(
                      pair.kept(),
                      forks ->
                          DetectableShift.of(forks.baseline(), forks.candidate(), pairs.size()));
              return judge(pair, adjusted[i], shift, pairs.size());
            })
        .toList();
  }

  private MetricVerdict judge(
      SampledPair pair, double adjustedP, DetectableShift shift, int cells) {
    double smallest = deltas.smallest(pair.metric(), pair.baseline().typical());
    Effect effect =
        new Effect(
            pair.comparison().ratio(),
            pair.comparison().interval(),
            pair.comparison().pValue(),
            adjustedP,
            shift.share(pair.spread(), smallest),
            pair.basis(),
            pair.kept().baseline(),
            pair.kept().candidate());
    Verdict verdict = pair.verdict(adjustedP, deltas);
    boolean isHopeless = verdict == Verdict.INCONCLUSIVE && !shift.isPossible();
    String reason =
        Stream.of(
                SampledPair.note(pair.baseline(), pair.candidate()),
                pair.setAside(),
                pair.isClear(adjustedP, deltas) ? pair.machineState() : "",
                isHopeless ? tooFew(effect, cells) : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return new MetricVerdict(
        pair.key(),
        pair.metric(),
        verdict,
        pair.baseline().typical(),
        pair.candidate().typical(),
        effect,
        reason);
  }

  private static String tooFew(Effect effect, int cells) {
    return "%d and %d forks cannot show a change among %d cells; measure more forks or fewer cells"
        .formatted(effect.baselineForks(), effect.candidateForks(), cells);
  }
}
