package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Holds the rule to its error rates: 16 cells of 10 forks, 2 % spread, 5 % outlying forks. The
 * table that docs/decisions.md quotes is what the program {@link Trials} prints.
 */
class TrialsTest {
  private static final Trials TRIALS = Trials.ofTheIssue(400);

  @Test
  void rarelyFlagsARunWithoutChange() {
    for (double delta : new double[] {0.02, 0.03, 0.05}) {
      double alarms = TRIALS.of(Trials.tracking(delta), 0, 0).falseAlarms();
      assertTrue(alarms <= 0.05, delta + ": " + alarms);
    }
  }

  @Test
  void findsFivePercentWithADeltaBelowIt() {
    for (int slower : new int[] {1, 4, 16}) {
      double caught = TRIALS.of(Trials.tracking(0.03), slower, 0.05).caught();
      assertTrue(caught >= 0.8, slower + " cells: " + caught);
    }
  }

  @Test
  void findsTenPercentWithTheDefaultDelta() {
    for (int slower : new int[] {1, 4, 16}) {
      double caught = TRIALS.of(Trials.tracking(0.05), slower, 0.10).caught();
      assertTrue(caught >= 0.99, slower + " cells: " + caught);
    }
  }

  @Test
  void doesNotFindAShiftOfExactlyTheDeltaMoreThanHalfOfTheTime() {
    double caught = TRIALS.of(Trials.tracking(0.05), 1, 0.05).caught();
    assertTrue(caught > 0.4 && caught < 0.6, "" + caught);
  }

  @Test
  void aFixedPercentageOfMeansFlagsMostRunsWithoutChange() {
    double alarms = TRIALS.of(Trials.MEANS, 0, 0).falseAlarms();
    assertTrue(alarms > 0.5, "" + alarms);
    double caught = TRIALS.of(Trials.MEANS, 1, 0.05).caught();
    assertTrue(caught < 0.6, "" + caught);
  }
}
