package io.edgefrontier.graph;

/** Element type of a tensor, with the size that one element takes in memory and in an archive. */
public enum DType {
  FLOAT32(4),
  BFLOAT16(2),
  FLOAT16(2),
  INT8(1),
  /** Affine 8-bit activation: {@code real = scale * (stored - zeroPoint)}. */
  QUINT8(1),
  INT32(4),
  INT64(8),
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes that one element takes. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether this is one of the floating-point types. */
  public boolean isFloat() {
    return this == FLOAT32 || this == BFLOAT16 || this == FLOAT16;
  }
}
