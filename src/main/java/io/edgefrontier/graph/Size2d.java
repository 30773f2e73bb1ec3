package io.edgefrontier.graph;

/** Height and width of a kernel, stride, padding or dilation. */
public record Size2d(int h, int w) {

  /** Returns the square {@code size} x {@code size}. */
  public static Size2d of(int size) {
    return new Size2d(size, size);
  }
}
