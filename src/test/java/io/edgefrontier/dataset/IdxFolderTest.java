package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  @TempDir Path folder;

  @Test
  void normalisesPixelsAndCountsClasses() throws IOException {
    write("train-images-idx3-ubyte", idx(IMAGES, new int[] {2, 1, 3}, 0, 255, 51, 102, 153, 204));
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {2}, 0, 3));
    write("t10k-images-idx3-ubyte", idx(IMAGES, new int[] {1, 1, 3}, 255, 0, 0));
    write("t10k-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 5));
    DataSplit split = DatasetSource.load("idx:" + folder, 7);
    assertEquals(Shape.of(1, 1, 3), split.training().shape());
    assertEquals(6, split.training().classes());
    assertArrayEquals(
        new float[] {-1, 1, -0.6f, -0.2f, 0.2f, 0.6f}, split.training().values(0, 2), 1e-6f);
    assertEquals(3, split.training().label(1));
    assertEquals(5, split.validation().label(0));
  }

  @Test
  void splitsASinglePairThatIsCompressed() throws IOException {
    int[] pixels = new int[20];
    int[] labels = new int[20];
    Arrays.setAll(pixels, i -> i);
    Arrays.setAll(labels, i -> i % 2);
    write("t10k-images.idx3-ubyte.gz", gzip(idx(IMAGES, new int[] {20, 1, 1}, pixels)));
    write("t10k-labels.idx1-ubyte.gz", gzip(idx(LABELS, new int[] {20}, labels)));
    DataSplit split = DatasetSource.load("IDX:" + folder, 7);
    assertEquals(16, split.training().count());
    assertEquals(4, split.validation().count());
  }

  @Test
  void anEmptyFolderSaysWhatIsExpected() {
    String message = failure();
    assertTrue(message.startsWith(folder + ": no IDX files; expected: train-images-"), message);
  }

  @Test
  void imagesWithoutLabelsAreAnError() throws IOException {
    Path images = write("train-images-idx3-ubyte", idx(IMAGES, new int[] {1, 1, 1}, 0));
    assertEquals(images + " has no train-labels beside it", failure());
  }

  @Test
  void countsMustAgree() throws IOException {
    Path images = write("train-images-idx3-ubyte", idx(IMAGES, new int[] {2, 1, 1}, 0, 0));
    Path labels = write("train-labels-idx1-ubyte", idx(LABELS, new int[] {3}, 0, 1, 2));
    assertEquals(images + " has 2 images, " + labels + " has 3 labels; they must agree", failure());
  }

  @Test
  void imagesOfDifferentSizesAreAnError() throws IOException {
    write("train-images-idx3-ubyte", idx(IMAGES, new int[] {1, 1, 1}, 0));
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 0));
    Path images = write("t10k-images-idx3-ubyte", idx(IMAGES, new int[] {1, 1, 2}, 0, 0));
    write("t10k-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 0));
    assertEquals(images + ": images of 1x1x2, the training images are 1x1x1", failure());
  }

  @Test
  void theMagicNumberIsChecked() throws IOException {
    Path images = write("train-images-idx3-ubyte", idx(LABELS, new int[] {1, 1, 1}, 0));
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 0));
    assertEquals(
        images
            + ": magic number 0x00000801, expected 0x00000803 (IDX, unsigned bytes, 3 dimensions)",
        failure());
  }

  @Test
  void aShortOrLongFileIsAnError() throws IOException {
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {2}, 0, 1));
    Path images = write("train-images-idx3-ubyte", idx(IMAGES, new int[] {2, 2, 1}, 1, 2, 3));
    assertEquals(images + ": truncated: 3 bytes of values, its header [2, 2, 1] says 4", failure());
    write("train-images-idx3-ubyte", idx(IMAGES, new int[] {2, 1, 1}, 1, 2, 3));
    assertEquals(
        images + ": more than the 2 bytes of values that its header [2, 1, 1] says", failure());
    write("train-images-idx3-ubyte", new byte[] {0, 0, 8});
    assertEquals(images + ": truncated: the file ends before its header says", failure());
  }

  @Test
  void aHugeHeaderIsRefusedBeforeMemoryIsTaken() throws IOException {
    int huge = Integer.MAX_VALUE;
    Path images = write("train-images-idx3-ubyte", idx(IMAGES, new int[] {huge, huge, huge}));
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 0));
    assertEquals(
        images + ": dimensions [], 2147483647; each must be >= 1 and their product <= 268435456",
        failure());
    write("train-images-idx3-ubyte", idx(IMAGES, new int[] {0, 28, 28}));
    assertTrue(failure().contains("dimensions [], 0; each must be >= 1"));
  }

  @Test
  void damagedCompressionNamesTheFile() throws IOException {
    write("train-labels-idx1-ubyte", idx(LABELS, new int[] {1}, 0));
    Path images = write("train-images-idx3-ubyte.gz", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    assertTrue(failure().startsWith(images + ": not a gzip file: "));
    byte[] whole = gzip(idx(IMAGES, new int[] {1, 1, 1}, 0));
    write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length - 12));
    assertTrue(failure().startsWith(images + ": truncated"));
  }

  private String failure() {
    return assertThrows(IOException.class, () -> DatasetSource.load("idx:" + folder, 7))
        .getMessage();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] idx(int magic, int[] dims, int... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int dim : dims) {
        out.writeInt(dim);
      }
      for (int value : values) {
        out.writeByte(value);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }
}
