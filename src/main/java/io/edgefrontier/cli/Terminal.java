package io.edgefrontier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where commands write for people: results to {@code out}, what is going on to {@code err}. */
record Terminal(PrintWriter out, PrintWriter err) {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /** Returns whether somebody is watching, so that a line may be redrawn. */
  @SuppressWarnings("SystemConsoleNull") // the jar is built for and run on 17
  static boolean isInteractive() {
    try {
      // Progress goes to stderr; Java's console is about stdin and stdout.
      String target = Files.readSymbolicLink(STDERR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return System.console() != null; // there is no /proc here
    }
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
