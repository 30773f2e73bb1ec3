package io.edgefrontier.sweep;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps what JMH prints about a fork, and copies it if somebody wants to see it. */
final class ForkOutput extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Optional<PrintStream> copy;

  ForkOutput(Optional<PrintStream> copy) {
    this.copy = copy;
  }

  @Override
  public synchronized void write(int b) {
    kept.write(b);
    copy.ifPresent(stream -> stream.write(b));
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, length);
    copy.ifPresent(stream -> stream.write(bytes, offset, length));
  }

  /** Returns everything that was printed. */
  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
