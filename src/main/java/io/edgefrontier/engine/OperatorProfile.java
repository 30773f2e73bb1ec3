package io.edgefrontier.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the engine's profiler saw of a network's calls.
 *
 * <p>Recording an operator takes most of a microsecond, and so does each of those that it runs
 * inside itself, which are not listed here. So times are too long, those of operators that run many
 * others most: {@link #operatorsNs()} against {@code plainCallNs} tells by how much on the whole.
 *
 * @param operators those that the network's code calls, in execution order, with their medians
 * @param profiledCallNs median of whole calls under the profiler
 * @param plainCallNs median of whole calls without it, made in turn with the others
 */
public record OperatorProfile(List<OperatorTime> operators, long profiledCallNs, long plainCallNs) {
  public OperatorProfile {
    operators = List.copyOf(operators);
  }

  /** Returns the sum of the operators' times. */
  public long operatorsNs() {
    return operators.stream().mapToLong(OperatorTime::ns).sum();
  }

  /**
   * Takes medians over calls.
   *
   * @param calls the operators of each; at least one call
   * @param profiledNs durations of calls under the profiler; at least one
   * @param plainNs durations of calls without it; at least one
   * @throws IOException if the calls did not all run the same operators
   */
  static OperatorProfile of(
      List<List<OperatorTime>> calls, List<Long> profiledNs, List<Long> plainNs)
      throws IOException {
    List<String> names = names(calls.get(0));
    for (List<OperatorTime> call : calls) {
      if (!names(call).equals(names)) {
        throw new IOException(
            "the engine ran %s in one call and %s in another, expected the same in each"
                .formatted(names, names(call)));
      }
    }
    List<OperatorTime> operators = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      List<Long> times = calls.stream().map(call -> call.get(index).ns()).toList();
      operators.add(new OperatorTime(names.get(i), median(times)));
    }
    return new OperatorProfile(operators, median(profiledNs), median(plainNs));
  }

  private static List<String> names(List<OperatorTime> call) {
    return call.stream().map(OperatorTime::operator).toList();
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
