package io.edgefrontier.publish;

import java.util.List;

/**
 * Which cells of a column are the best, or cannot be told from it.
 *
 * <p>A cell ties the best if their 95 % intervals overlap: the rule by which a frontier calls a
 * place a tie. It is wider than a test of the one difference at 5 %, as it must be where the best
 * was picked among many. With two or three forks the bootstrap interval is the range of the forks'
 * medians and covers too little; then it is that of Lord's test, which multiplies the range by what
 * makes 95 % of it if medians of forks vary normally. A figure without interval ties only with its
 * equal: the measurements say nothing of how sure it is.
 *
 * @see <a href="https://doi.org/10.1093/biomet/34.1-2.41">Lord: The use of range in place of
 *     standard deviation in the t-test (1947)</a>
 */
final class Ties {
  private static final double LORD_TWO = 6.353;
  private static final double LORD_THREE = 1.304;

  private Ties() {}

  /**
   * Returns the interval that tells a figure from others.
   *
   * @param forks behind the bootstrap interval; 0 if that is not known
   */
  static Figure telling(Figure figure, int forks) {
    if (!figure.hasInterval() || forks < 2 || forks > 3) {
      return figure;
    }
    double half = (figure.high() - figure.low()) * (forks == 2 ? LORD_TWO : LORD_THREE);
    return new Figure(figure.value(), figure.value() - half, figure.value() + half);
  }

  /**
   * Returns the best of some figures.
   *
   * @return {@link Figure#ABSENT} if all are absent or no one is better
   */
  static Figure best(List<Figure> figures, Better better) {
    Figure best = Figure.ABSENT;
    for (Figure figure : figures) {
      if (figure.isPresent() && (!best.isPresent() || isBetter(figure, best, better))) {
        best = figure;
      }
    }
    return better == Better.NEITHER ? Figure.ABSENT : best;
  }

  private static boolean isBetter(Figure figure, Figure best, Better better) {
    return better == Better.LOWER ? figure.value() < best.value() : figure.value() > best.value();
  }

  /** Returns whether a figure is as good as the best as far as their intervals tell. */
  static boolean isTie(Figure figure, Figure best) {
    if (!figure.isPresent() || !best.isPresent()) {
      return false;
    }
    boolean overlap =
        figure.hasInterval()
            && best.hasInterval()
            && figure.low() <= best.high()
            && best.low() <= figure.high();
    return overlap || figure.value() == best.value();
  }
}
