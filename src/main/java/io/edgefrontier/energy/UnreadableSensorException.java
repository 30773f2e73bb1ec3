package io.edgefrontier.energy;

import java.io.IOException;

/** A sensor is there but may not be read; the message says how to change that. */
final class UnreadableSensorException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableSensorException(String message, IOException cause) {
    super(message, cause);
  }
}
