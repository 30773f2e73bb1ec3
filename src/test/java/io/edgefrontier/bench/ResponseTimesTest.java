package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseTimesTest {
  private final ResponseTimes times = new ResponseTimes();

  @Test
  void givesPercentilesInMilliseconds() {
    addMilliseconds(1, 10_000);

    Map<String, Double> found = scores();
    assertEquals(5_000, found.get("response.p50"), 5);
    assertEquals(9_000, found.get("response.p90"), 9);
    assertEquals(9_900, found.get("response.p99"), 10);
    assertEquals(9_990, found.get("response.p999"), 10);
    assertEquals(10_000, found.get("response.max"), 10);
    assertEquals(10_000, found.get("response.count"));
  }

  static Stream<Arguments> percentilesOfCounts() {
    return Stream.of(
        arguments(1, Set.of()),
        arguments(19, Set.of()),
        arguments(20, Set.of("p50")),
        arguments(99, Set.of("p50")),
        arguments(100, Set.of("p50", "p90")),
        arguments(999, Set.of("p50", "p90")),
        arguments(1_000, Set.of("p50", "p90", "p99")),
        arguments(9_999, Set.of("p50", "p90", "p99")),
        arguments(10_000, Set.of("p50", "p90", "p99", "p999")));
  }

  @ParameterizedTest
  @MethodSource("percentilesOfCounts")
  void givesOnlyPercentilesWithTenSamplesBeyond(int samples, Set<String> expected) {
    addMilliseconds(1, samples);

    Set<String> percentiles =
        scores().keySet().stream()
            .map(name -> name.replace("response.", ""))
            .filter(name -> name.startsWith("p"))
            .collect(Collectors.toSet());
    assertEquals(expected, percentiles);
    assertEquals(samples, scores().get("response.count"));
  }

  @Test
  void sayNothingWithoutSamples() {
    assertEquals(List.of(), times.observations());
  }

  @Test
  void countMoreThanAnHourAsAnHour() {
    times.add(Long.MAX_VALUE);

    assertEquals(3_600_000, scores().get("response.max"), 3_600);
  }

  @Test
  void addThoseOfAnotherThread() {
    ResponseTimes other = new ResponseTimes();
    other.add(7_000_000);
    times.add(1_000_000);
    times.addAll(other);

    assertEquals(2, scores().get("response.count"));
    assertEquals(7, scores().get("response.max"), 0.007);
  }

  private void addMilliseconds(int first, int last) {
    for (long ms = first; ms <= last; ms++) {
      times.add(ms * 1_000_000);
    }
  }

  private Map<String, Double> scores() {
    return times.observations().stream()
        .collect(Collectors.toMap(Observation::getLabel, Observation::getScore));
  }
}
