package io.edgefrontier.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the entries of a zip file lie, so that uncompressed ones can be read from any place, which
 * {@link java.util.zip.ZipFile} does not allow. Large files (zip64) are understood.
 */
final class ZipDirectory {
  /** The method of entries that are not compressed. */
  static final int STORED = 0;

  /** The only method of compression that is read. */
  static final int DEFLATED = 8;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LARGE_LOCATOR = 0x07064b50;
  private static final int LARGE_LOCATOR_BYTES = 20;
  private static final int LARGE_END = 0x06064b50;
  private static final int LARGE_END_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_DIRECTORY = 1 << 20; // some ten thousand entries
  private static final long IN_EXTRA = 0xffffffffL;

  private final Path path;
  private final RandomAccessFile file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ZipDirectory(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * One entry.
   *
   * @param offset of its first byte, in the zip file
   * @param storedBytes that it takes there
   * @param size once it is decompressed
   */
  record Entry(int method, long offset, long storedBytes, long size, int crc) {}

  /**
   * Returns the entries by name, in the directory's order.
   *
   * @throws IOException naming the file if it is no whole zip file, or is encrypted
   */
  static Map<String, Entry> read(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      ZipDirectory directory = new ZipDirectory(path, file);
      directory.readEntries();
      return directory.entries;
    } catch (EOFException e) {
      throw new IOException(path + ": truncated: its directory points behind its end", e);
    }
  }

  private void readEntries() throws IOException {
    ByteBuffer end = findEnd();
    long size = end.getInt(12) & IN_EXTRA;
    long offset = end.getInt(16) & IN_EXTRA;
    if (size == IN_EXTRA || offset == IN_EXTRA) {
      ByteBuffer large = largeEnd(file.length() - end.capacity());
      size = large.getLong(40);
      offset = large.getLong(48);
    }
    if (size < 0 || size > MAX_DIRECTORY || offset < 0 || offset > file.length() - size) {
      throw error("its directory lies outside the file, or is larger than 1 MiB");
    }
    ByteBuffer directory = bytes(offset, (int) size);
    while (directory.remaining() >= ENTRY_BYTES) {
      addEntry(directory);
    }
  }

  /** Returns the end record with all that follows it. */
  private ByteBuffer findEnd() throws IOException {
    int tail = (int) Math.min(file.length(), END_BYTES + MAX_COMMENT);
    ByteBuffer bytes = bytes(file.length() - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (bytes.getInt(at) == END && (bytes.getShort(at + 20) & 0xffff) == tail - at - END_BYTES) {
        return bytes.slice(at, tail - at).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw error("is no zip file, or truncated");
  }

  private ByteBuffer largeEnd(long end) throws IOException {
    ByteBuffer locator = bytes(end - LARGE_LOCATOR_BYTES, LARGE_LOCATOR_BYTES);
    if (locator.getInt(0) != LARGE_LOCATOR) {
      throw error("damaged: the end of a large directory is missing");
    }
    ByteBuffer large = bytes(locator.getLong(8), LARGE_END_BYTES);
    if (large.getInt(0) != LARGE_END) {
      throw error("damaged: the end of a large directory is not where it should be");
    }
    return large;
  }

  private void addEntry(ByteBuffer directory) throws IOException {
    int at = directory.position();
    int nameBytes = directory.getShort(at + 28) & 0xffff;
    int extraBytes = directory.getShort(at + 30) & 0xffff;
    int commentBytes = directory.getShort(at + 32) & 0xffff;
    int total = ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
    if (directory.getInt(at) != ENTRY || total > directory.remaining()) {
      throw error("damaged directory");
    }
    byte[] name = new byte[nameBytes];
    directory.get(at + ENTRY_BYTES, name);
    ByteBuffer extra =
        directory.slice(at + ENTRY_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
    Entry entry = entry(directory.slice(at, ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN), extra);
    String text = new String(name, StandardCharsets.UTF_8);
    if (entries.put(text, entry) != null) {
      throw error("has two entries '" + text + "'");
    }
    directory.position(at + total);
  }

  private Entry entry(ByteBuffer fixed, ByteBuffer extra) throws IOException {
    if ((fixed.getShort(8) & 1) != 0) {
      throw error("is encrypted; save it without a password");
    }
    ByteBuffer large = large(extra);
    long size = number(fixed.getInt(24), large);
    long storedBytes = number(fixed.getInt(20), large);
    long header = number(fixed.getInt(42), large);
    ByteBuffer local = bytes(header, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL) {
      throw error("damaged: an entry is not where the directory says");
    }
    long offset =
        header + LOCAL_BYTES + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    if (size < 0 || storedBytes < 0 || offset > file.length() - storedBytes) {
      throw error("truncated: an entry ends behind the file's end");
    }
    return new Entry(fixed.getShort(10) & 0xffff, offset, storedBytes, size, fixed.getInt(16));
  }

  /** Returns the field of the numbers that take more than 32 bits, or nothing. */
  private static ByteBuffer large(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      if (id == 1) {
        return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private long number(int small, ByteBuffer large) throws IOException {
    if ((small & IN_EXTRA) != IN_EXTRA) {
      return small & IN_EXTRA;
    }
    if (large.remaining() < 8) {
      throw error("damaged: a large number is missing");
    }
    return large.getLong();
  }

  private ByteBuffer bytes(long offset, int count) throws IOException {
    if (offset < 0) {
      throw error("damaged: it points before its beginning");
    }
    byte[] bytes = new byte[count];
    file.seek(offset);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private IOException error(String what) {
    return new IOException(path + ": " + what);
  }
}
