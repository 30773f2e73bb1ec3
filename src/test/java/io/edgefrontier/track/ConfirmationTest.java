package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {
  private static final double[] FORKS = {0.98, 0.99, 1, 1, 1.01, 1.02, 1.03, 0.97};

  private static TrackedCell cell(String key, double factor) {
    double[] ratios = DoubleStream.of(FORKS).map(value -> value * factor).toArray();
    return new TrackedCell(
        key,
        Map.of("jdk", "17"),
        Map.of(Metric.LATENCY, Sample.paired(ratios, ratios, factor)),
        Map.of(Metric.PARAMETERS, 100L),
        Answers.NONE,
        "");
  }

  private static TrackedRun run(TrackedCell... cells) {
    return new TrackedRun("run", "m1", Instant.EPOCH, "", List.of(cells));
  }

  private static RunComparison slower() {
    return RunComparison.of(
        run(cell("slow", 1), cell("same", 1), cell("open", 1)),
        run(cell("slow", 1.3), cell("same", 1), cell("open", 1.045)),
        Deltas.defaults());
  }

  private static MetricVerdict latency(RunComparison comparison, String key) {
    return comparison
        .metrics()
        .filter(metric -> metric.metric() == Metric.LATENCY && metric.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void suspicionsAreConfirmedFirstAndWhatIsUnchangedIsNot() {
    assertEquals(List.of("slow", "open"), Confirmation.toConfirm(slower()));
  }

  @ParameterizedTest
  @CsvSource({
    "1.20, 0.01, REGRESSED",
    "0.80, 0.01, IMPROVED",
    "1.00, 0.01, UNCHANGED",
    "1.03, 0.01, UNCHANGED", // surely slower, and surely by less than matters
    "1.20, 0.30, INCONCLUSIVE" // forks on both sides of 1
  })
  void theConfirmationAloneDecides(double median, double spread, Verdict expected) {
    double[] forks = new double[8];
    for (int i = 0; i < forks.length; i++) {
      forks[i] = median + spread * (i - 3.5) / 3.5;
    }
    Confirmation confirmation = new Confirmation(Deltas.defaults());
    confirmation.add("slow", forks);
    RunComparison confirmed = confirmation.applyTo(slower());
    MetricVerdict verdict = latency(confirmed, "slow");
    assertEquals(expected, verdict.verdict());
    assertEquals(median, verdict.effect().ratio(), 1e-12);
    assertEquals("judged by 8 forks that timed both archives in turns", verdict.reason());
    assertEquals(latency(slower(), "same"), latency(confirmed, "same"));
    assertEquals(slower().metrics().count(), confirmed.metrics().count());
  }

  @Test
  void whatCannotBeConfirmedFailsNoBuild() {
    Confirmation confirmation = new Confirmation(Deltas.defaults());
    confirmation.leaveOpen("slow", "no archive");
    MetricVerdict verdict = latency(confirmation.applyTo(slower()), "slow");
    assertEquals(Verdict.INCONCLUSIVE, verdict.verdict());
    assertEquals("not confirmed: no archive", verdict.reason());
  }

  @Test
  void pValuesAreAdjustedOverTheConfirmedCells() {
    Confirmation confirmation = new Confirmation(Deltas.defaults());
    double[] above = {1.2, 1.21, 1.22, 1.23, 1.24, 1.25};
    confirmation.add("slow", above);
    confirmation.add("open", above);
    // 2 / 2^6 for each, twice as much by Holm: six forks do not tell for two cells.
    MetricVerdict verdict = latency(confirmation.applyTo(slower()), "slow");
    assertEquals(0.0625, verdict.effect().adjustedP(), 1e-12);
    assertEquals(Verdict.INCONCLUSIVE, verdict.verdict());
  }

  @Test
  void asManyForksAreAskedForAsCanShowAnything() {
    assertEquals(6, Confirmation.forksNeeded(1));
    assertEquals(7, Confirmation.forksNeeded(2));
    for (int cells = 1; cells < 200; cells++) {
      int forks = Confirmation.forksNeeded(cells);
      assertTrue(cells * 2 / Math.pow(2, forks) < 0.05);
      assertFalse(forks > 6 && cells * 2 / Math.pow(2, forks - 1.0) < 0.05);
    }
  }

  @Test
  void forksOfTwoBuildsAreComparedByTheUsualRule() {
    Confirmation confirmation = new Confirmation(Deltas.defaults());
    confirmation.addBuilds("slow", forks(1), forks(1.2));
    confirmation.addBuilds("open", forks(1), forks(1));
    RunComparison confirmed = confirmation.applyTo(slower());
    assertEquals(Verdict.REGRESSED, latency(confirmed, "slow").verdict());
    assertEquals(Verdict.UNCHANGED, latency(confirmed, "open").verdict());
  }

  @Test
  void spreadAndNotDifferenceSaysWhetherForksCanTell() {
    Confirmation confirmation = new Confirmation(Deltas.defaults().with("latency=1%"));
    assertFalse(confirmation.canTell("noisy", forks(1), forks(1)));
    assertFalse(confirmation.canTell("noisy and slow", forks(1), forks(1.5)));
    Confirmation wide = new Confirmation(Deltas.defaults().with("latency=10%"));
    assertTrue(wide.canTell("noisy", forks(1), forks(1)));
    assertTrue(wide.canTell("noisy and slow", forks(1), forks(1.5)));
  }

  /** Runs of one fork, whose cells are named as a file without a manifest names them. */
  private static List<TrackedRun> forks(double factor) {
    return DoubleStream.of(FORKS)
        .mapToObj(
            ratio ->
                run(
                    new TrackedCell(
                        "unnamed",
                        Map.of(),
                        Map.of(
                            Metric.LATENCY,
                            Sample.paired(
                                new double[] {ratio * factor},
                                new double[] {ratio * factor},
                                factor)),
                        Map.of(),
                        Answers.NONE,
                        "")))
        .toList();
  }

  @Test
  void aWindowAddsForksOfTheSameConditionsOnly() {
    TrackedCell other =
        new TrackedCell(
            "slow", Map.of("jdk", "21"), cell("slow", 5).samples(), Map.of(), Answers.NONE, "");
    TrackedRun pooled =
        PooledRuns.of(List.of(run(cell("slow", 1)), run(cell("slow", 2)), run(other)));
    double[] ratios = pooled.cells().get(0).samples().get(Metric.LATENCY).ratios();
    assertEquals(16, ratios.length);
    assertArrayEquals(FORKS, java.util.Arrays.copyOf(ratios, 8), 1e-12);
    assertEquals("run and 2 before it", pooled.name());
    TrackedRun alone = run(cell("slow", 1));
    assertEquals(alone, PooledRuns.of(List.of(alone)));
  }
}
