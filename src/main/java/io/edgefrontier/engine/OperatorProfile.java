package io.edgefrontier.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the engine's profiler saw of a network's calls.
 *
 * <p>Recording takes its share of a microsecond or so per operator, also for each of those that an
 * operator calls inside itself, which are not listed here. So times are too long, and those of
 * operators that call many others most. {@code profiledCallUs} against {@code plainCallUs} tells by
 * how much on the whole.
 *
 * @param operators those that the network's code calls, in execution order, with their medians
 * @param profiledCallUs median of whole calls under the profiler
 * @param plainCallUs median of whole calls without it, made in turn with the others
 */
public record OperatorProfile(
    List<OperatorTime> operators, double profiledCallUs, double plainCallUs) {
  public OperatorProfile {
    operators = List.copyOf(operators);
  }

  /** Returns the sum of the operators' times, in microseconds. */
  public double operatorsUs() {
    return operators.stream().mapToDouble(OperatorTime::us).sum();
  }

  /**
   * Takes medians over calls.
   *
   * @param calls the operators of each; at least one call
   * @param profiledUs durations of calls under the profiler
   * @param plainUs durations of calls without it
   * @throws IOException if the calls did not all run the same operators
   */
  static OperatorProfile of(
      List<List<OperatorTime>> calls, List<Double> profiledUs, List<Double> plainUs)
      throws IOException {
    List<String> first = names(calls.get(0));
    for (List<OperatorTime> call : calls) {
      if (!names(call).equals(first)) {
        throw new IOException(
            "the engine ran %d operators in one call and %d, or others, in another; expected the same in each"
                .formatted(first.size(), call.size()));
      }
    }
    List<OperatorTime> operators = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      int index = i;
      operators.add(new OperatorTime(first.get(i), median(calls, call -> call.get(index).us())));
    }
    return new OperatorProfile(
        operators, median(profiledUs, Double::doubleValue), median(plainUs, Double::doubleValue));
  }

  private static List<String> names(List<OperatorTime> call) {
    return call.stream().map(OperatorTime::operator).toList();
  }

  private static <T> double median(List<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
