package io.edgefrontier.dataset;

import java.io.IOException;

/** A dataset's files are not there, as opposed to damaged. */
final class MissingFilesException extends IOException {
  private static final long serialVersionUID = 1;

  MissingFilesException(String message) {
    super(message);
  }
}
