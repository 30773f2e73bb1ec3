package io.edgefrontier.measure;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Where this process keeps its Java objects.
 *
 * @param start first address that is reserved
 * @param end behind the last one
 */
public record JavaHeap(long start, long end) {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  // Such as "[0x0000000687400000, 0x0000000800000000)"; some collectors name a third address
  // between.
  private static final Pattern RANGE =
      Pattern.compile("\\[0x([0-9a-f]+),(?: 0x[0-9a-f]+,)? 0x([0-9a-f]+)\\)");

  public JavaHeap {
    if (Long.compareUnsigned(start, end) >= 0) {
      throw new IllegalArgumentException("a heap from %x to %x is empty".formatted(start, end));
    }
  }

  /** Returns the place of this JVM's heap; empty if the JVM or its collector does not say. */
  public static Optional<JavaHeap> current() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName(COMMANDS), "gcHeapInfo", new Object[0], new String[0]);
      return parse(String.valueOf(text));
    } catch (JMException e) {
      return Optional.empty(); // not HotSpot
    }
  }

  static Optional<JavaHeap> parse(String heapInfo) {
    Optional<JavaHeap> heap = Optional.empty();
    Matcher range = RANGE.matcher(heapInfo);
    while (range.find()) {
      JavaHeap part = new JavaHeap(hex(range.group(1)), hex(range.group(2)));
      heap = Optional.of(heap.map(part::union).orElse(part));
    }
    return heap;
  }

  boolean contains(long address) {
    return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
  }

  private JavaHeap union(JavaHeap other) {
    long first = Long.compareUnsigned(start, other.start) < 0 ? start : other.start;
    long last = Long.compareUnsigned(end, other.end) > 0 ? end : other.end;
    return new JavaHeap(first, last);
  }

  private static long hex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }
}
