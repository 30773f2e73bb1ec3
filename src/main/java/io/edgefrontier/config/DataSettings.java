package io.edgefrontier.config;

import io.edgefrontier.dataset.ImageTransform;
import io.edgefrontier.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which samples are used, and for what.
 *
 * @param dataset as {@code --dataset} takes it; empty for none
 * @param inputShape of one sample, without the batch dimension; empty for the dataset's own
 * @param images how images become samples
 * @param accuracy whether accuracy is measured
 */
public record DataSettings(
    Optional<String> dataset, Optional<Shape> inputShape, ImageTransform images, boolean accuracy) {
  private static final String NONE = "none";
  private static final String NUMBERS =
      "one finite number for each channel, or one for all, std above 0";

  private static final List<SettingKey> SIZE_KEYS =
      List.of(SettingKey.IMAGE_PRESET, SettingKey.IMAGE_RESIZE, SettingKey.IMAGE_CROP);
  private static final List<SettingKey> VALUE_KEYS =
      List.of(SettingKey.IMAGE_MEAN, SettingKey.IMAGE_STD);

  /** Kinds of datasets whose values are bytes. */
  private static final List<String> BYTES =
      List.of("images:", "idx:", "mnist", "fashion-mnist", "cifar10");

  /** What networks trained on ImageNet expect, as torchvision's references prepare it. */
  private static final Map<String, ImageTransform> PRESETS =
      Map.of(
          "imagenet",
          new ImageTransform(
              OptionalInt.of(256),
              OptionalInt.of(224),
              List.of(0.485f, 0.456f, 0.406f),
              List.of(0.229f, 0.224f, 0.225f)));

  static DataSettings of(SettingValues values) {
    boolean accuracy = values.bool(SettingKey.ACCURACY);
    Optional<String> dataset = Optional.of(spec(values)).filter(spec -> !spec.equals(NONE));
    Optional<Shape> shape = shape(values);
    if (dataset.isEmpty() && accuracy) {
      throw SettingValues.error(
          SettingKey.DATASET, NONE, "a dataset, or none together with --no-accuracy", null);
    }
    if (dataset.isEmpty() && shape.isEmpty()) {
      throw SettingValues.error(
          SettingKey.INPUT_SHAPE,
          values.text(SettingKey.INPUT_SHAPE),
          "the shape of a sample, such as 3,224,224, since no dataset tells it",
          null);
    }
    refuseImageKeys(values, dataset.orElse(NONE));
    return new DataSettings(dataset, shape, images(values), accuracy);
  }

  /**
   * Returns the dataset's name, or none. Without accuracy, networks that the user brings need no
   * samples, so those of the default are not theirs.
   */
  static String spec(SettingValues values) {
    boolean own =
        values.text(SettingKey.MODEL).endsWith(".pt")
            || values.optional(SettingKey.VARIANTS).isPresent();
    boolean needless =
        own && !values.bool(SettingKey.ACCURACY) && !values.isGiven(SettingKey.DATASET);
    return needless ? NONE : values.text(SettingKey.DATASET);
  }

  private static Optional<Shape> shape(SettingValues values) {
    return values
        .optional(SettingKey.INPUT_SHAPE)
        .map(
            text -> {
              try {
                return Shape.parse(text);
              } catch (IllegalArgumentException e) {
                throw SettingValues.error(
                    SettingKey.INPUT_SHAPE, text, "dimensions >= 1 such as 3,224,224", e);
              }
            });
  }

  /** What would have no effect is refused, since somebody expected it to have one. */
  private static void refuseImageKeys(SettingValues values, String dataset) {
    String kind = dataset.strip().toLowerCase(Locale.ROOT).replaceFirst(":.*", ":");
    if (!kind.equals("images:")) {
      refuse(values, SIZE_KEYS, dataset, "images:DIR");
    }
    if (!BYTES.contains(kind)) {
      refuse(values, VALUE_KEYS, dataset, String.join(", ", BYTES));
    }
  }

  private static void refuse(
      SettingValues values, List<SettingKey> keys, String dataset, String readers) {
    for (SettingKey key : keys) {
      if (values.isGiven(key)) {
        throw SettingValues.error(
            key,
            values.text(key),
            "nothing with the dataset '%s': only %s looks at it".formatted(dataset, readers),
            null);
      }
    }
  }

  private static ImageTransform images(SettingValues values) {
    ImageTransform preset = ImageTransform.DEFAULT;
    Optional<String> name = values.optional(SettingKey.IMAGE_PRESET);
    if (name.isPresent()) {
      preset = PRESETS.get(name.get());
      if (preset == null) {
        throw SettingValues.error(SettingKey.IMAGE_PRESET, name.get(), "imagenet or null", null);
      }
    }
    return new ImageTransform(
        size(values, SettingKey.IMAGE_RESIZE, preset.resize()),
        size(values, SettingKey.IMAGE_CROP, preset.crop()),
        perChannel(values, SettingKey.IMAGE_MEAN, preset.mean()),
        perChannel(values, SettingKey.IMAGE_STD, preset.std()));
  }

  private static OptionalInt size(SettingValues values, SettingKey key, OptionalInt preset) {
    return values.optional(key).isEmpty() ? preset : OptionalInt.of(values.integer(key, 1));
  }

  private static List<Float> perChannel(SettingValues values, SettingKey key, List<Float> preset) {
    Optional<String> text = values.optional(key);
    if (text.isEmpty()) {
      return preset;
    }
    List<Float> numbers = new ArrayList<>();
    for (String item : text.get().split(",", -1)) {
      try {
        numbers.add(Float.parseFloat(item.strip()));
      } catch (NumberFormatException e) {
        throw SettingValues.error(key, text.get(), NUMBERS, e);
      }
    }
    boolean positive = key != SettingKey.IMAGE_STD || numbers.stream().allMatch(std -> std > 0);
    if (!positive || numbers.stream().anyMatch(number -> !Float.isFinite(number))) {
      throw SettingValues.error(key, text.get(), NUMBERS, null);
    }
    return numbers;
  }
}
