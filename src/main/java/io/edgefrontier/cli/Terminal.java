package io.edgefrontier.cli;

import java.io.PrintWriter;

/** Where commands write for people: results to {@code out}, what is going on to {@code err}. */
record Terminal(PrintWriter out, PrintWriter err) {

  /** Returns whether somebody is watching, so that a line may be redrawn. */
  @SuppressWarnings("SystemConsoleNull") // the jar is built for and run on 17
  static boolean isInteractive() {
    return System.console() != null;
  }

  /** Tells what is going on. */
  void progress(String format, Object... arguments) {
    err.println(format.formatted(arguments));
    err.flush();
  }

  /** Tells of something that the user should know and that stops nothing. */
  void warn(String format, Object... arguments) {
    progress("warning: " + format, arguments);
  }

  /** Prints a result. */
  void result(String text) {
    out.println(text);
    out.flush();
  }
}
