package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunComparisonTest {
  /** Ten forks with a spread of about 1 % around 1. */
  private static final double[] FORKS = {
    0.985, 0.99, 0.994, 0.997, 0.999, 1.001, 1.003, 1.006, 1.01, 1.015
  };

  private static double[] times(double factor, double... values) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static TrackedCell cell(Map<Metric, Sample> samples) {
    return new TrackedCell(
        "a", Map.of("jdk", "17", "threads", "1"), samples, Map.of(), Answers.NONE, "");
  }

  private static TrackedRun run(TrackedCell... cells) {
    return new TrackedRun("run", "m1", Instant.EPOCH, "", List.of(cells));
  }

  private static MetricVerdict compare(Metric metric, Sample baseline, Sample candidate) {
    return compare(cell(Map.of(metric, baseline)), cell(Map.of(metric, candidate)));
  }

  private static MetricVerdict compare(TrackedCell baseline, TrackedCell candidate) {
    List<MetricVerdict> verdicts =
        RunComparison.of(run(baseline), run(candidate), Deltas.defaults()).metrics().toList();
    assertEquals(1, verdicts.size(), verdicts.toString());
    return verdicts.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "LATENCY, 1.08, REGRESSED",
    "LATENCY, 0.92, IMPROVED",
    "LATENCY, 1.0, UNCHANGED",
    "LATENCY, 1.02, UNCHANGED", // surely slower, and surely by less than matters
    "LATENCY, 1.045, INCONCLUSIVE",
    "THROUGHPUT, 1.08, IMPROVED",
    "THROUGHPUT, 0.92, REGRESSED",
    "PEAK_RSS, 1.04, REGRESSED",
    "COLD_START, 1.08, UNCHANGED",
    "COLD_START, 1.15, REGRESSED",
  })
  void judgesByTheMetricsOwnDirectionAndDelta(Metric metric, double factor, Verdict expected) {
    Sample baseline = Sample.of(times(100, FORKS));
    Sample candidate = Sample.of(times(100 * factor, FORKS));
    MetricVerdict verdict = compare(metric, baseline, candidate);
    assertEquals(expected, verdict.verdict(), verdict.toString());
    assertEquals(metric.smallerIsBetter() ? factor : 1 / factor, verdict.effect().ratio(), 1e-12);
    assertEquals(100, verdict.baseline(), 1e-9);
    assertEquals(100 * factor, verdict.candidate(), 1e-9);
    assertEquals(Basis.RAW, verdict.effect().basis());
  }

  @Test
  void saysNothingBelowTheFloor() {
    // 20 % of 2 us are 0.4 us, less than the floor of 0.5 us; of 4 us they are more.
    Sample two = Sample.of(times(0.002, FORKS));
    assertEquals(
        Verdict.UNCHANGED, compare(Metric.LATENCY, two, Sample.of(times(0.0024, FORKS))).verdict());
    Sample four = Sample.of(times(0.004, FORKS));
    assertEquals(
        Verdict.REGRESSED,
        compare(Metric.LATENCY, four, Sample.of(times(0.0048, FORKS))).verdict());
    // A ratio hides no floor: it counts in the unit of the typical value.
    assertEquals(
        Verdict.UNCHANGED,
        compare(
                Metric.LATENCY,
                Sample.paired(FORKS, new double[0], 0.002),
                Sample.paired(times(1.2, FORKS), new double[0], 0.0024))
            .verdict());
  }

  /** A busy neighbour slows the candidate by up to the square of what it slows the reference. */
  @Test
  void blamesTheMachineForWhatTheReferenceShowsToo() {
    Sample before = paired(1, 1);
    MetricVerdict busy = compare(Metric.LATENCY, before, paired(1.2, 1.1));
    assertEquals(Verdict.INCONCLUSIVE, busy.verdict());
    assertEquals(
        "the reference took 1.10 times as long, so the machine was in another state, which can"
            + " change a ratio by as much again",
        busy.reason());
    assertEquals(
        Verdict.INCONCLUSIVE, compare(Metric.LATENCY, before, paired(0.9, 0.93)).verdict());
    MetricVerdict slower = compare(Metric.LATENCY, before, paired(1.22, 1.1));
    assertEquals(Verdict.REGRESSED, slower.verdict());
    assertEquals("", slower.reason());
    assertEquals(Verdict.REGRESSED, compare(Metric.LATENCY, before, paired(1.06, 1)).verdict());
    assertEquals(Verdict.UNCHANGED, compare(Metric.LATENCY, before, paired(1, 1.1)).verdict());
  }

  /** Returns forks with this ratio to a reference that takes {@code reference} ms. */
  private static Sample paired(double ratio, double reference) {
    double[] ratios = times(ratio, FORKS);
    return Sample.paired(ratios, times(reference, ratios), ratio * reference);
  }

  @Test
  void comparesPairedWithPairedOnly() {
    Sample paired = Sample.paired(FORKS, times(2, FORKS), 2);
    Sample drifted = Sample.paired(FORKS, times(3, FORKS), 2);
    MetricVerdict both = compare(Metric.LATENCY, paired, drifted);
    assertEquals(Verdict.UNCHANGED, both.verdict());
    assertEquals(Basis.RATIO, both.effect().basis());
    MetricVerdict raw = compare(Metric.LATENCY, paired, Sample.of(times(3, FORKS)));
    assertEquals(Verdict.REGRESSED, raw.verdict());
    assertEquals(Basis.RAW, raw.effect().basis());
    assertEquals(
        "the candidate has no paired reference, so raw fork values are compared", raw.reason());
    MetricVerdict none =
        compare(Metric.LATENCY, Sample.paired(FORKS, new double[0], 2), Sample.of(times(3, FORKS)));
    assertEquals(Verdict.NOT_COMPARABLE, none.verdict());
    assertEquals(
        "the candidate has no paired reference, and the raw fork values of the baseline are not"
            + " known",
        none.reason());
  }

  @Test
  void namesTheConditionsThatDifferWithBothValues() {
    Sample sample = Sample.of(FORKS);
    TrackedCell before = cell(Map.of(Metric.LATENCY, sample));
    TrackedCell after =
        new TrackedCell("a", Map.of("jdk", "21"), before.samples(), Map.of(), Answers.NONE, "");
    MetricVerdict verdict = compare(before, after);
    assertEquals(Verdict.NOT_COMPARABLE, verdict.verdict());
    assertEquals(
        "jdk: '17' before, '21' now; threads: '1' before, not recorded now", verdict.reason());
    TrackedRun elsewhere = new TrackedRun("run", "m2", Instant.EPOCH, "", List.of(after));
    RunComparison allowed =
        RunComparison.of(run(before), elsewhere, Deltas.defaults(), Set.of("jdk", "threads"));
    assertEquals("machine: 'm1' before, 'm2' now", allowed.metrics().toList().get(0).reason());
    RunComparison all =
        RunComparison.of(
            run(before), elsewhere, Deltas.defaults(), Set.of("jdk", "threads", "machine"));
    assertEquals(1, all.count(Verdict.UNCHANGED));
  }

  @Test
  void tellsWhichCellsAreNewMissingOrFailed() {
    TrackedCell gone = Trials.cell("gone", Sample.of(FORKS));
    TrackedCell kept = Trials.cell("kept", Sample.of(FORKS));
    TrackedCell added = Trials.cell("added", Sample.of(FORKS));
    TrackedCell failed =
        new TrackedCell("kept", Map.of(), Map.of(), Map.of(), Answers.NONE, "killed");
    RunComparison comparison =
        RunComparison.of(run(gone, kept), run(added, failed), Deltas.defaults());
    assertEquals(
        List.of(
            CellComparison.whole("added", Verdict.NEW, ""),
            CellComparison.whole("kept", Verdict.FAILED, "killed"),
            CellComparison.whole("gone", Verdict.MISSING, "")),
        comparison.cells());
    assertEquals(
        CellComparison.whole("kept", Verdict.NEW, "the baseline failed: killed"),
        RunComparison.of(run(failed), run(kept), Deltas.defaults()).cells().get(0));
  }

  @Test
  void comparesFiguresWithoutNoiseExactlyWhateverTheConditions() {
    TrackedCell before =
        new TrackedCell(
            "a",
            Map.of("jdk", "17"),
            Map.of(),
            Map.of(Metric.ARCHIVE_BYTES, 1000L, Metric.MACS, 7L, Metric.PARAMETERS, 0L),
            Answers.NONE,
            "");
    TrackedCell after =
        new TrackedCell(
            "a",
            Map.of("jdk", "21"),
            Map.of(),
            Map.of(Metric.ARCHIVE_BYTES, 1001L, Metric.MACS, 6L, Metric.PARAMETERS, 0L),
            Answers.NONE,
            "");
    RunComparison comparison = RunComparison.of(run(before), run(after), Deltas.defaults());
    assertEquals(
        List.of(Verdict.REGRESSED, Verdict.UNCHANGED, Verdict.IMPROVED),
        comparison.metrics().map(MetricVerdict::verdict).toList());
    assertEquals(1.001, comparison.metrics().toList().get(0).effect().ratio());
    assertEquals(Verdict.REGRESSED, comparison.cells().get(0).verdict());
  }

  private static TrackedCell answering(String fingerprint, int samples, int... wrong) {
    BitSet right = new BitSet();
    right.set(0, samples);
    Arrays.stream(wrong).forEach(right::clear);
    return new TrackedCell(
        "a", Map.of(), Map.of(), Map.of(), Answers.of(fingerprint, samples, right), "");
  }

  @Test
  void judgesAccuracyByTheAnswersToTheSameSamples() {
    TrackedCell before = answering("digits", 360);
    MetricVerdict five = compare(before, answering("digits", 360, 1, 2, 3, 4, 5));
    // McNemar with 5 lost and none gained: 2 / 2^5 = 0.0625; with 6: 2 / 2^6 = 0.03125.
    assertEquals(0.0625, five.effect().pValue(), 1e-12);
    assertEquals(Verdict.INCONCLUSIVE, five.verdict());
    MetricVerdict six = compare(before, answering("digits", 360, 1, 2, 3, 4, 5, 6));
    assertEquals(Verdict.REGRESSED, six.verdict());
    assertEquals("of 360 samples 6 are right before only, 0 now only", six.reason());
    assertEquals(
        Verdict.IMPROVED, compare(answering("digits", 360, 1, 2, 3, 4, 5, 6), before).verdict());
    assertEquals(Verdict.UNCHANGED, compare(before, before).verdict());
    assertEquals(
        Verdict.UNCHANGED,
        compare(answering("digits", 5000, 1), answering("digits", 5000, 2)).verdict());
  }

  @Test
  void doesNotCompareAnswersToOtherSamples() {
    TrackedCell before = answering("digits", 360);
    assertEquals(
        "validation samples: 360 before, 361 now",
        compare(before, answering("digits", 361)).reason());
    assertEquals(
        "validation samples: 'digits' before, 'letters' now",
        compare(before, answering("letters", 360)).reason());
    MetricVerdict unknown = compare(answering("", 360), answering("", 360));
    assertEquals(Verdict.NOT_COMPARABLE, unknown.verdict());
    assertEquals("validation samples: not recorded which they were", unknown.reason());
  }

  @Test
  void saysWhenTheForksCannotShowAnything() {
    MetricVerdict one = compare(Metric.LATENCY, Sample.of(1), Sample.of(2));
    assertEquals(Verdict.INCONCLUSIVE, one.verdict());
    assertFalse(one.effect().interval().isPresent());
    assertTrue(Double.isNaN(one.effect().detectable()));
    assertEquals(
        "1 and 1 forks cannot show a change among 1 cells; measure more forks or fewer cells",
        one.reason());
  }

  @Test
  void identicalForksAreUnchanged() {
    double[] same = new double[10];
    Arrays.fill(same, 3);
    MetricVerdict verdict = compare(Metric.LATENCY, Sample.of(same), Sample.of(same));
    assertEquals(Verdict.UNCHANGED, verdict.verdict());
    assertEquals(1, verdict.effect().pValue());
    assertEquals(0.05, verdict.effect().detectable(), 1e-12);
  }

  @Test
  void adjustsOverTheCellsOfTheMetric() {
    TrackedCell[] before = new TrackedCell[3];
    TrackedCell[] after = new TrackedCell[3];
    double[] forks = {0.99, 1, 1.01, 1.02};
    Arrays.setAll(before, i -> Trials.cell("c" + i, Sample.of(forks)));
    Arrays.setAll(after, i -> Trials.cell("c" + i, Sample.of(times(i == 0 ? 2 : 1, forks))));
    RunComparison three = RunComparison.of(run(before), run(after), Deltas.defaults());
    MetricVerdict first = three.metrics().toList().get(0);
    assertEquals(2 / 70.0, first.effect().pValue(), 1e-12);
    assertEquals(6 / 70.0, first.effect().adjustedP(), 1e-12);
    assertEquals(Verdict.INCONCLUSIVE, first.verdict());
    assertEquals(Verdict.REGRESSED, compare(before[0], after[0]).verdict());
  }

  @Test
  void tellsOfForksThatItSetAside() {
    double[] disturbed = FORKS.clone();
    disturbed[3] = 1.4;
    MetricVerdict verdict =
        compare(Metric.LATENCY, Sample.of(disturbed), Sample.of(times(1.08, FORKS)));
    assertEquals(Verdict.REGRESSED, verdict.verdict());
    assertEquals("outlying forks set aside: 1 of 10 before, 0 of 10 now", verdict.reason());
    assertEquals(9, verdict.effect().baselineForks());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1})
  void refusesWhatIsNoMeasurement(double value) {
    assertThrows(IllegalArgumentException.class, () -> Sample.of(1, value));
    assertThrows(
        IllegalArgumentException.class,
        () -> Sample.paired(new double[] {value}, new double[0], 1));
    assertThrows(IllegalArgumentException.class, () -> Sample.paired(FORKS, FORKS, value));
  }

  @Test
  void refusesASampleWithoutForksAndACellTwice() {
    assertThrows(IllegalArgumentException.class, () -> Sample.of());
    TrackedCell cell = cell(Map.of());
    String message =
        assertThrows(IllegalArgumentException.class, () -> run(cell, cell)).getMessage();
    assertEquals("run: cell 'a' twice", message);
  }

  @Test
  void readsDeltasFromText() {
    assertEquals(0.02, Deltas.defaults().with("latency=2%").relative().get(Metric.LATENCY), 1e-15);
    assertEquals(0.1, Deltas.defaults().with("peak_rss=0.1").relative().get(Metric.PEAK_RSS));
    for (String wrong : List.of("latency", "speed=2%", "latency=x", "latency=-1%", "macs=1%")) {
      assertThrows(IllegalArgumentException.class, () -> Deltas.defaults().with(wrong), wrong);
    }
  }
}
