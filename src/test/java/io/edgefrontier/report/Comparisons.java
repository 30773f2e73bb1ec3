package io.edgefrontier.report;

import io.edgefrontier.track.Answers;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.Sample;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Runs to compare, with a verdict of every kind and names that mean harm. */
final class Comparisons {
  static final String HOSTILE =
      "a.B.c x=\"</details><script>alert(1)</script> | @everyone #1 GH-2 [x](http://e.vil) `\u0085\"";

  /** Ten forks with a spread of about 1 % around 1. */
  private static final double[] FORKS = {
    0.985, 0.99, 0.994, 0.997, 0.999, 1.001, 1.003, 1.006, 1.01, 1.015
  };

  private Comparisons() {}

  static RunComparison everyVerdict() {
    return RunComparison.of(baseline(), candidate(), Deltas.defaults());
  }

  private static TrackedRun baseline() {
    return run(
        "20260101T000000Z-01234567",
        cell("int8", paired(0.5, 0.5), 64380, 0),
        cell("fp32", paired(1, 1), 312000, 0),
        cell("bf16", Map.of(Metric.THROUGHPUT, Sample.of(times(80))), 150000, 0),
        cell("fp16", paired(1.5, 1.5), 150000, 0),
        failing("fp8", ""),
        cell("gone", paired(1, 1), 1, 0),
        new TrackedCell(
            HOSTILE,
            Map.of("jdk", "11"),
            Map.of(Metric.OPERATION_TIME, Sample.of(times(3e-6))),
            Map.of(),
            Answers.NONE,
            ""));
  }

  private static TrackedRun candidate() {
    return run(
        "20260102T000000Z-89abcdef-dirty",
        cell("int8", paired(0.54, 0.54), 64381, 12),
        cell("fp32", paired(1, 1), 312000, 0),
        cell("bf16", Map.of(Metric.THROUGHPUT, Sample.of(times(100))), 150000, 0),
        cell("fp16", Map.of(Metric.LATENCY, Sample.of(1.5, 1.6, 1.7)), 150000, 0),
        failing("fp8", "fork exited with 134: <oom> & \"more\""),
        cell("extra", paired(1, 1), 1, 0),
        new TrackedCell(
            HOSTILE,
            Map.of("jdk", "17"),
            Map.of(Metric.OPERATION_TIME, Sample.of(times(3e-6))),
            Map.of(),
            Answers.NONE,
            ""));
  }

  static TrackedRun run(String name, TrackedCell... cells) {
    return new TrackedRun(
        name, "m1", Instant.parse("2026-01-01T00:00:00Z"), "0123456789ab", List.of(cells));
  }

  static TrackedRun exported() {
    return run("r", baseline().cells().toArray(TrackedCell[]::new));
  }

  private static TrackedCell cell(
      String precision, Map<Metric, Sample> samples, long bytes, int wrong) {
    BitSet right = new BitSet();
    right.set(wrong, 100);
    return new TrackedCell(
        "Inference.forward batchSize=1 precision=" + precision,
        Map.of("jdk", "17"),
        samples,
        Map.of(Metric.ARCHIVE_BYTES, bytes),
        Answers.of("samples", 100, right),
        "");
  }

  private static TrackedCell failing(String precision, String error) {
    return error.isEmpty()
        ? cell(precision, paired(1, 1), 1, 0)
        : new TrackedCell(
            "Inference.forward batchSize=1 precision=" + precision,
            Map.of(),
            Map.of(),
            Map.of(),
            Answers.NONE,
            error);
  }

  private static Map<Metric, Sample> paired(double ratio, double ms) {
    return Map.of(Metric.LATENCY, Sample.paired(times(ratio), times(ms), ms));
  }

  private static double[] times(double factor) {
    return Arrays.stream(FORKS).map(value -> value * factor).toArray();
  }

  /** Returns the comparison of so many cells, all of them slower, with names that grow. */
  static RunComparison slower(int cells, String name) {
    List<TrackedCell> before = new ArrayList<>();
    List<TrackedCell> after = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      before.add(exact(name + i, 1));
      after.add(exact(name + i, 2));
    }
    return RunComparison.of(
        run("a", before.toArray(TrackedCell[]::new)),
        run("b", after.toArray(TrackedCell[]::new)),
        Deltas.defaults());
  }

  private static TrackedCell exact(String key, long bytes) {
    return new TrackedCell(
        key, Map.of(), Map.of(), Map.of(Metric.ARCHIVE_BYTES, bytes), Answers.NONE, "");
  }
}
