package io.edgefrontier.analysis;

import io.edgefrontier.result.Accuracy;

/** The accuracy that a frontier maximises. */
public enum AccuracyBasis {
  /** The share that was measured. */
  TOP1("accuracy"),
  /** The lower end of its interval: what is certain. */
  CI_LOW("accuracy_ci95_low");

  private final String column;

  AccuracyBasis(String column) {
    this.column = column;
  }

  /** Returns the column of sweep_results.csv that is maximised. */
  public String column() {
    return column;
  }

  double of(Accuracy accuracy) {
    return switch (this) {
      case TOP1 -> accuracy.top1();
      case CI_LOW -> accuracy.ci95Low();
    };
  }
}
