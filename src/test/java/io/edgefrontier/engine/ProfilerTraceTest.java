package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilerTraceTest {
  @TempDir private Path folder;

  private static String event(int thread, String name, String start, String duration) {
    return """
        {
          "name": "%s",
          "ph": "X",
          "ts": %s,
          "dur": %s,
          "tid": %d,
          "pid": "CPU Functions",
          "shape": [],
          "cpu mem": "0 b",
          "args": {}
        }"""
        .formatted(name, start, duration, thread);
  }

  private List<List<OperatorTime>> read(String... events) throws IOException {
    return ProfilerTrace.read(trace(events));
  }

  private Path trace(String... events) throws IOException {
    String text = Stream.of(events).collect(Collectors.joining(",\n", "[\n", "]\n"));
    return Files.writeString(folder.resolve("trace.json"), text);
  }

  @Test
  void listsWhatCallsRunAndNotWhatThatRunsInside() throws IOException {
    assertEquals(
        List.of(
            List.of(
                new OperatorTime("aten::conv2d", 12_500), new OperatorTime("aten::relu", 2_001)),
            List.of(new OperatorTime("aten::relu", 1_000))),
        read(
            event(1, "aten::rand", "1.000000", "2.000000"), // before any call
            event(1, "aten::empty", "13.000000", "1.000000"),
            event(1, "aten::_convolution", "12.500000", "9.000000"),
            event(1, "aten::conv2d", "12.000000", "12.500000"),
            event(1, "aten::clamp_min", "25.100000", "0.500000"),
            event(1, "aten::relu", "25.000000", "2.001000"),
            event(1, "forward", "11.000000", "20.000000"),
            event(1, "forward", "10.000000", "22.000000"),
            event(1, "aten::relu", "42.000000", "1.000000"),
            event(1, "forward", "40.000000", "5.000000")));
  }

  @Test
  void aModuleCalledInsideAnOperatorStaysInside() throws IOException {
    assertEquals(
        List.of(List.of(new OperatorTime("own::run", 6_000))),
        read(
            event(1, "aten::relu", "3.000000", "1.000000"),
            event(1, "forward", "2.000000", "3.000000"),
            event(1, "own::run", "1.000000", "6.000000"),
            event(1, "forward", "0.000000", "9.000000")));
  }

  // A clock of coarse steps; what ends later stands later in the file and is around the other.
  @Test
  void ofEqualTimesTheLaterEventIsTheOuterOne() throws IOException {
    assertEquals(
        List.of(List.of(new OperatorTime("aten::flatten", 2_000))),
        read(
            event(1, "aten::view", "1.000000", "2.000000"),
            event(1, "aten::flatten", "1.000000", "2.000000"),
            event(1, "forward", "1.000000", "2.000000")));
  }

  @Test
  void threadsDoNotContainEachOther() throws IOException {
    assertEquals(
        List.of(List.of(new OperatorTime("aten::relu", 1_000))),
        read(
            event(2, "aten::mul", "2.000000", "1.000000"),
            event(1, "aten::relu", "2.000000", "1.000000"),
            event(1, "forward", "1.000000", "5.000000")));
  }

  // DJL prints numbers as the process's locale wants them, and names as they are.
  @Test
  void readsDecimalCommasAndQuotesInNames() throws IOException {
    assertEquals(
        List.of(List.of(new OperatorTime("my \"own\", op", 1_500))),
        read(
            event(1, "my \"own\", op", "2,000000", "1,500000"),
            event(1, "forward", "1,000000", "5,000000")));
  }

  @Test
  void aTraceWithoutEventsHasNoCalls() throws IOException {
    assertEquals(List.of(), read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | 1.0 | line 5: found x, expected microseconds such as 12.345",
        "1.0 | NaN_ | line 6: found NaN_, expected microseconds such as 12.345",
        "-5.0 | 1.0 | line 7: found a negative or huge time, expected microseconds",
        "1e300 | 1e300 | line 7: found a negative or huge time, expected microseconds"
      })
  void sayWhereATimeIsNone(String start, String duration, String message) throws IOException {
    Path trace = trace(event(1, "forward", start, duration));
    IOException error = assertThrows(IOException.class, () -> ProfilerTrace.read(trace));
    assertEquals(trace + ": " + message, error.getMessage());
  }

  @Test
  void anEventWithoutItsTimesIsRefused() throws IOException {
    Path trace = trace("{\n  \"name\": \"aten::relu\"\n}");
    IOException error = assertThrows(IOException.class, () -> ProfilerTrace.read(trace));
    assertEquals(trace + ": line 4: found }], expected \"ts\"", error.getMessage());
    Files.writeString(trace, "[\n{\n  \"name\": \"aten::relu\",\n");
    error = assertThrows(IOException.class, () -> ProfilerTrace.read(trace));
    assertEquals(
        trace + ": line 3: found the end of the file, expected \"ts\"", error.getMessage());
  }

  @Test
  void aHugeTraceIsRefusedUnread() throws IOException {
    Path trace = folder.resolve("trace.json");
    try (RandomAccessFile file = new RandomAccessFile(trace.toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // a hole, which takes no space
    }
    IOException error = assertThrows(IOException.class, () -> ProfilerTrace.read(trace));
    assertTrue(
        error.getMessage().contains("67108865 bytes, expected at most 67108864"),
        error::getMessage);
  }
}
