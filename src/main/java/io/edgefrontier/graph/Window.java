package io.edgefrontier.graph;

/**
 * How a kernel slides over height and width: shared by convolution and pooling.
 *
 * @param kernel at least 1 x 1
 * @param stride at least 1 x 1
 * @param padding implicit border on each side, at least 0
 * @param dilation at least 1 x 1
 */
public record Window(Size2d kernel, Size2d stride, Size2d padding, Size2d dilation) {
  public Window {
    requireAtLeast(1, kernel, "kernel");
    requireAtLeast(1, stride, "stride");
    requireAtLeast(0, padding, "padding");
    requireAtLeast(1, dilation, "dilation");
  }

  /** Returns a square window without dilation. */
  public static Window square(int kernel, int stride, int padding) {
    return new Window(Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding), Size2d.of(1));
  }

  /**
   * Returns the positions that the kernel takes over an input.
   *
   * @param ceil whether a last partial window counts, as PyTorch's ceil_mode
   * @throws IllegalArgumentException if the kernel does not fit
   * @throws ArithmeticException if there are more than an int can count
   */
  Size2d positions(int height, int width, boolean ceil) {
    return new Size2d(
        positions(height, kernel.h(), stride.h(), padding.h(), dilation.h(), ceil),
        positions(width, kernel.w(), stride.w(), padding.w(), dilation.w(), ceil));
  }

  private int positions(int in, int kernel, int stride, int padding, int dilation, boolean ceil) {
    long room = in + 2L * padding - (long) dilation * (kernel - 1) - 1;
    if (room < 0) {
      throw new IllegalArgumentException(
          "window %s does not fit an input of %d".formatted(this, in));
    }
    long count = room / stride + 1;
    // PyTorch drops a partial window that would start in the right-hand padding.
    if (ceil && room % stride != 0 && count * stride < (long) in + padding) {
      count++;
    }
    return Math.toIntExact(count);
  }

  private static void requireAtLeast(int least, Size2d size, String what) {
    if (size.h() < least || size.w() < least) {
      throw new IllegalArgumentException(what + " must be >= " + least + ", got " + size);
    }
  }
}
