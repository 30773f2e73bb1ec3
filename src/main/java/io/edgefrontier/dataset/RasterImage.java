package io.edgefrontier.dataset;

/** An 8-bit image: rows from the top, pixels from the left, the channels of a pixel together. */
final class RasterImage {
  private final int width;
  private final int height;
  private final int channels;
  private final byte[] bytes;

  /** Wraps {@code bytes}, height x width x channels of them; neither side writes to them again. */
  RasterImage(int width, int height, int channels, byte[] bytes) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bytes = bytes;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int channels() {
    return channels;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns a value in 0..255. */
  int value(int x, int y, int channel) {
    return bytes[(y * width + x) * channels + channel] & 0xff;
  }
}
