package io.edgefrontier.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stored tensor: dense, row-major, little-endian, immutable, equal by content.
 *
 * <p>Two nodes that hold the same instance share it in the archive too.
 */
public final class Tensor {
  private final TensorType type;
  private final byte[] bytes;

  private Tensor(TensorType type, byte[] bytes) {
    if (bytes.length != type.bytes()) {
      throw new IllegalArgumentException(
          "tensor " + type + " needs " + type.bytes() + " bytes, got " + bytes.length);
    }
    this.type = type;
    this.bytes = bytes;
  }

  /** Returns a float32 tensor; {@code values} is copied. */
  public static Tensor ofFloats(Shape shape, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return new Tensor(new TensorType(DType.FLOAT32, shape), buffer.array());
  }

  /** Returns a tensor over little-endian elements of {@code dtype}; {@code bytes} is copied. */
  public static Tensor ofBytes(DType dtype, Shape shape, byte[] bytes) {
    return new Tensor(new TensorType(dtype, shape), bytes.clone());
  }

  public TensorType type() {
    return type;
  }

  public DType dtype() {
    return type.dtype();
  }

  public Shape shape() {
    return type.shape();
  }

  /** Returns a read-only little-endian view of the stored bytes. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns a copy of the values, widened to float32 where they are narrower.
   *
   * @throws IllegalStateException if the type is not a floating-point one
   */
  public float[] toFloats() {
    ByteBuffer buffer = buffer();
    int count = Math.toIntExact(shape().elements());
    float[] values = new float[count];
    switch (dtype()) {
      case FLOAT32 -> buffer.asFloatBuffer().get(values);
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[i] = HalfFloats.fromBfloat16(buffer.getShort(2 * i));
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[i] = HalfFloats.fromFloat16(buffer.getShort(2 * i));
        }
      }
      default -> throw new IllegalStateException("not a floating-point tensor: " + type);
    }
    return values;
  }

  /** Returns this tensor converted to a floating-point {@code dtype}, rounding half to even. */
  public Tensor to(DType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    float[] values = toFloats();
    if (dtype == DType.FLOAT32) {
      return ofFloats(shape(), values);
    }
    ByteBuffer out = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (dtype) {
        case BFLOAT16 -> out.putShort(HalfFloats.toBfloat16(value));
        case FLOAT16 -> out.putShort(HalfFloats.toFloat16(value));
        default -> throw new IllegalArgumentException("cannot convert " + type + " to " + dtype);
      }
    }
    return new Tensor(new TensorType(dtype, shape()), out.array());
  }

  /**
   * Returns the slices {@code indices} of axis {@code axis}, in that order.
   *
   * @throws IndexOutOfBoundsException if an index is outside the axis
   */
  public Tensor select(int axis, int[] indices) {
    int index = shape().axis(axis);
    int outer = 1;
    for (int i = 0; i < index; i++) {
      outer *= shape().dim(i);
    }
    int size = shape().dim(index);
    int block = bytes.length / outer / size;
    ByteBuffer out = ByteBuffer.allocate(outer * indices.length * block);
    for (int o = 0; o < outer; o++) {
      for (int i : indices) {
        if (i < 0 || i >= size) {
          throw new IndexOutOfBoundsException("index " + i + " is outside axis of " + size);
        }
        out.put(bytes, (o * size + i) * block, block);
      }
    }
    return new Tensor(type.with(shape().with(index, indices.length)), out.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type.equals(that.type)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Tensor[" + type + "]";
  }
}
