package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiesTest {
  private static final Figure BEST = new Figure(0.30, 0.28, 0.32);

  @Test
  void tiesWhereIntervalsOverlapOrTouch() {
    assertTrue(Ties.isTie(BEST, BEST));
    assertTrue(Ties.isTie(new Figure(0.33, 0.32, 0.34), BEST));
    assertFalse(Ties.isTie(new Figure(0.33, 0.321, 0.34), BEST));
  }

  @Test
  void tiesAFigureWithoutIntervalOnlyWithItsEqual() {
    assertTrue(Ties.isTie(Figure.of(0.3), BEST));
    assertFalse(Ties.isTie(Figure.of(0.301), BEST));
    assertFalse(Ties.isTie(Figure.ABSENT, BEST));
    assertFalse(Ties.isTie(BEST, Figure.ABSENT));
  }

  @Test
  void findsTheBestInEitherDirectionAndNoneWhereNobodyCanSay() {
    List<Figure> figures = List.of(Figure.ABSENT, BEST, Figure.of(0.2), Figure.of(0.9));

    assertEquals(Figure.of(0.2), Ties.best(figures, Better.LOWER));
    assertEquals(Figure.of(0.9), Ties.best(figures, Better.HIGHER));
    assertFalse(Ties.best(figures, Better.NEITHER).isPresent());
    assertFalse(Ties.best(List.of(Figure.ABSENT), Better.LOWER).isPresent());
  }

  @Test
  void leavesTheIntervalOfManyForksAndOfNoneAsItIs() {
    assertEquals(BEST, Ties.telling(BEST, 4));
    assertEquals(BEST, Ties.telling(BEST, 0));
    assertEquals(Figure.of(1), Ties.telling(Figure.of(1), 2));
  }

  /** Draws what the two or three forks of a cell may give, again and again. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void widensTheRangeOfFewForksUntilItCoversAsOftenAsItSays(int forks) {
    Random random = new Random(20261125);
    int trials = 100_000;
    int narrow = 0;
    int covered = 0;
    for (int i = 0; i < trials; i++) {
      double[] medians =
          DoubleStream.generate(random::nextGaussian).limit(forks).sorted().toArray();
      double median = (medians[(forks - 1) / 2] + medians[forks / 2]) / 2;
      Figure range = new Figure(median, medians[0], medians[forks - 1]);
      Figure telling = Ties.telling(range, forks);
      narrow += range.low() <= 0 && range.high() >= 0 ? 1 : 0;
      covered += telling.low() <= 0 && telling.high() >= 0 ? 1 : 0;
    }
    assertTrue(narrow < 0.78 * trials, narrow + " of " + trials);
    assertEquals(0.95, (double) covered / trials, 0.006);
  }
}
