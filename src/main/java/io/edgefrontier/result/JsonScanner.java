package io.edgefrontier.result;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads JSON token by token, straight from UTF-8 bytes. The file of a large sweep repeats a few
 * names and words a million times: they come out as the same strings each time, without a copy.
 * What is not JSON is an {@link IllegalArgumentException}, a premature end an {@link EOFException}.
 */
final class JsonScanner {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final int MOST_DEPTH = 100;
  private static final int SHARED_BITS = 12;
  private static final int LONGEST_SHARED = 100;
  private static final long SPREAD = 0x9E3779B97F4A7C15L; // the golden ratio, as a fraction

  // Strings are searched eight bytes at a time.
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << (Byte.SIZE - 1);
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private final InputStream source;
  private byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean first = true;

  private int depth;
  private final String[] names = new String[MOST_DEPTH + 1];
  private final int[] indexes = new int[MOST_DEPTH + 1];

  private final String[] shared = new String[1 << SHARED_BITS];
  private final byte[][] sharedBytes = new byte[1 << SHARED_BITS][];

  JsonScanner(InputStream source) {
    this.source = source;
  }

  void beginArray() throws IOException {
    begin('[');
    names[depth] = null;
  }

  void beginObject() throws IOException {
    begin('{');
    names[depth] = "";
  }

