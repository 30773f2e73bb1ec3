package io.edgefrontier.cli;

/** What a command's exit code means. */
final class ExitCode {
  static final int DONE = 0;
  static final int INTERNAL_ERROR = 1;
  static final int BAD_INPUT = 2;
  static final int SOME_CELLS_FAILED = 3;
  static final int NOTHING_FITS = 4;
  static final int REGRESSION = 5;
  static final int INCONCLUSIVE = 6;
  static final int STALE = 7;

  private ExitCode() {}
}
