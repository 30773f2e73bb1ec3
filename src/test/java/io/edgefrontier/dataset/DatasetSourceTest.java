package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSourceTest {

  @Test
  void digitsAreImagesOfTenClassesBetweenMinusOneAndOne() throws IOException {
    DataSplit digits = DatasetSource.load("digits", 7);
    assertEquals("digits", digits.name());
    assertEquals(Shape.of(1, 28, 28), digits.training().shape());
    assertEquals(10, digits.training().classes());
    assertEquals(1797, digits.training().count() + digits.validation().count());
    float[] values = digits.validation().values(0, digits.validation().count());
    for (float value : values) {
      assertTrue(value >= -1 && value <= 1, () -> "value " + value);
    }
  }

  // The file's first line is a 0 that starts with the pixels 0, 0, 5, 13.
  @Test
  void digitsAreScaledBilinearly() throws IOException {
    Samples digits = Digits.load();
    float[] zero = digits.values(0, 1);
    assertEquals(0, digits.label(0));
    assertEquals(-1, zero[0]);
    // Output pixel 5 lies at (5 + 0.5) * 8 / 28 - 0.5 = 15 / 14, between the second and the third.
    assertEquals((5 / 14.0 / 16 - 0.5) / 0.5, zero[5], 1e-6);
  }

  @Test
  void aFifthOfEachClassIsHeldOut() throws IOException {
    DataSplit digits = DatasetSource.load("digits", 7);
    int[] training = perClass(digits.training());
    int[] validation = perClass(digits.validation());
    for (int label = 0; label < 10; label++) {
      assertEquals(0.2, validation[label] / (double) (training[label] + validation[label]), 0.003);
    }
  }

  @Test
  void theTwoPartsShareNoSample() throws IOException {
    DataSplit digits = DatasetSource.load("digits", 7);
    Set<String> training = new HashSet<>();
    for (int i = 0; i < digits.training().count(); i++) {
      training.add(Arrays.toString(digits.training().values(i, i + 1)));
    }
    for (int i = 0; i < digits.validation().count(); i++) {
      assertFalse(training.contains(Arrays.toString(digits.validation().values(i, i + 1))));
    }
  }

  @Test
  void theSeedDecidesTheSplit() throws IOException {
    Samples first = DatasetSource.load("digits", 7).validation();
    Samples again = DatasetSource.load("Digits", 7).validation();
    Samples other = DatasetSource.load("digits", 8).validation();
    assertArrayEquals(first.values(0, first.count()), again.values(0, again.count()));
    assertFalse(Arrays.equals(first.values(0, 50), other.values(0, 50)));
  }

  @Test
  void anyBeginningOfThePartsIsMixed() throws IOException {
    for (int count : perClass(DatasetSource.load("digits", 7).training().first(200))) {
      assertTrue(count > 5, () -> "a class has only " + count + " of the first 200 samples");
    }
  }

  @Test
  void unknownNameListsTheChoices() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> DatasetSource.load("imagenet", 7));
    assertEquals(
        "unknown dataset 'imagenet'; available: digits, mnist, fashion-mnist, cifar10, idx:DIR,"
            + " images:DIR, npz:FILE, csv:FILE",
        error.getMessage());
  }

  @Test
  void aShapeMustBeTheDatasetsOwn() throws IOException {
    Shape own = Shape.of(1, 28, 28);
    assertEquals(own, DatasetSource.load(digits(own), Downloads.NONE).validation().shape());
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> DatasetSource.load(digits(Shape.of(3, 28, 28)), Downloads.NONE));
    assertEquals(
        "input_shape: dataset 'digits' has samples of shape 1x28x28, found 3x28x28; leave it out",
        error.getMessage());
  }

  private static DatasetRequest digits(Shape shape) {
    return new DatasetRequest("digits", Optional.of(shape), ImageTransform.DEFAULT, 7);
  }

  @Test
  void readsImagesInTheShapeThatIsAskedFor(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 10; i++) {
      TestImages.write(folder.resolve("Cat/%d.png".formatted(i)), 9, 7, i);
      TestImages.write(folder.resolve("Dog/%d.png".formatted(i)), 7, 9, i);
    }
    String name = "Images:" + folder;
    DataSplit split =
        DatasetSource.load(
            new DatasetRequest(name, Optional.of(Shape.of(3, 6, 6)), ImageTransform.DEFAULT, 7),
            Downloads.NONE);
    assertEquals(name, split.name());
    assertEquals(16, split.training().count());
    assertEquals(4, split.validation().count());
    assertEquals(2, split.validation().classes());
    assertEquals(Shape.of(3, 6, 6), split.validation().shape());
    var error = assertThrows(IllegalArgumentException.class, () -> DatasetSource.load(name, 7));
    assertEquals(
        "input_shape: images have many sizes, so '%s' needs --input-shape, such as 3,224,224"
            .formatted(name),
        error.getMessage());
  }

  @Test
  void mnistIsDownloadedUnlessItIsThere(@TempDir Path folder) throws IOException {
    DatasetRequest request = DatasetRequest.of("mnist", 7);
    var wanted = new ArrayList<String>();
    Downloads downloads =
        dataset -> {
          wanted.add(dataset);
          throw new IOException("no network");
        };
    assertThrows(
        IOException.class, () -> DatasetSource.mnist(request, folder.resolve("none"), downloads));
    assertEquals(List.of("mnist"), wanted);
    var error =
        assertThrows(IOException.class, () -> DatasetSource.mnist(request, folder, downloads));
    assertEquals(
        folder
            + ": no IDX files; expected: train-images-idx3-ubyte and train-labels-idx1-ubyte,"
            + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (one pair is enough; each may be"
            + " .gz)",
        error.getMessage());
    assertEquals(List.of("mnist"), wanted, "a folder that is there is meant");
  }

  @Test
  void readsTheMnistTestImages() throws IOException {
    Path mnist = Path.of("..", "shared", "data", "mnist-t10k");
    assumeTrue(Files.isDirectory(mnist), "the MNIST files are not beside this project");
    DataSplit split = DatasetSource.load("idx:" + mnist, 7);
    assertEquals(Shape.of(1, 28, 28), split.training().shape());
    assertEquals(10, split.training().classes());
    assertEquals(10000, split.training().count() + split.validation().count());
    assertEquals(2000, split.validation().count(), 5);
  }

  private static int[] perClass(Samples samples) {
    int[] counts = new int[samples.classes()];
    for (int i = 0; i < samples.count(); i++) {
      counts[samples.label(i)]++;
    }
    return counts;
  }
}
