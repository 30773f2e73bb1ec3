package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.torchscript.Value.Storage;
import io.edgefrontier.torchscript.Value.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes of which no test can write an archive. */
class StoredTensorsTest {
  private static final int LARGEST = 1 << 30;

  private static boolean fits(long count, List<Integer> sizes, List<Long> strides) {
    return StoredTensors.fits(
        new Stored(new Storage("CharStorage", "data/0", count), 0, sizes, strides));
  }

  @Test
  void elementsAreCountedWithoutOverflow() {
    long count = 1L << 33;
    assertEquals(true, fits(count, List.of(LARGEST, 8), List.of(8L, 1L)));
    assertEquals(true, fits(count, List.of(0, LARGEST), List.of(1L, 1L)));
    assertEquals(false, fits(count, List.of(LARGEST, 9), List.of(0L, 0L)));
    // 2^63 elements would be a negative count.
    assertEquals(false, fits(count, List.of(LARGEST, 8, LARGEST), List.of(0L, 0L, 0L)));
    assertEquals(false, fits(count, List.of(LARGEST, 8, 8), List.of(2147483647L, 0L, 0L)));
  }
}
