package io.edgefrontier.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One IDX file of unsigned bytes: two zero bytes, the type 0x08, the number of dimensions, each
 * dimension as a big-endian 32-bit integer, then the values.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x08;

  /** As float32 in memory 1 GiB; MNIST's 60,000 images are 47 million values. */
  private static final long MAX_VALUES = 1L << 28;

  private final List<Integer> dims;
  private final byte[] values;

  private IdxFile(List<Integer> dims, byte[] values) {
    this.dims = List.copyOf(dims);
    this.values = values;
  }

  /**
   * Reads a file, through gzip if its name ends in {@code .gz}.
   *
   * @param rank number of dimensions that the file must have
   * @throws IOException naming the file, if it is not such a file, or shorter or longer than its
   *     header says
   */
  static IdxFile read(Path path, int rank) throws IOException {
    try (DataInputStream in = new DataInputStream(open(path))) {
      List<Integer> dims = readHeader(path, in, rank);
      int count =
          Math.toIntExact(dims.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b));
      // Grows as bytes arrive, so that a short file with a large header does not cost its memory.
      byte[] values = in.readNBytes(count);
      if (values.length < count) {
        throw new IOException(
            "%s: truncated: %d bytes of values, its header %s says %d"
                .formatted(path, values.length, dims, count));
      }
      if (in.read() >= 0) {
        throw new IOException(
            "%s: more than the %d bytes of values that its header %s says"
                .formatted(path, count, dims));
      }
      return new IdxFile(dims, values);
    } catch (EOFException e) {
      throw new IOException(path + ": truncated: the file ends before its header says", e);
    } catch (ZipException e) {
      throw new IOException(path + ": damaged gzip stream: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path path) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    if (!path.getFileName().toString().endsWith(".gz")) {
      return file;
    }
    try {
      return new GZIPInputStream(file, 1 << 16);
    } catch (IOException e) {
      file.close();
      throw new IOException(path + ": not a gzip file: " + e.getMessage(), e);
    }
  }

  private static List<Integer> readHeader(Path path, DataInputStream in, int rank)
      throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTES << 8 | rank;
    if (magic != expected) {
      throw new IOException(
          "%s: magic number 0x%08x, expected 0x%08x (IDX, unsigned bytes, %d dimensions)"
              .formatted(path, magic, expected, rank));
    }
    List<Integer> dims = new ArrayList<>();
    long product = 1;
    for (int i = 0; i < rank; i++) {
      int dim = in.readInt();
      // Checked in every step, so that the product cannot overflow.
      if (dim < 1 || product * dim > MAX_VALUES) {
        throw new IOException(
            "%s: dimensions %s, %d; each must be >= 1 and their product <= %d"
                .formatted(path, dims, dim, MAX_VALUES));
      }
      product *= dim;
      dims.add(dim);
    }
    return dims;
  }

  List<Integer> dims() {
    return dims;
  }

  /** Returns the number of values. */
  int count() {
    return values.length;
  }

  /** Returns one value, in 0..255. */
  int value(int index) {
    return values[index] & 0xff;
  }
}