  private void begin(char bracket) throws IOException {
    expect(bracket);
    if (depth == MOST_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MOST_DEPTH);
    }
    indexes[++depth] = 0;
    first = true;
  }

  void endArray() throws IOException {
    end(']');
  }

  void endObject() throws IOException {
    end('}');
  }

  private void end(char bracket) throws IOException {
    expect(bracket);
    depth--;
    endValue();
  }

  private void endValue() {
    indexes[depth]++;
    first = false;
  }

  /** Returns whether the array or object that was begun last goes on; to be asked once each. */
  boolean hasNext() throws IOException {
    int next = peek();
    if (next == ']' || next == '}') {
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /** Returns the name of the member that {@link #hasNext} found; its value is to be read next. */
  String nextName() throws IOException {
    String name = string();
    names[depth] = name;
    expect(':');
    return name;
  }

  boolean atString() throws IOException {
    return peek() == '"';
  }

  boolean atArray() throws IOException {
    return peek() == '[';
  }

  /** Returns a string, or a number as it is spelled. */
  String nextString() throws IOException {
    if (!atString()) {
      return nextNumber();
    }
    String text = string();
    endValue();
    return text;
  }

  /** Returns a number as it is spelled. */
  private String nextNumber() throws IOException {
    String text = word("a number");
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("found " + text + ", expected a number");
    }
    endValue();
    return text;
  }

  /** Returns a number, infinite if it is beyond the range of a {@code double}. */
  double nextDouble() throws IOException {
    double plain = plainNumber();
    return Double.isNaN(plain) ? Double.parseDouble(nextNumber()) : plain;
  }

  /** Passes a number without sign and exponent, as most are, or returns NaN and passes nothing. */
  private double plainNumber() throws IOException {
    peek();
    long digits = 0;
    int length = 0;
    int point = -1;
    for (; has(length) && isOfWord(buffer[position + length]); length++) {
      byte b = buffer[position + length];
      if (b >= '0' && b <= '9' && digits < DecimalParser.ROOM_FOR_A_DIGIT) {
        digits = 10 * digits + (b - '0');
      } else if (b == '.' && point < 0 && length > 0) {
        point = length;
      } else {
        return Double.NaN;
      }
    }
    boolean zerosLead = length > 1 && buffer[position] == '0' && point != 1;
    if (zerosLead || point == length - 1) { // also if there is nothing
      return Double.NaN;
    }
    double value = DecimalParser.quotient(digits, point < 0 ? 0 : length - point - 1);
    if (!Double.isNaN(value)) {
      position += length;
      endValue();
    }
    return value;
  }

  void skipValue() throws IOException {
    switch (peek()) {
      case '"' -> nextString();
      case '[' -> {
        beginArray();
        while (hasNext()) {
          skipValue();
        }
        endArray();
      }
      case '{' -> {
        beginObject();
        while (hasNext()) {
          nextName();
          skipValue();
        }
        endObject();
      }
      case 't', 'f', 'n' -> skipLiteral();
      default -> nextDouble();
    }
  }

  private void skipLiteral() throws IOException {
    String found = word("a value");
    if (!found.equals("true") && !found.equals("false") && !found.equals("null")) {
      throw new IllegalArgumentException("found " + found + ", expected a value");
    }
    endValue();
  }

  /** Returns where the scanner is, such as {@code $[0].primaryMetric.score}. */
  String path() {
    StringBuilder path = new StringBuilder("$");
    for (int i = 1; i <= depth; i++) {
      if (names[i] == null) {
        path.append('[').append(indexes[i]).append(']');
      } else if (!names[i].isEmpty()) {
        path.append('.').append(names[i]);
      }
    }
    return path.toString();
  }

  /** Returns the letters, digits and signs that come next: a number or a literal. */
  private String word(String expected) throws IOException {
    peek();
    int length = 0;
    while (has(length) && isOfWord(buffer[position + length])) {
      length++;
    }
    if (length == 0) {
      throw unexpected(expected);
    }
    String word = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    position += length;
    return word;
  }

  private static boolean isOfWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '.'
        || b == '-'
        || b == '+';
  }

  private String string() throws IOException {
    expect('"');
    int length = plainLength();
    String text;
    if (has(length) && buffer[position + length] == '"') {
      text = plain(length);
    } else {
      length = wholeLength(length);
      text = decoded(length);
    }
    position += length + 1;
    return text;
  }

  /** Returns how many bytes come before a quote, a backslash or what is not printable ASCII. */
  private int plainLength() throws IOException {
    int length = 0;
    while (has(length + Long.BYTES - 1)) {
      long word = (long) WORDS.get(buffer, position + length);
      // The lowest bit set is exact: subtracting borrows from higher bytes only.
      long special = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word & HIGH_BITS);
      special |= (word - SPACES) & ~word & HIGH_BITS;
      if (special != 0) {
        return length + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
      length += Long.BYTES;
    }
    return length; // near the end of the file the rest goes byte by byte
  }

  /** Returns a word with the high bit of each byte set that is zero in {@code word}. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  private int wholeLength(int start) throws IOException {
    int length = start;
    while (has(length) && buffer[position + length] != '"') {
      length += buffer[position + length] == '\\' ? 2 : 1;
    }
    if (!has(length)) {
      throw new EOFException();
    }
    return length;
  }

  private String plain(int length) {
    if (length > LONGEST_SHARED) {
      return new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    }
    int slot = slot(length);
    byte[] known = sharedBytes[slot];
    if (known == null
        || !Arrays.equals(known, 0, known.length, buffer, position, position + length)) {
      known = Arrays.copyOfRange(buffer, position, position + length);
      sharedBytes[slot] = known;
      shared[slot] = new String(known, StandardCharsets.ISO_8859_1);
    }
    return shared[slot];
  }

  /** Returns where a string would be shared; of long ones, only the ends have a say in it. */
  private int slot(int length) {
    long hash = length;
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + buffer[position + i];
      }
    } else {
      long end = (long) WORDS.get(buffer, position + length - Long.BYTES);
      hash += (long) WORDS.get(buffer, position) + 31 * end;
    }
    return (int) ((hash * SPREAD) >>> (Long.SIZE - SHARED_BITS));
  }

  private String decoded(int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, position, length);
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    return JsonEscapes.resolved(text);
  }

  private void expect(char wanted) throws IOException {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    position++;
  }

  private IllegalArgumentException unexpected(String wanted) {
    byte found = buffer[position];
    return new IllegalArgumentException(
        "found %s, expected %s"
            .formatted(found > ' ' ? "'" + (char) found + "'" : "byte " + (found & 0xFF), wanted));
  }

  /** Returns the byte behind any white space, without passing it. */
  private int peek() throws IOException {
    while (true) {
      if (position == limit && !has(0)) {
        throw new EOFException();
      }
      byte b = buffer[position];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      position++;
    }
  }

  /** Returns whether the file has this many more bytes than one; the buffer then has them, too. */
  private boolean has(int more) throws IOException {
    return position + more < limit || fill(more);
  }

  private boolean fill(int more) throws IOException {
    while (position + more >= limit) {
      if (position > 0) {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
      } else if (limit == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int read = source.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }
}
