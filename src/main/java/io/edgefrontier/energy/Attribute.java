package io.edgefrontier.energy;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One file of a {@code /sys} tree, kept open and read again and again. Reading makes no garbage, so
 * that a sampled fork's collector is left alone.
 */
final class Attribute implements Closeable {
  private static final int LONGEST = 64;
  private static final int MOST_DIGITS = 18;

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] text = new byte[LONGEST];

  private Attribute(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  static Attribute open(Path path) throws IOException {
    return new Attribute(path, new RandomAccessFile(path.toFile(), "r"));
  }

  Path path() {
    return path;
  }

  /**
   * Returns the whole number that the file shows now.
   *
   * @throws IOException naming the file if it cannot be read or shows something else
   */
  long number() throws IOException {
    int length = read();
    int start = length > 0 && text[0] == '-' ? 1 : 0;
    long digits = 0;
    for (int i = start; i < length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber(length);
      }
      digits = 10 * digits + digit;
    }
    if (length == start || length - start > MOST_DIGITS) {
      throw notANumber(length);
    }
    return start == 0 ? digits : -digits;
  }

  private IOException notANumber(int length) {
    return new IOException(
        "%s: found '%s', expected a whole number".formatted(path, shown(length)));
  }

  /**
   * Checks what the file shows now.
   *
   * @throws IOException naming the file if it cannot be read or shows another word
   */
  void expect(String word) throws IOException {
    int length = read();
    boolean same = length == word.length();
    for (int i = 0; same && i < length; i++) {
      same = text[i] == word.charAt(i);
    }
    if (!same) {
      throw new IOException("%s: found '%s', expected '%s'".formatted(path, shown(length), word));
    }
  }

  /** Reads the file from its start, where the kernel renders it anew; returns the length. */
  private int read() throws IOException {
    int length;
    try {
      file.seek(0);
      length = file.read(text);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
    while (length > 0 && text[length - 1] <= ' ') {
      length--;
    }
    return Math.max(length, 0);
  }

  private String shown(int length) {
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
