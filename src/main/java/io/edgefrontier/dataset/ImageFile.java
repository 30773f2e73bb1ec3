package io.edgefrontier.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** One PNG or JPEG file. */
final class ImageFile {
  /** Decoded as RGB 192 MiB. A small file can claim any size, so it is checked before decoding. */
  private static final long MAX_PIXELS = 1L << 26;

  private static final Set<String> FORMATS = Set.of("png", "jpeg", "jpg");

  private ImageFile() {}

  /** Returns whether the name ends like that of a PNG or JPEG file. */
  static boolean isNamed(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return FORMATS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * Decodes a file. Transparency is ignored; grey from colours is ITU-R 601-2 luma.
   *
   * @param channels 1 for grey, 3 for RGB
   * @throws IOException naming the file, if it is no image that Java can decode, or too large
   */
  static RasterImage read(Path file, int channels) throws IOException {
    try {
      return convert(decode(file), channels);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(file + ":")
          ? e
          : new IOException(file + ": unreadable image: " + e.getMessage() + remedy(), e);
    } catch (RuntimeException e) {
      // Decoders of the JDK throw these on damaged files.
      throw new IOException(file + ": unreadable image: " + e + remedy(), e);
    }
  }

  private static String remedy() {
    return "; expected a PNG or JPEG file in grey or RGB: convert it, or remove it";
  }

  private static BufferedImage decode(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file, or not a regular one; expected an image");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      ImageReader reader = readers.hasNext() ? readers.next() : null;
      if (reader == null || !FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        throw new IOException(file + ": neither PNG nor JPEG, whatever its name" + remedy());
      }
      try {
        reader.setInput(in, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
          throw new IOException(
              "%s: %d x %d pixels, expected at least 1 and at most %d; scale it down first"
                  .formatted(file, width, height, MAX_PIXELS));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static RasterImage convert(BufferedImage image, int channels) {
    ColorModel model = image.getColorModel();
    boolean plain =
        model instanceof ComponentColorModel && model.getTransferType() == DataBuffer.TYPE_BYTE;
    int type = model.getColorSpace().getType();
    byte[] bytes = new byte[image.getWidth() * image.getHeight() * channels];
    int[] row = new int[image.getWidth()];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      if (type == ColorSpace.TYPE_GRAY && model instanceof ComponentColorModel) {
        grey(image.getRaster(), model.getComponentSize(0) - 8, y, row);
      } else if (type == ColorSpace.TYPE_RGB && plain) {
        colours(image.getRaster(), y, row);
      } else {
        image.getRGB(0, y, row.length, 1, row, 0, row.length);
      }
      target = append(row, channels, bytes, target);
    }
    return new RasterImage(image.getWidth(), image.getHeight(), channels, bytes);
  }

  // Stored values as they are: Java would apply the gamma of its grey colour space, and embedded
  // colour profiles, neither of which training pipelines do.
  private static void grey(Raster raster, int excessBits, int y, int[] row) {
    raster.getSamples(0, y, row.length, 1, 0, row);
    for (int x = 0; x < row.length; x++) {
      row[x] = (row[x] >> excessBits) * 0x010101;
    }
  }

  private static void colours(Raster raster, int y, int[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] =
          raster.getSample(x, y, 0) << 16
              | raster.getSample(x, y, 1) << 8
              | raster.getSample(x, y, 2);
    }
  }

  private static int append(int[] row, int channels, byte[] bytes, int target) {
    for (int rgb : row) {
      int red = rgb >> 16 & 0xff;
      int green = rgb >> 8 & 0xff;
      int blue = rgb & 0xff;
      if (channels == 1) {
        bytes[target++] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
      } else {
        bytes[target++] = (byte) red;
        bytes[target++] = (byte) green;
        bytes[target++] = (byte) blue;
      }
    }
    return target;
  }
}
