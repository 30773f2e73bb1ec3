package io.edgefrontier.dataset;

import io.edgefrontier.graph.HalfFloats;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Element types of NumPy arrays that are read; all little-endian. */
enum NpyType {
  FLOAT16("f2", 2) {
    @Override
    double get(ByteBuffer bytes) {
      return HalfFloats.fromFloat16(bytes.getShort());
    }
  },
  FLOAT32("f4", 4) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  FLOAT64("f8", 8) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  },
  UINT8("u1", 1) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get() & 0xff;
    }
  },
  INT8("i1", 1) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  UINT16("u2", 2) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getShort() & 0xffff;
    }
  },
  INT16("i2", 2) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  INT32("i4", 4) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  INT64("i8", 8) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getLong();
    }
  };

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the bytes of one element. */
  int bytes() {
    return bytes;
  }

  /** Returns the next element of {@code bytes}, whose order is little-endian. */
  abstract double get(ByteBuffer bytes);

  /** Returns the type of a header's {@code descr}, such as {@code <f4}; empty for any other. */
  static Optional<NpyType> of(String descr) {
    return Arrays.stream(values())
        .filter(type -> descr.equals((type.bytes == 1 ? "|" : "<") + type.code))
        .findFirst();
  }

  /** Returns the codes of all types, for messages. */
  static String codes() {
    return Arrays.stream(values()).map(type -> type.code).collect(Collectors.joining(", "));
  }
}
