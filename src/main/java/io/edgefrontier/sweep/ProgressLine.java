package io.edgefrontier.sweep;

import java.io.PrintStream;
import java.time.Duration;

/** Prints progress: one line that is redrawn on a terminal, a line per ended fork elsewhere. */
public final class ProgressLine implements SweepProgress {
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final boolean terminal;
  private int drawn;

  /**
   * @param out usually stderr, so that stdout stays free for results
   * @param terminal whether {@code out} is one, such as {@code System.console() != null}
   */
  public ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void forkStarts(Step step) {
    if (terminal) {
      draw(text(step));
    }
  }

  @Override
  public void forkEnded(Step step, String figure) {
    String line = text(step) + ": " + figure;
    if (terminal) {
      draw(line);
    } else {
      out.println(line);
    }
  }

  @Override
  public void forkFailed(Step step, String reason) {
    sweepEnded(); // a failure stays on the screen, in a line of its own
    out.println(text(step) + ": FAILED: " + reason.lines().findFirst().orElse(""));
  }

  @Override
  public void sweepEnded() {
    if (terminal) {
      draw("");
      out.print('\r');
      out.flush();
    }
  }

  private static String text(Step step) {
    String eta = step.remaining().map(time -> ", at most " + clock(time) + " left").orElse("");
    return "[%d/%d%s] %s %s".formatted(step.done(), step.total(), eta, step.cell(), step.what());
  }

  static String clock(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private void draw(String text) {
    // A line that wraps could not be redrawn.
    String line = text.substring(0, Math.min(text.length(), WIDTH));
    // Blanks remove the rest of a longer line before it.
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }
}
