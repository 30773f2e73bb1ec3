package io.edgefrontier.track;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Times the comparison of two runs of many cells with 10 forks each, three times over.
 *
 * <pre>
 * java -cp target/test-classes:target/benchmarks.jar io.edgefrontier.track.ManyCells 100000
 * </pre>
 */
final class ManyCells {
  private ManyCells() {}

  public static void main(String[] args) {
    int cells = Integer.parseInt(args[0]);
    for (double resolution : new double[] {1e-9, 1e-2}) { // the coarse one makes ties
      TrackedRun baseline = run(cells, 1, resolution);
      TrackedRun candidate = run(cells, 2, resolution);
      for (int i = 0; i < 3; i++) {
        long start = cpuNanos();
        RunComparison comparison = RunComparison.of(baseline, candidate, Deltas.defaults());
        double seconds = (cpuNanos() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%d cells, times to %.0e ms: %.2f s of CPU time, %d unchanged%n",
            comparison.cells().size(),
            resolution,
            seconds,
            comparison.count(Verdict.UNCHANGED));
      }
    }
  }

  /** Of this thread, so that other programs on the machine do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static TrackedRun run(int cells, long seed, double resolution) {
    Random random = new Random(seed);
    List<TrackedCell> list = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      double[] forks = new double[10];
      Arrays.setAll(
          forks, fork -> resolution * Math.rint((1 + 0.02 * random.nextGaussian()) / resolution));
      list.add(
          new TrackedCell(
              "Benchmark.call size=" + i,
              Map.of("jdk", "17.0.9", "threads", "1"),
              Map.of(Metric.LATENCY, Sample.of(forks)),
              Map.of(),
              Answers.NONE,
              ""));
    }
    return new TrackedRun("run" + seed, "machine", Instant.EPOCH, "", list);
  }
}
