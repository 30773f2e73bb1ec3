package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.Locale;

/** What accuracy is weighed against: one frontier, and one picture, for each. */
public enum Axis {
  /** Service time of one forward call, in milliseconds. */
  LATENCY("Latency", "latency", 'L') {
    @Override
    double value(SweepRow row) {
      return row.latency().medianMs();
    }

    @Override
    double low(SweepRow row) {
      return row.latency().ci95LowMs();
    }

    @Override
    double high(SweepRow row) {
      return row.latency().ci95HighMs();
    }
  },
  /** Modelled energy of one inference, in millijoules. */
  ENERGY("Energy per inference, modelled", "modelled energy", 'E') {
    @Override
    double value(SweepRow row) {
      return row.energy().proxyJ() * 1000;
    }
  },
  /** Parameters and buffers as stored, in MiB. */
  MEMORY("Model memory", "model memory", 'M') {
    @Override
    double value(SweepRow row) {
      return row.memory().modelMb();
    }
  };

  private final String title;
  private final String phrase;
  private final char mark;

  Axis(String title, String phrase, char mark) {
    this.title = title;
    this.phrase = phrase;
    this.mark = mark;
  }

  /** Returns the objective's name in file names and in JSON, such as {@code latency}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the axis title, without unit. */
  String title() {
    return title;
  }

  /** Returns the title as it reads inside a sentence. */
  String phrase() {
    return phrase;
  }

  /** Returns the letter that marks a row of this frontier in a table. */
  char mark() {
    return mark;
  }

  /** Returns the row's place on this axis in ms, mJ or MiB; NaN when it is absent. */
  abstract double value(SweepRow row);

  /** Returns the lower end of the 95 % interval; NaN where none is known. */
  double low(SweepRow row) {
    return Double.NaN;
  }

  /** Returns the upper end of the 95 % interval; NaN where none is known. */
  double high(SweepRow row) {
    return Double.NaN;
  }

  /** Returns the unit in which the rows read best. */
  Unit unit(Iterable<SweepRow> rows) {
    return switch (this) {
      case LATENCY -> Unit.MILLISECOND;
      case ENERGY -> Unit.MILLIJOULE;
      case MEMORY -> Unit.ofMemory(rows);
    };
  }
}
