package io.edgefrontier.result;

import java.util.Locale;

/** Whether a row's place on a frontier is statistically safe. */
public enum Place {
  /** The intervals separate the row from the neighbours that it beats. */
  DISTINCT,
  /** Noise alone could explain that it beats a neighbour. */
  TIE;

  /** Returns the name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
