package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrefetchedTest {

  @Test
  void makesTheNextItemWhileTheCallerHasTheOneBefore() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    try (Prefetched<Integer> items =
        new Prefetched<>(
            3,
            i -> {
              second.countDown();
              return 10 * i;
            })) {
      assertEquals(0, items.next());
      assertTrue(second.await(10, TimeUnit.SECONDS), "item 1 was not begun");
      assertEquals(10, items.next());
      assertEquals(20, items.next());
      assertFalse(items.hasNext());
    }
  }

  @Test
  void anErrorReachesTheCallerInItsTurn() throws IOException {
    try (Prefetched<Integer> items =
        new Prefetched<>(
            2,
            i -> {
              if (i == 1) {
                throw new IOException("b.png: unreadable");
              }
              return i;
            })) {
      assertEquals(0, items.next());
      assertEquals("b.png: unreadable", assertThrows(IOException.class, items::next).getMessage());
    }
  }
}
