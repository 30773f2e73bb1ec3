package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final Shape RGB = Shape.of(3, 6, 6);
  private static final ImageTransform IMAGENET_LIKE =
      new ImageTransform(
          OptionalInt.of(8),
          OptionalInt.of(6),
          List.of(0.485f, 0.456f, 0.406f),
          List.of(0.229f, 0.224f, 0.225f));

  @TempDir Path folder;

  // torchvision 0.14: Resize(8), CenterCrop(6), ToTensor, Normalize of the 13 x 9 pattern.
  @Test
  void givesTheSameSamplesAsTorchvision() throws IOException {
    TestImages.write(folder.resolve("val/cat/a.png"), 13, 9, 0);
    TestImages.write(folder.resolve("train/cat/a.png"), 9, 14, 0);
    DataSplit split = load(RGB, IMAGENET_LIKE);
    float[] wide = split.validation().values(0, 1);
    float[] tall = split.training().values(0, 1);
    int[] at = {0, 1, 17, 35, 36, 50, 71, 72, 90, 107};
    double[] wideExpected = {
      0.5706824660301208, 0.8618032336235046, 0.6049319505691528, -0.0629335269331932,
      -0.004901949781924486, -0.2499999701976776, 0.8529412150382996, -0.11381255835294724,
      -0.2009585201740265, 1.175947904586792
    };
    double[] tallExpected = {
      -0.13143253326416016, -0.40542858839035034, -0.09718302637338638, 0.348060667514801,
      -0.022408951073884964, 1.1330533027648926, -0.44257697463035583, 1.019085168838501,
      1.1933770179748535, 0.6007844805717468
    };
    for (int i = 0; i < at.length; i++) {
      assertEquals(wideExpected[i], wide[at[i]], 1e-6);
      assertEquals(tallExpected[i], tall[at[i]], 1e-6);
    }
  }

  @Test
  void classesAreNumberedByName() throws IOException {
    for (String name : List.of("dog", "ant", "cat")) {
      for (int i = 0; i < 5; i++) {
        TestImages.write(folder.resolve(name + "/" + i + ".PNG"), 6, 6, name.charAt(0));
      }
    }
    DataSplit split = load(RGB, ImageTransform.DEFAULT);
    assertEquals(3, split.validation().classes());
    assertEquals(12, split.training().count());
    for (int i = 0; i < 3; i++) {
      float first = split.validation().values(i, i + 1)[0];
      int label = Math.round((first + 1) / 2 * 255) - 'a';
      assertEquals(List.of(0, 2, 3).indexOf(label), split.validation().label(i));
    }
  }

  // Pillow 9.4: Image.convert("L") of the 7 x 5 pattern.
  @Test
  void greyOfColoursIsPillowsLuma() throws IOException {
    RasterImage grey = ImageFile.read(TestImages.write(folder.resolve("a.png"), 7, 5, 0), 1);
    int[] expected = {68, 105, 142, 149, 186, 73, 110, 127, 141, 185, 79, 123};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], grey.value(i % 7, i / 7, 0));
    }
  }

  @Test
  void greyStaysAsItIsStored() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 100);
    image.getRaster().setSample(1, 0, 0, 7);
    Path file = folder.resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    assertEquals(100, ImageFile.read(file, 1).value(0, 0, 0));
    assertEquals(7, ImageFile.read(file, 3).value(1, 0, 2));
  }

  @Test
  void readsJpegWithinItsLoss() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0xc08040);
    }
    Path file = folder.resolve("a.jpeg");
    ImageIO.write(image, "jpg", file.toFile());
    RasterImage read = ImageFile.read(file, 3);
    assertEquals(0xc0, read.value(8, 8, 0), 3);
    assertEquals(0x40, read.value(8, 8, 2), 3);
  }

  @Test
  void anUnreadableImageIsNamed() throws IOException {
    Path whole = TestImages.write(folder.resolve("a/0.png"), 40, 40, 0);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("a/1.png"), java.util.Arrays.copyOf(bytes, 60));
    Path text = Files.write(folder.resolve("a/2.png"), "no image".getBytes(StandardCharsets.UTF_8));
    String message = assertThrows(IOException.class, () -> ImageFile.read(cut, 3)).getMessage();
    assertTrue(message.startsWith(cut + ": unreadable image: "), message);
    assertTrue(message.endsWith("convert it, or remove it"), message);
    message = assertThrows(IOException.class, () -> ImageFile.read(text, 3)).getMessage();
    assertTrue(message.startsWith(text + ": neither PNG nor JPEG, whatever its name"), message);
  }

  @Test
  void aSmallFileThatClaimsAHugeImageIsNotDecoded() throws IOException {
    Path bomb = Files.write(folder.resolve("bomb.png"), pngHeader(60_000, 60_000));
    assertEquals(
        bomb
            + ": 60000 x 60000 pixels, expected at least 1 and at most 67108864; scale it down"
            + " first",
        assertThrows(IOException.class, () -> ImageFile.read(bomb, 3)).getMessage());
  }

  @Test
  void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
    Path outside = TestImages.write(elsewhere.resolve("a.png"), 6, 6, 0);
    Files.createDirectories(folder.resolve("cat"));
    Path link = Files.createSymbolicLink(folder.resolve("cat/a.png"), outside);
    String message = failure();
    assertTrue(message.startsWith(link + ": a link that leads out of "), message);
  }

  @Test
  void foldersOfAnotherLayoutAreErrors() throws IOException {
    assertTrue(failure().startsWith(folder + ": has no folders, expected one for each class"));
    Files.createDirectories(folder.resolve("cat"));
    assertTrue(failure().startsWith(folder.resolve("cat") + ": has no PNG or JPEG file"));
    Files.createDirectories(folder.resolve("cat/deep"));
    assertTrue(failure().startsWith(folder.resolve("cat/deep") + ": a folder inside a class"));
  }

  @Test
  void settingsThatDoNotFitTheShapeAreErrors() {
    var crop =
        assertThrows(IllegalArgumentException.class, () -> load(Shape.of(3, 5, 5), IMAGENET_LIKE));
    assertTrue(crop.getMessage().startsWith("image_crop: 6 gives 6x6 images"), crop.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> load(Shape.of(2, 6, 6), ImageTransform.DEFAULT));
    assertThrows(IllegalArgumentException.class, () -> load(Shape.of(1, 6, 6), IMAGENET_LIKE));
  }

  private DataSplit load(Shape shape, ImageTransform transform) throws IOException {
    return ImageFolder.load("images", folder, 7, shape, transform);
  }

  private String failure() {
    return assertThrows(IOException.class, () -> load(RGB, ImageTransform.DEFAULT)).getMessage();
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(chunk)) {
      out.writeBytes("IHDR");
      out.writeInt(width);
      out.writeInt(height);
      out.write(new byte[] {8, 2, 0, 0, 0});
    }
    CRC32 checksum = new CRC32();
    checksum.update(chunk.toByteArray());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(0x89504e470d0a1a0aL);
      out.writeInt(13);
      out.write(chunk.toByteArray());
      out.writeInt((int) checksum.getValue());
    }
    return bytes.toByteArray();
  }
}
