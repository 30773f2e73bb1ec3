package io.edgefrontier.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.ImageTransform;
import io.edgefrontier.graph.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSettingsTest {
  private static final Map<SettingKey, String> IMAGES =
      Map.of(SettingKey.DATASET, "images:val", SettingKey.INPUT_SHAPE, "3,224,224");

  @Test
  void theDefaultIsDigitsInTheirOwnShapeWithAccuracy() {
    DataSettings data = Settings.of(Map.of()).data();
    assertEquals(Optional.of("digits"), data.dataset());
    assertEquals(Optional.empty(), data.inputShape());
    assertEquals(ImageTransform.DEFAULT, data.images());
    assertTrue(data.accuracy());
  }

  @Test
  void aPresetSetsEveryImageSetting() {
    DataSettings data = with(IMAGES, Map.of(SettingKey.IMAGE_PRESET, "imagenet"));
    assertEquals(Optional.of(Shape.of(3, 224, 224)), data.inputShape());
    assertEquals(
        new ImageTransform(
            OptionalInt.of(256),
            OptionalInt.of(224),
            List.of(0.485f, 0.456f, 0.406f),
            List.of(0.229f, 0.224f, 0.225f)),
        data.images());
  }

  @Test
  void singleSettingsOverrideAPreset() {
    DataSettings data =
        with(
            IMAGES,
            Map.of(
                SettingKey.IMAGE_PRESET, "imagenet",
                SettingKey.IMAGE_RESIZE, "232",
                SettingKey.IMAGE_STD, "0.5, 0.5, 0.5"));
    assertEquals(OptionalInt.of(232), data.images().resize());
    assertEquals(OptionalInt.of(224), data.images().crop());
    assertEquals(List.of(0.485f, 0.456f, 0.406f), data.images().mean());
    assertEquals(List.of(0.5f, 0.5f, 0.5f), data.images().std(), "equal values are allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INPUT_SHAPE  | 3,0,224  | input_shape (--input-shape): expected dimensions >= 1",
        "INPUT_SHAPE  | three    | input_shape (--input-shape): expected dimensions >= 1",
        "IMAGE_PRESET | cifar    | image_preset (--image-preset): expected imagenet or null, found",
        "IMAGE_RESIZE | 0        | image_resize (--image-resize): expected a whole number >= 1",
        "IMAGE_CROP   | wide     | image_crop (--image-crop): expected a whole number >= 1",
        "IMAGE_MEAN   | 0.5,,0.5 | image_mean (--image-mean): expected one finite number",
        "IMAGE_MEAN   | NaN      | image_mean (--image-mean): expected one finite number",
        "IMAGE_STD    | 0.5,0    | image_std (--image-std): expected one finite number"
      })
  void aBadValueIsAnErrorThatNamesTheSetting(String key, String value, String message) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> with(IMAGES, Map.of(SettingKey.valueOf(key), value)));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }

  @Test
  void imageSettingsOfOtherDatasetsAreRefusedRatherThanPassedOver() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> with(Map.of(SettingKey.IMAGE_MEAN, "0.1"), Map.of()));
    assertEquals(
        "image_mean (--image-mean): expected nothing with the dataset 'digits': only images:, idx:,"
            + " mnist, fashion-mnist, cifar10 looks at it, found '0.1'",
        error.getMessage());
    Map<SettingKey, String> mnist = Map.of(SettingKey.DATASET, "idx:DIR");
    assertEquals(
        List.of(0.1307f), with(mnist, Map.of(SettingKey.IMAGE_MEAN, "0.1307")).images().mean());
    assertThrows(
        IllegalArgumentException.class,
        () -> with(mnist, Map.of(SettingKey.IMAGE_PRESET, "imagenet")));
  }

  @Test
  void withoutAccuracyAnArchiveNeedsItsShapeAndNoDataset() {
    Map<SettingKey, String> archive =
        Map.of(SettingKey.MODEL, "net.pt", SettingKey.ACCURACY, "false");
    Settings settings = Settings.of(merged(archive, Map.of(SettingKey.INPUT_SHAPE, "3x32x32")));
    assertEquals(Optional.empty(), settings.data().dataset());
    assertFalse(settings.data().accuracy());
    assertEquals("none", settings.texts().get(SettingKey.DATASET));
    assertEquals(settings.data(), Settings.of(settings.texts()).data(), "as the run keeps it");
    var error = assertThrows(IllegalArgumentException.class, () -> with(archive, Map.of()));
    assertEquals(
        "input_shape (--input-shape): expected the shape of a sample, such as 3,224,224, since no"
            + " dataset tells it, found 'null'",
        error.getMessage());
    assertEquals(
        Optional.of("digits"),
        with(archive, Map.of(SettingKey.DATASET, "digits")).dataset(),
        "a dataset that is given serves calibration");
  }

  @Test
  void withoutAccuracyBuiltInNetworksKeepTheDataThatTheyAreTrainedOn() {
    assertEquals(
        Optional.of("digits"), with(Map.of(SettingKey.ACCURACY, "false"), Map.of()).dataset());
  }

  @Test
  void accuracyNeedsADataset() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> with(Map.of(SettingKey.DATASET, "none"), Map.of()));
    assertEquals(
        "dataset (--dataset): expected a dataset, or none together with --no-accuracy, found"
            + " 'none'",
        error.getMessage());
  }

  private static DataSettings with(Map<SettingKey, String> some, Map<SettingKey, String> more) {
    return Settings.of(merged(some, more)).data();
  }

  private static Map<SettingKey, String> merged(
      Map<SettingKey, String> some, Map<SettingKey, String> more) {
    Map<SettingKey, String> merged = new EnumMap<>(SettingKey.class);
    merged.putAll(some);
    merged.putAll(more);
    return merged;
  }
}
