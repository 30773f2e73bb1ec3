package io.edgefrontier.sweep;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Keeps the end of what a fork prints, and copies all of it if somebody wants to see it. */
final class ForkOutput extends OutputStream {
  /** A fork that prints without end must not fill this JVM. */
  private static final int KEPT_BYTES = 1 << 16;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Optional<PrintStream> copy;

  ForkOutput(Optional<PrintStream> copy) {
    this.copy = copy;
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    copy.ifPresent(stream -> stream.write(bytes, offset, length));
    kept.write(bytes, offset, length);
    if (kept.size() > 2 * KEPT_BYTES) {
      byte[] all = kept.toByteArray();
      kept.reset();
      kept.writeBytes(Arrays.copyOfRange(all, all.length - KEPT_BYTES, all.length));
    }
  }

  /** Returns what was printed, or the end of it. */
  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Returns the last {@code count} lines that are not blank. */
  List<String> tail(int count) {
    List<String> lines = text().lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }
}
