package io.edgefrontier.torchscript;

/**
 * Code that is no TorchScript, or none that is understood; becomes an IOException with the file.
 */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  SyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
