package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * How an image becomes a sample: the shorter side is scaled to {@code resize} pixels, the centre
 * cropped to the sample's size, and each value in 0..255 becomes (value / 255 - mean) / std.
 *
 * @param resize pixels of the shorter side; absent means the sample's longer side
 * @param crop side that the crop is said to have; must then be that of the sample
 * @param mean one value for all channels, or one for each
 * @param std likewise, each above 0
 */
public record ImageTransform(
    OptionalInt resize, OptionalInt crop, List<Float> mean, List<Float> std) {
  /** Maps 0..255 to [-1, 1] and scales no further than to the sample's size. */
  public static final ImageTransform DEFAULT =
      new ImageTransform(OptionalInt.empty(), OptionalInt.empty(), List.of(0.5f), List.of(0.5f));

  public ImageTransform {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (std.stream().anyMatch(value -> !(value > 0))) { // also rejects NaN
      throw new IllegalArgumentException("image_std must be above 0, found " + std);
    }
  }

  /**
   * Makes sure that the transform yields samples of this shape.
   *
   * @throws IllegalArgumentException saying which setting is in the way
   */
  void requireFit(Shape shape) {
    if (shape.rank() != 3 || (shape.dim(0) != 1 && shape.dim(0) != 3)) {
      throw new IllegalArgumentException(
          "input_shape: images need 1,HEIGHT,WIDTH (grey) or 3,HEIGHT,WIDTH (RGB), found " + shape);
    }
    int longer = Math.max(shape.dim(1), shape.dim(2));
    if (crop.isPresent() && (crop.getAsInt() != shape.dim(1) || crop.getAsInt() != shape.dim(2))) {
      throw new IllegalArgumentException(
          "image_crop: %d gives %dx%d images, but the input shape is %s; set --image-crop and"
                  .formatted(crop.getAsInt(), crop.getAsInt(), crop.getAsInt(), shape)
              + " --image-resize to what the network was trained with");
    }
    if (resize.isPresent() && resize.getAsInt() < longer) {
      throw new IllegalArgumentException(
          "image_resize: %d is smaller than the %d pixels to crop; set it to at least that"
              .formatted(resize.getAsInt(), longer));
    }
    requireChannels(shape);
  }

  /**
   * Makes sure that there is a mean and a standard deviation for each channel.
   *
   * @throws IllegalArgumentException if not
   */
  void requireChannels(Shape shape) {
    for (List<Float> values : List.of(mean, std)) {
      if (values.size() != 1 && values.size() != shape.dim(0)) {
        throw new IllegalArgumentException(
            "image_mean and image_std: expected 1 or %d values for shape %s, found %s"
                .formatted(shape.dim(0), shape, values));
      }
    }
  }

  /** Writes the sample that an image makes to {@code target} from {@code offset}. */
  void apply(RasterImage image, Shape shape, float[] target, int offset) {
    int shorter = resize.orElse(Math.max(shape.dim(1), shape.dim(2)));
    RasterImage scaled = scaled(image, shorter);
    // As torchvision's CenterCrop, which rounds halves to even.
    int top = (int) Math.rint((scaled.height() - shape.dim(1)) / 2.0);
    int left = (int) Math.rint((scaled.width() - shape.dim(2)) / 2.0);
    int next = offset;
    for (int channel = 0; channel < shape.dim(0); channel++) {
      for (int y = 0; y < shape.dim(1); y++) {
        for (int x = 0; x < shape.dim(2); x++) {
          target[next++] = normalised(scaled.value(left + x, top + y, channel), channel);
        }
      }
    }
  }

  /** Returns what a value in 0..255 becomes. */
  float normalised(float value, int channel) {
    float channelMean = mean.get(mean.size() == 1 ? 0 : channel);
    float channelStd = std.get(std.size() == 1 ? 0 : channel);
    return (value / 255f - channelMean) / channelStd;
  }

  private static RasterImage scaled(RasterImage image, int shorter) {
    int width = image.width();
    int height = image.height();
    // Multiplied before it is divided, and cut off, as in torchvision's Resize.
    return width <= height
        ? AntialiasedResize.resize(image, shorter, longer(shorter, height, width))
        : AntialiasedResize.resize(image, longer(shorter, width, height), shorter);
  }

  private static int longer(int shorter, int longSide, int shortSide) {
    return Math.toIntExact((long) shorter * longSide / shortSide);
  }
}
