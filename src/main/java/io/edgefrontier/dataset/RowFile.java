package io.edgefrontier.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows of numbers in a file, all of one length, of which one at a time is in memory. The file stays
 * open for as long as anybody has the rows.
 */
final class RowFile {
  private final String name;
  // Not a channel: an interrupt of the thread that reads ahead would close it for good.
  private final RandomAccessFile file;
  private final long offset;
  private final NpyType type;
  private final int rowElements;

  /**
   * Opens rows within a file.
   *
   * @param name of the rows in messages
   * @param offset of the first row
   * @throws IOException if the file cannot be opened
   */
  RowFile(String name, Path path, long offset, NpyType type, int rowElements) throws IOException {
    this.name = name;
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.offset = offset;
    this.type = type;
    this.rowElements = rowElements;
  }

  /** As the constructor, of a file of our own that is to vanish with the process at the latest. */
  static RowFile temporary(String name, Path path, long offset, NpyType type, int rowElements)
      throws IOException {
    RowFile rows = new RowFile(name, path, offset, type, rowElements);
    try {
      Files.delete(path); // an open file without a name goes away even when the process is killed
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // a system that keeps the name of an open file
    }
    return rows;
  }

  /** Reads one row to {@code target} from {@code start}; as {@link SampleReader#read}. */
  void read(int row, float[] target, int start) throws IOException {
    ByteBuffer values = bytes(row);
    for (int i = 0; i < rowElements; i++) {
      target[start + i] = (float) type.get(values);
    }
  }

  /** Reads one row without rounding it to float32. */
  void read(int row, double[] target) throws IOException {
    ByteBuffer values = bytes(row);
    for (int i = 0; i < rowElements; i++) {
      target[i] = type.get(values);
    }
  }

  private synchronized ByteBuffer bytes(int row) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(rowElements, type.bytes())];
    try {
      file.seek(offset + (long) row * bytes.length);
      file.readFully(bytes);
    } catch (EOFException e) {
      throw new IOException("%s: row %d: the file ends before it".formatted(name, row), e);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
