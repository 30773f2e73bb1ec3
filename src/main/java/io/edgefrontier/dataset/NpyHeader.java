package io.edgefrontier.dataset;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands before the elements of a NumPy array (formats 1 to 3): magic bytes, version, the
 * length of a dictionary, the dictionary.
 *
 * @param shape each dimension at least 1
 * @param length bytes before the first element
 */
record NpyHeader(NpyType type, List<Long> shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_DICTIONARY = 1 << 16;

  /** More elements than any array that fits on a disk, and few enough to count in bytes. */
  private static final long MAX_ELEMENTS = 1L << 50;

  /**
   * Reads a header and nothing behind it.
   *
   * @throws IOException saying what is wrong, without the file's name
   */
  static NpyHeader read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    try {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException("is no NumPy array: its first bytes are not \\x93NUMPY");
      }
      int version = in.readUnsignedByte();
      in.readUnsignedByte(); // minor version
      if (version < 1 || version > 3) {
        throw new IOException("format version %d, expected 1, 2 or 3".formatted(version));
      }
      int sizeBytes = version == 1 ? 2 : 4;
      long size = littleEndian(in, sizeBytes);
      if (size > MAX_DICTIONARY) {
        throw new IOException("header of %d bytes, expected at most 65536".formatted(size));
      }
      byte[] text = new byte[(int) size];
      in.readFully(text);
      return of(
          NpyLiteral.parse(new String(text, StandardCharsets.UTF_8)),
          MAGIC.length + 2 + sizeBytes + (int) size);
    } catch (EOFException e) {
      throw new IOException("truncated: the array ends within its header", e);
    }
  }

  private static long littleEndian(DataInputStream in, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) in.readUnsignedByte() << (8 * i);
    }
    return value;
  }

  private static NpyHeader of(Map<String, Object> values, int length) throws IOException {
    if (!values.keySet().equals(Set.of("descr", "fortran_order", "shape"))
        || !(values.get("descr") instanceof String descr)
        || !(values.get("fortran_order") instanceof Boolean fortran)
        || !(values.get("shape") instanceof List<?> dims)) {
      throw new IOException(
          "header: expected descr (one type), fortran_order and shape, found " + values);
    }
    List<Long> shape = dims.stream().map(Long.class::cast).toList();
    NpyType type =
        NpyType.of(descr)
            .orElseThrow(
                () ->
                    new IOException(
                        "element type '%s', expected little-endian %s; convert it with astype"
                            .formatted(descr, NpyType.codes())));
    if (fortran && shape.size() > 1) {
      throw new IOException(
          "is in Fortran order; save numpy.ascontiguousarray of it, which is in C order");
    }
    long elements = 1;
    for (long dim : shape) {
      if (dim < 1 || elements > MAX_ELEMENTS / dim) {
        throw new IOException("shape %s: expected dimensions >= 1".formatted(shape));
      }
      elements *= dim;
    }
    return new NpyHeader(type, shape, length);
  }

  /** Returns the elements of one row, which the first dimension counts. */
  long rowElements() {
    return shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
  }

  /** Returns the bytes of header and elements together. */
  long totalBytes() {
    return length + shape.stream().reduce((long) type.bytes(), (a, b) -> a * b);
  }
}
