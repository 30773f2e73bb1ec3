package io.edgefrontier.sweep;

import java.io.PrintStream;
import java.time.Duration;

/** Prints progress: one line that is redrawn on a terminal, a line per ended fork elsewhere. */
public final class ProgressLine implements SweepProgress {
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
      draw(text(step, ""));
    }
  }

  @Override
  public void forkEnded(Step step, String outcome) {
    if (terminal) {
      draw(text(step, outcome));
    } else {
      out.println(text(step, outcome));
    }
  }

  @Override
  public void sweepEnded() {
    if (terminal) {
      draw("");
      out.print('\r');
      out.flush();
    }
  }

  static String text(Step step, String outcome) {
    String eta = step.remaining().map(time -> ", " + clock(time) + " left").orElse("");
    String result = outcome.isEmpty() ? "" : ": " + outcome;
    return "[%d/%d%s] %s %s%s"
        .formatted(step.done(), step.total(), eta, step.cell(), step.what(), result);
  }

  static String clock(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private void draw(String text) {
    String line = text.lines().findFirst().orElse("");
    // Blanks remove the rest of a longer line before it.
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }
}
