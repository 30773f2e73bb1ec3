package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.Locale;

/** What accuracy is weighed against: one frontier for each. */
public enum Axis {
  /** Service time of one forward call, in milliseconds. */
  LATENCY('L') {
    @Override
    double value(SweepRow row) {
      return row.latency().medianMs();
    }
  },
  /** Modelled energy of one inference, in millijoules. */
  ENERGY('E') {
    @Override
    double value(SweepRow row) {
      return row.energy().proxyJ() * 1000;
    }
  },
  /** Parameters and buffers as stored, in MiB. */
  MEMORY('M') {
    @Override
    double value(SweepRow row) {
      return row.memory().modelMb();
    }
  };

  private final char mark;

  Axis(char mark) {
    this.mark = mark;
  }

  /** Returns the objective's name in file names and in JSON, such as {@code latency}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the letter that marks a row of this frontier in a table. */
  char mark() {
    return mark;
  }

  /** Returns the row's place on this axis in ms, mJ or MiB; NaN when it is absent. */
  abstract double value(SweepRow row);

  /** Returns the unit in which the rows read best. */
  Unit unit(Iterable<SweepRow> rows) {
    return switch (this) {
      case LATENCY -> Unit.MILLISECOND;
      case ENERGY -> Unit.MILLIJOULE;
      case MEMORY -> Unit.ofMemory(rows);
    };
  }
}
