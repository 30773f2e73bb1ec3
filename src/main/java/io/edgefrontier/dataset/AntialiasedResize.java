package io.edgefrontier.dataset;

/**
 * Bilinear scaling of interleaved 8-bit images with antialiasing: where an image shrinks, the
 * triangle filter widens with it, as in Pillow and in torchvision on its images. The result is
 * Pillow's to the bit: one pass per direction, weights in fixed point, 8 bits between the passes.
 */
final class AntialiasedResize {
  private static final int WEIGHT_BITS = 22;
  private static final int HALF = 1 << (WEIGHT_BITS - 1);

  private AntialiasedResize() {}

  /** Returns the image at another size, each side at least 1. */
  static RasterImage resize(RasterImage image, int width, int height) {
    RasterImage across =
        width == image.width() ? image : horizontally(image, new Axis(image.width(), width));
    return height == image.height() ? across : vertically(across, new Axis(image.height(), height));
  }

  private static RasterImage horizontally(RasterImage in, Axis axis) {
    int channels = in.channels();
    byte[] out = new byte[axis.size() * in.height() * channels];
    int target = 0;
    for (int y = 0; y < in.height(); y++) {
      int row = y * in.width() * channels;
      for (int x = 0; x < axis.size(); x++) {
        for (int c = 0; c < channels; c++) {
          out[target++] = axis.mix(in.bytes(), row + c, channels, x);
        }
      }
    }
    return new RasterImage(axis.size(), in.height(), channels, out);
  }

  private static RasterImage vertically(RasterImage in, Axis axis) {
    int rowLength = in.width() * in.channels();
    byte[] out = new byte[rowLength * axis.size()];
    int target = 0;
    for (int y = 0; y < axis.size(); y++) {
      for (int i = 0; i < rowLength; i++) {
        out[target++] = axis.mix(in.bytes(), i, rowLength, y);
      }
    }
    return new RasterImage(in.width(), axis.size(), in.channels(), out);
  }

  /** For each output position the input positions that it mixes, and their weights. */
  private static final class Axis {
    private final int[] first;
    private final int[][] weights;

    Axis(int inSize, int outSize) {
      first = new int[outSize];
      weights = new int[outSize][];
      double scale = (double) inSize / outSize;
      double reach = Math.max(scale, 1);
      for (int i = 0; i < outSize; i++) {
        // Pixel centres are at half-integers.
        double centre = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (centre - reach + 0.5));
        int end = Math.min(inSize, (int) (centre + reach + 0.5));
        weights[i] = weights(first[i], end, centre, reach);
      }
    }

    private static int[] weights(int from, int to, double centre, double reach) {
      double[] exact = new double[to - from];
      double sum = 0;
      for (int i = 0; i < exact.length; i++) {
        exact[i] = Math.max(0, 1 - Math.abs((from + i - centre + 0.5) / reach));
        sum += exact[i];
      }
      int[] fixed = new int[exact.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (exact[i] / sum * (1 << WEIGHT_BITS) + 0.5);
      }
      return fixed;
    }

    int size() {
      return first.length;
    }

    byte mix(byte[] values, int start, int stride, int position) {
      int[] mixed = weights[position];
      int sum = HALF;
      int index = start + first[position] * stride;
      for (int weight : mixed) {
        sum += (values[index] & 0xff) * weight;
        index += stride;
      }
      return (byte) Math.min(255, sum >> WEIGHT_BITS);
    }
  }
}
