package io.edgefrontier.torchscript;

/** Code that does something wrong, so that keeping the call as it is would not help either. */
final class RefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
