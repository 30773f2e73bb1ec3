package io.edgefrontier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessMemoryTest {
  private static final List<String> STATUS =
      List.of("Name:\tjava", "VmHWM:\t  200704 kB", "VmRSS:\t  190000 kB");
  private static final String SMAPS =
      """
      687400000-69f800000 rw-p 00000000 00:00 0
      Size:             397312 kB
      Rss:               28672 kB
      Anonymous:         28000 kB
      7f0000000000-7f0000400000 rw-p 00000000 00:00 0                          [heap]
      Rss:                 512 kB
      Anonymous:           500 kB
      ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
      Rss:                   4 kB
      Anonymous:             4 kB
      """;

  @Test
  void readsResidentMemoryInBytes() {
    ProcessMemory memory = ProcessMemory.parse(STATUS, SMAPS.lines()).orElseThrow();

    assertEquals(190000L * 1024, memory.residentBytes());
    assertEquals(200704L * 1024, memory.peakBytes());
    assertEquals(Optional.empty(), ProcessMemory.parse(List.of("Name:\tjava"), SMAPS.lines()));
  }

  @Test
  void leavesTheJavaHeapOutOfNativeMemory() {
    ProcessMemory memory = ProcessMemory.parse(STATUS, SMAPS.lines()).orElseThrow();

    assertEquals(504L * 1024, memory.nativeBytes(new JavaHeap(0x687400000L, 0x800000000L)));
    assertEquals(28504L * 1024, memory.nativeBytes(new JavaHeap(0x10000, 0x20000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage-first heap   total 1K, used 2K [0x0000000687400000, 0x0000000800000000)",
        """
        def new generation   total 116160K, used 26857K [0x687400000, 0x68f200000, 0x704d50000)
         from space 12864K,   0% used [0x68d8e0000, 0x68d8e0000, 0x68e570000)
        tenured generation   total 258048K, used 0K [0x704d50000, 0x714950000, 0x800000000)
          the space 258048K,   0% used [0x704d50000, 0x704d50000, 0x704d50200, 0x714950000)
        """,
        """
        PSYoungGen      total 113152K, used 25293K [0x782700000, 0x78a500000, 0x800000000)
        ParOldGen       total 258048K, used 0K [0x687400000, 0x697000000, 0x782700000)
        """,
        "Reserved region:\\n - [0x0000000687400000, 0x0000000800000000) "
      })
  void findsTheHeapOfEachCollector(String heapInfo) {
    assertEquals(Optional.of(new JavaHeap(0x687400000L, 0x800000000L)), JavaHeap.parse(heapInfo));
  }

  @Test
  void knowsNoHeapWhereTheCollectorDoesNotSay() {
    assertEquals(
        Optional.empty(), JavaHeap.parse("ZHeap  used 62M, capacity 378M, max capacity 6028M"));
  }

  @Test
  void seesWhatThisProcessAllocatesOutsideTheHeap() {
    Optional<ProcessMemory> before = ProcessMemory.current();
    Optional<JavaHeap> heap = JavaHeap.current();
    assumeTrue(before.isPresent() && heap.isPresent(), "this platform does not tell");
    int bytes = 64 << 20;

    ByteBuffer allocated = ByteBuffer.allocateDirect(bytes); // filled with zeros, so in memory
    byte[] onHeap = new byte[bytes];

    ProcessMemory after = ProcessMemory.current().orElseThrow();
    long growth = after.nativeBytes(heap.get()) - before.get().nativeBytes(heap.get());
    assertTrue(Math.abs(growth - bytes) < 16 << 20, growth + " bytes");
    assertEquals(allocated.capacity(), onHeap.length); // both are still reachable
    assertTrue(after.peakBytes() >= after.residentBytes(), after::toString);
  }
}
