package io.edgefrontier.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One command line run in this process, and what it printed. */
public record Execution(int exitCode, String out, String err) {

  /** Runs the command that the arguments name. */
  public static Execution of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commands();
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = commands.execute(arguments);
    return new Execution(exitCode, out.toString(), err.toString());
  }
}
