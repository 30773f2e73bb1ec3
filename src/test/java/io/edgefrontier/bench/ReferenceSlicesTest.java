package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReferenceSlicesTest {
  private static final long MILLISECOND = 1_000_000;

  private int calls;
  private final ReferenceSlices slices = new ReferenceSlices(this::call, 1_000);

  @Test
  void makesAFewCallsInASliceThatIsTooShort() {
    slices.run(0);
    slices.run(0);

    assertEquals(10, calls);
    assertEquals(10, slices.callNanos().length);
  }

  @Test
  void makesAsFewCallsAsToldOfASlowReference() {
    ReferenceSlices slow = new ReferenceSlices(this::call, 1_000, 1);
    slow.run(0);
    slow.run(0);

    assertEquals(2, calls);
    assertEquals(2, slow.callNanos().length);
  }

  @Test
  void lastsAsLongAsAsked() {
    ReferenceSlices slow = new ReferenceSlices(() -> spin(MILLISECOND), 1_000);
    long start = System.nanoTime();
    slow.run(20 * MILLISECOND);
    long elapsed = System.nanoTime() - start;

    long timed = Arrays.stream(slow.callNanos()).sum();
    assertTrue(timed >= 20 * MILLISECOND && timed <= elapsed, timed + " of " + elapsed);
    assertTrue(slow.callNanos().length <= 20, slow.callNanos().length + " calls");
    assertTrue(Arrays.stream(slow.callNanos()).allMatch(nanos -> nanos >= MILLISECOND));
  }

  @Test
  void leavesHalfItsRoomToTheSecondSlice() {
    slices.run(Long.MAX_VALUE);
    assertEquals(500, calls);
    slices.run(Long.MAX_VALUE);
    assertEquals(1_000, slices.callNanos().length);
  }

  @Test
  void forgetsTheIterationBefore() {
    slices.run(0);
    slices.clear();
    slices.run(0);

    assertEquals(5, slices.callNanos().length);
  }

  private void call() {
    calls++;
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
