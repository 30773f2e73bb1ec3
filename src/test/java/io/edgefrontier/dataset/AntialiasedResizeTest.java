package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Pillow 9.4: {@code Image.fromarray(pattern).resize((w, h), Image.BILINEAR)}. */
class AntialiasedResizeTest {

  @Test
  void shrinksLikePillow() {
    int[] expected = {
      46, 129, 160, 109, 161, 124, 160, 126, 92, 140, 78, 155, 142, 164, 85, 139, 120, 118, 107,
      133, 143, 114, 170, 115, 168, 70, 146, 106, 126, 102, 169, 113, 108, 98, 127, 128
    };
    RasterImage small = AntialiasedResize.resize(TestImages.pattern(7, 5, 3), 4, 3);
    int[] found = new int[small.bytes().length];
    for (int i = 0; i < found.length; i++) {
      found[i] = small.bytes()[i] & 0xff;
    }
    assertArrayEquals(expected, found);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 30, 546513969",
    "97, 20, 2596334212",
    "150, 61, 1439073397",
    "13, 200, 296093046"
  })
  void givesTheSameBytesAsPillow(int width, int height, long checksum) {
    CRC32 found = new CRC32();
    found.update(AntialiasedResize.resize(TestImages.pattern(97, 61, 3), width, height).bytes());
    assertEquals(checksum, found.getValue());
  }
}
