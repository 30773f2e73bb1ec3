package io.edgefrontier.publish;

import java.util.Collection;

/** What a column's figures measure, and in which units that is shown. */
enum Dimension {
  /** A number without unit. */
  NUMBER(new DisplayUnit("", 1)),
  /** A whole number of things. */
  COUNT(new DisplayUnit("", 1)),
  SHARE(new DisplayUnit("%", 100)),
  RATIO(new DisplayUnit("", 1)),
  MILLISECONDS(new DisplayUnit("ms", 1)),
  PER_SECOND(new DisplayUnit("1/s", 1)),
  SAMPLES_PER_SECOND(new DisplayUnit("samples/s", 1)),
  KIB_PER_1000(new DisplayUnit("KiB per 1000 calls", 1)),
  MEBIBYTES(new DisplayUnit("MiB", 1), new DisplayUnit("KiB", 1024)),
  BYTES(new DisplayUnit("MiB", 1.0 / (1 << 20)), new DisplayUnit("KiB", 1.0 / 1024)),
  JOULES(new DisplayUnit("J", 1), new DisplayUnit("mJ", 1e3), new DisplayUnit("µJ", 1e6));

  private final DisplayUnit[] units;

  /**
   * @param units from the largest to the smallest
   */
  Dimension(DisplayUnit... units) {
    this.units = units;
  }

  /**
   * A unit that a whole column is shown in.
   *
   * @param symbol empty for none
   * @param factor what a value of sweep_results.csv is multiplied by
   */
  record DisplayUnit(String symbol, double factor) {}

  /** Returns the largest unit in which some figure is 1 or more, or the smallest there is. */
  DisplayUnit unit(Collection<Figure> figures) {
    for (DisplayUnit unit : units) {
      if (figures.stream().anyMatch(figure -> Math.abs(figure.value()) * unit.factor() >= 1)) {
        return unit;
      }
    }
    return units[units.length - 1];
  }
}
