package io.edgefrontier.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Tensor CUBE =
      Tensor.ofFloats(Shape.of(2, 3, 2), new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});

  /** Says what the 16 bits mean, straight from IEEE 754 with this split of bits. */
  private static double meaning(int bits, int exponentBits, int mantissaBits) {
    int mantissa = bits & ((1 << mantissaBits) - 1);
    int exponent = (bits >> mantissaBits) & ((1 << exponentBits) - 1);
    int bias = (1 << (exponentBits - 1)) - 1;
    double sign = (bits >> 15 & 1) == 1 ? -1 : 1;
    if (exponent == (1 << exponentBits) - 1) {
      return mantissa == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    double fraction = mantissa / Math.pow(2, mantissaBits);
    return exponent == 0
        ? sign * fraction * Math.pow(2, 1 - bias)
        : sign * (1 + fraction) * Math.pow(2, exponent - bias);
  }

  @Test
  void readsAndWritesEveryFloat16() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double expected = meaning(bits, 5, 10);
      float found = HalfFloats.fromFloat16((short) bits);
      assertEquals((float) expected, found);
      if (!Double.isNaN(expected)) {
        assertEquals((short) bits, HalfFloats.toFloat16(found));
      } else {
        assertTrue(Double.isNaN(meaning(HalfFloats.toFloat16(found) & 0xffff, 5, 10)));
      }
    }
  }

  @Test
  void readsAndWritesEveryBfloat16() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double expected = meaning(bits, 8, 7);
      float found = HalfFloats.fromBfloat16((short) bits);
      assertEquals((float) expected, found);
      if (!Double.isNaN(expected)) {
        assertEquals((short) bits, HalfFloats.toBfloat16(found));
      } else {
        assertTrue(Double.isNaN(meaning(HalfFloats.toBfloat16(found) & 0xffff, 8, 7)));
      }
    }
  }

  /** Rounds every midpoint between neighbours, and its own neighbours, as an exhaustive search. */
  @Test
  void roundsHalfToEvenBetweenNeighbours() {
    for (int bits = 0; bits < 0x7bff; bits++) { // up to the largest finite float16
      float low = (float) meaning(bits, 5, 10);
      float high = (float) meaning(bits + 1, 5, 10);
      float middle = (low + high) / 2; // exact: one more bit
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals((short) even, HalfFloats.toFloat16(middle));
      assertEquals((short) bits, HalfFloats.toFloat16(Math.nextDown(middle)));
      assertEquals((short) (bits + 1), HalfFloats.toFloat16(Math.nextUp(middle)));
      assertEquals((short) (even | 0x8000), HalfFloats.toFloat16(-middle));
    }
    for (int bits = 0; bits < 0x7f7f; bits++) { // up to the largest finite bfloat16
      float middle = (float) ((meaning(bits, 8, 7) + meaning(bits + 1, 8, 7)) / 2);
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals((short) even, HalfFloats.toBfloat16(middle));
      assertEquals((short) bits, HalfFloats.toBfloat16(Math.nextDown(middle)));
      assertEquals((short) (bits + 1), HalfFloats.toBfloat16(Math.nextUp(middle)));
    }
  }

  @Test
  void overflowsToInfinity() {
    assertEquals((short) 0x7bff, HalfFloats.toFloat16(Math.nextDown(65520f)));
    assertEquals((short) 0x7c00, HalfFloats.toFloat16(65520f));
    assertEquals((short) 0xfc00, HalfFloats.toFloat16(Float.NEGATIVE_INFINITY));
    assertEquals((short) 0x7f80, HalfFloats.toBfloat16(Float.MAX_VALUE));
    assertEquals((short) 0x8000, HalfFloats.toFloat16(-1e-30f));
  }

  @Test
  void selectsSlicesOfAnyAxisInTheGivenOrder() {
    assertArrayEquals(new float[] {6, 7, 8, 9, 10, 11}, CUBE.select(0, new int[] {1}).toFloats());
    assertArrayEquals(
        new float[] {4, 5, 0, 1, 10, 11, 6, 7}, CUBE.select(1, new int[] {2, 0}).toFloats());
    assertArrayEquals(new float[] {1, 3, 5, 7, 9, 11}, CUBE.select(-1, new int[] {1}).toFloats());
    assertEquals(CUBE, CUBE.select(1, new int[] {0, 1, 2}));
    String message =
        assertThrows(IndexOutOfBoundsException.class, () -> CUBE.select(1, new int[] {3}))
            .getMessage();
    assertEquals("index 3 is outside axis of 3", message);
  }

  @Test
  void selectsAsAPlainLoopWould() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      Shape shape = Shape.of(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(4));
      byte[] bytes = new byte[Math.toIntExact(shape.elements())];
      random.nextBytes(bytes);
      int axis = random.nextInt(3);
      int[] indices = random.ints(1 + random.nextInt(5), 0, shape.dim(axis)).toArray();
      Tensor found = Tensor.ofBytes(DType.INT8, shape, bytes).select(axis, indices);
      for (int i = 0; i < found.shape().elements(); i++) {
        int[] at = {
          i / found.shape().strides().get(0),
          i / found.shape().strides().get(1) % found.shape().dim(1),
          i % found.shape().dim(2)
        };
        at[axis] = indices[at[axis]];
        int source = (at[0] * shape.dim(1) + at[1]) * shape.dim(2) + at[2];
        assertEquals(bytes[source], found.buffer().get(i));
      }
    }
  }

  @Test
  void convertsBetweenFloatingPointTypes() {
    Tensor half = CUBE.to(DType.FLOAT16);
    assertEquals(24, half.type().bytes());
    assertEquals(CUBE, half.to(DType.FLOAT32));
    assertEquals(half, CUBE.to(DType.BFLOAT16).to(DType.FLOAT16));
    Tensor bytes = Tensor.ofBytes(DType.INT8, Shape.of(2), new byte[2]);
    assertEquals(
        "not a floating-point tensor: INT8 2",
        assertThrows(IllegalStateException.class, bytes::toFloats).getMessage());
    assertEquals(
        "cannot convert FLOAT32 2x3x2 to INT8",
        assertThrows(IllegalArgumentException.class, () -> CUBE.to(DType.INT8)).getMessage());
  }

  @Test
  void isEqualByContentAndCopiesWhatItIsGiven() {
    byte[] bytes = {1, 2};
    Tensor tensor = Tensor.ofBytes(DType.INT8, Shape.of(2), bytes);
    bytes[0] = 9;
    assertEquals(Tensor.ofBytes(DType.INT8, Shape.of(2), new byte[] {1, 2}), tensor);
    assertEquals(
        Tensor.ofBytes(DType.INT8, Shape.of(2), new byte[] {1, 2}).hashCode(), tensor.hashCode());
    assertNotEquals(tensor, Tensor.ofBytes(DType.QUINT8, Shape.of(2), new byte[] {1, 2}));
    assertNotEquals(tensor, Tensor.ofBytes(DType.INT8, Shape.of(2, 1), new byte[] {1, 2}));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Tensor.ofFloats(Shape.of(3), new float[] {1, 2}))
            .getMessage();
    assertEquals("tensor FLOAT32 3 needs 12 bytes, got 8", message);
  }
}
