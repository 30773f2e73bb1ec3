package io.edgefrontier.dataset;

/**
 * Bilinear scaling of one channel, with the sampling positions of PyTorch's {@code interpolate(...,
 * mode="bilinear", align_corners=False)}.
 */
final class BilinearResize {
  private final int inWidth;
  private final Axis vertical;
  private final Axis horizontal;

  BilinearResize(int inHeight, int inWidth, int outHeight, int outWidth) {
    this.inWidth = inWidth;
    this.vertical = Axis.of(inHeight, outHeight);
    this.horizontal = Axis.of(inWidth, outWidth);
  }

  /**
   * Scales one image.
   *
   * @param in row-major, inHeight x inWidth
   * @param out receives outHeight x outWidth values from {@code offset}
   */
  void resize(float[] in, float[] out, int offset) {
    int target = offset;
    for (int y = 0; y < vertical.size(); y++) {
      int upper = vertical.low[y] * inWidth;
      int lower = vertical.high[y] * inWidth;
      for (int x = 0; x < horizontal.size(); x++) {
        float above =
            horizontal.mix(in[upper + horizontal.low[x]], in[upper + horizontal.high[x]], x);
        float below =
            horizontal.mix(in[lower + horizontal.low[x]], in[lower + horizontal.high[x]], x);
        out[target++] = vertical.mix(above, below, y);
      }
    }
  }

  /** For each output position the two input positions between which it lies. */
  private static final class Axis {
    private final int[] low;
    private final int[] high;
    private final float[] highShare;

    private Axis(int outSize) {
      low = new int[outSize];
      high = new int[outSize];
      highShare = new float[outSize];
    }

    static Axis of(int inSize, int outSize) {
      Axis axis = new Axis(outSize);
      double scale = (double) inSize / outSize;
      for (int i = 0; i < outSize; i++) {
        // Pixel centres are at half-integers; before the first centre, its value holds.
        double position = Math.max(0, (i + 0.5) * scale - 0.5);
        axis.low[i] = Math.min((int) position, inSize - 1);
        axis.high[i] = Math.min(axis.low[i] + 1, inSize - 1);
        axis.highShare[i] = (float) (position - axis.low[i]);
      }
      return axis;
    }

    int size() {
      return low.length;
    }

    float mix(float atLow, float atHigh, int position) {
      return atLow + (atHigh - atLow) * highShare[position];
    }
  }
}
