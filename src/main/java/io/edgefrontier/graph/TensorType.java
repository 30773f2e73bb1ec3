package io.edgefrontier.graph;

/** What is known of a value before it is computed: its element type and shape. */
public record TensorType(DType dtype, Shape shape) {

  /** Returns the bytes of one such tensor, dense. */
  public long bytes() {
    return Math.multiplyExact(shape.elements(), (long) dtype.bytes());
  }

  /** Returns this type with another shape. */
  public TensorType with(Shape newShape) {
    return new TensorType(dtype, newShape);
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
