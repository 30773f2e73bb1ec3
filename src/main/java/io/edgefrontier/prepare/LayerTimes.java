package io.edgefrontier.prepare;

import io.edgefrontier.engine.OperatorTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells to which layer each operator belongs that the engine ran. */
final class LayerTimes {
  private LayerTimes() {}

  /**
   * Adds up the operators of each layer.
   *
   * <p>The engine's optimizer computes what is repeated only once; the layers that repeat it have
   * no time then. It may leave other operators out, or put one in place of several. Which of those
   * that ran belong to which layer would be a guess then, and none is made.
   *
   * @param expected operators of each layer, both in execution order
   * @param repeats layers that call the same operators on the same arguments as earlier ones
   * @param ran operators that the engine ran, in execution order
   * @return nanoseconds of each layer that operators ran for
   * @throws IOException if the engine ran others than expected; the message says where they part
   */
  static Map<String, Long> match(
      Map<String, List<String>> expected, Set<String> repeats, List<OperatorTime> ran)
      throws IOException {
    int all = expected.values().stream().mapToInt(List::size).sum();
    if (ran.size() >= all) {
      return match(expected, ran);
    }
    Map<String, List<String>> once = new LinkedHashMap<>(expected);
    once.keySet().removeAll(repeats);
    return match(once, ran);
  }

  private static Map<String, Long> match(Map<String, List<String>> expected, List<OperatorTime> ran)
      throws IOException {
    Map<String, Long> times = new HashMap<>();
    Iterator<OperatorTime> left = ran.iterator();
    for (Map.Entry<String, List<String>> layer : expected.entrySet()) {
      for (String operator : layer.getValue()) {
        OperatorTime next = left.hasNext() ? left.next() : null;
        if (next == null || !next.operator().equals(operator)) {
          String found = next == null ? "nothing more" : next.operator();
          throw new IOException(
              "the engine ran %s at layer %s, which calls %s"
                  .formatted(found, layer.getKey(), operator));
        }
        times.merge(layer.getKey(), next.ns(), Long::sum);
      }
    }
    if (left.hasNext()) {
      throw new IOException(
          "the engine ran %s after the last layer".formatted(left.next().operator()));
    }
    return times;
  }
}
