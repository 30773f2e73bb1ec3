package io.edgefrontier.engine;

import ai.djl.pytorch.jni.JniUtils;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs an archive under the engine's own profiler.
 *
 * <p>Calls with and without the profiler take turns, so that both see the same machine. The
 * profiler belongs to the thread that starts it; other threads go on undisturbed.
 */
public final class OperatorProfiler {
  private static final int TURNS = 5;
  private static final int MAX_CALLS_PER_TURN = 20;
  private static final long TURN_NS = 100_000_000;
  // The engine rewrites a network's code in its first calls, according to what it sees in them.
  private static final int MIN_WARMUP_CALLS = 5;
  private static final int MAX_WARMUP_CALLS = 200;
  private static final long WARMUP_NS = 300_000_000;

  // The profiler's memory grows, most of all in the first calls after each start.
  private static final int SETTLING_CALLS = 2;

  private final BoundCall call;
  private final List<Long> plainNs = new ArrayList<>();
  private final List<Long> profiledNs = new ArrayList<>();
  private final List<List<OperatorTime>> calls = new ArrayList<>();

  private OperatorProfiler(BoundCall call) {
    this.call = call;
  }

  /**
   * Profiles up to 100 calls on one batch, fewer where a call takes over 5 ms but never under 5.
   *
   * @param session whose archive is run
   * @param values the batch, row-major
   * @param shape with the batch dimension
   * @throws IOException if the calls differ in their operators, or the profile cannot be written or
   *     read
   */
  public static OperatorProfile profile(InferenceSession session, float[] values, Shape shape)
      throws IOException {
    OperatorProfiler profiler = new OperatorProfiler(session.bind(values, shape));
    int callsPerTurn = profiler.warmUp();
    for (int turn = 0; turn < TURNS; turn++) {
      profiler.runPlain(callsPerTurn);
      profiler.runProfiled(callsPerTurn);
    }
    return OperatorProfile.of(profiler.calls, profiler.profiledNs, profiler.plainNs);
  }

  /** Returns how many calls fit into a turn. */
  private int warmUp() {
    long start = System.nanoTime();
    long lastNs = 0;
    for (int i = 0; i < MAX_WARMUP_CALLS; i++) {
      lastNs = timedNs();
      if (i + 1 >= MIN_WARMUP_CALLS && System.nanoTime() - start > WARMUP_NS) {
        break;
      }
    }
    return (int) Math.max(1, Math.min(MAX_CALLS_PER_TURN, TURN_NS / Math.max(1, lastNs)));
  }

  private void runPlain(int count) {
    for (int i = 0; i < count; i++) {
      plainNs.add(timedNs());
    }
  }

  private void runProfiled(int count) throws IOException {
    Path trace = Files.createTempFile("operators", ".json");
    try {
      JniUtils.startProfile(false, false, false); // shapes and memory would cost more time
      try {
        for (int i = 0; i < SETTLING_CALLS; i++) {
          call.run();
        }
        for (int i = 0; i < count; i++) {
          profiledNs.add(timedNs());
        }
      } finally {
        JniUtils.stopProfile(trace.toString());
      }
      List<List<OperatorTime>> found = ProfilerTrace.read(trace);
      if (found.size() != SETTLING_CALLS + count) {
        throw new IOException(
            "the engine's profile has %d calls, expected %d"
                .formatted(found.size(), SETTLING_CALLS + count));
      }
      calls.addAll(found.subList(SETTLING_CALLS, found.size()));
    } finally {
      Files.deleteIfExists(trace);
    }
  }

  private long timedNs() {
    long start = System.nanoTime();
    call.run();
    return System.nanoTime() - start;
  }
}
