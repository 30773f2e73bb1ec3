package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProfilerTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);

  @TempDir private Path folder;

  @Test
  void timesEveryOperatorWithinTheCalls() throws IOException {
    Graph graph = BuiltInNetworks.create("mlp", SHAPE, 4, 1);
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, file);
    long start = System.nanoTime();
    OperatorProfile profile;
    try (InferenceSession session = InferenceSession.open(file)) {
      profile = OperatorProfiler.profile(session, new float[2 * 144], SHAPE.batched(2));
    }
    long wallNs = System.nanoTime() - start;
    assertEquals(
        List.of(
            "aten::flatten",
            "aten::linear",
            "aten::relu",
            "aten::linear",
            "aten::relu",
            "aten::linear"),
        profile.operators().stream().map(OperatorTime::operator).toList());
    assertTrue(profile.operators().stream().allMatch(time -> time.ns() > 0), profile::toString);
    // In half of at least five calls each operator took its median or longer.
    assertTrue(3 * profile.operatorsNs() < wallNs, () -> wallNs + " ns: " + profile);
    // Such a call takes tens of microseconds; one of a second would mean another unit.
    assertTrue(profile.plainCallNs() > 1_000 && profile.plainCallNs() < 1_000_000_000);
    assertTrue(profile.operatorsNs() > 1_000 && profile.profiledCallNs() > 1_000);
  }

  @Test
  void theProfilerIsOffAgainAfterACallThatFails() throws IOException {
    Graph graph = BuiltInNetworks.create("mlp", SHAPE, 4, 1);
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, file);
    try (InferenceSession session = InferenceSession.open(file)) {
      assertThrows(
          RuntimeException.class,
          () -> OperatorProfiler.profile(session, new float[9], Shape.of(1, 1, 3, 3)));
      Shape batch = SHAPE.batched(1);
      assertEquals(6, OperatorProfiler.profile(session, new float[144], batch).operators().size());
    }
  }

  @Test
  void takesMediansOverCalls() throws IOException {
    OperatorProfile profile =
        OperatorProfile.of(
            List.of(call("a", 30, "b", 1), call("a", 10, "b", 3), call("a", 20, "b", 2)),
            List.of(5L, 9L, 7L),
            List.of(4L, 8L));
    assertEquals(new OperatorProfile(call("a", 20, "b", 2), 7, 6), profile);
    assertEquals(22, profile.operatorsNs());
  }

  @Test
  void callsThatRunDifferentOperatorsHaveNoMedian() {
    List<List<OperatorTime>> calls = List.of(call("a", 1, "b", 1), call("b", 1, "a", 1));
    IOException error =
        assertThrows(IOException.class, () -> OperatorProfile.of(calls, List.of(1L), List.of(1L)));
    assertEquals(
        "the engine ran [a, b] in one call and [b, a] in another, expected the same in each",
        error.getMessage());
  }

  private static List<OperatorTime> call(String first, long ns, String second, long secondNs) {
    return List.of(new OperatorTime(first, ns), new OperatorTime(second, secondNs));
  }
}
