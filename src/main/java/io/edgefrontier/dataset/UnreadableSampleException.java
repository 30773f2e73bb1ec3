package io.edgefrontier.dataset;

import java.io.IOException;

/** A sample cannot be read: the dataset is at fault, not the network that wanted it. */
public final class UnreadableSampleException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableSampleException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
