package io.edgefrontier.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Images whose values a formula gives, so that other programs can make the same ones. */
final class TestImages {
  private TestImages() {}

  /** Returns {@code (37 x + 59 y + 83 c + 7 x y) mod 256}. */
  static RasterImage pattern(int width, int height, int channels) {
    byte[] bytes = new byte[width * height * channels];
    int target = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          bytes[target++] = (byte) (37 * x + 59 * y + 83 * c + 7 * x * y);
        }
      }
    }
    return new RasterImage(width, height, channels, bytes);
  }

  /** Writes an RGB image of the pattern. */
  static Path write(Path file, int width, int height, int shift) throws IOException {
    Files.createDirectories(file.getParent());
    RasterImage pattern = pattern(width, height, 3);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | (pattern.value(x, y, c) + shift & 0xff);
        }
        image.setRGB(x, y, rgb);
      }
    }
    String name = file.getFileName().toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }
}
