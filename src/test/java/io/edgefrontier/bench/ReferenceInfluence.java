package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Shows whether the reference disturbs a candidate: times slices of 10 ms of it in one process, by
 * turns behind a slice of the reference and behind one of its own that is not counted. Separate
 * processes cannot show it, because their minima alone differ by several per cent.
 *
 * <pre>
 * java -cp target/test-classes:target/benchmarks.jar io.edgefrontier.bench.ReferenceInfluence \
 *     archive.pt 1x1x28x28
 * </pre>
 */
final class ReferenceInfluence {
  private static final int TURNS = 2000;
  private static final int WARM_UP_TURNS = 200;
  private static final long SLICE_NANOS = 10_000_000;
  private static final int MOST_CALLS = 1 << 14;

  private ReferenceInfluence() {}

  public static void main(String[] args) throws IOException {
    int[] sizes = Arrays.stream(args[1].split("x")).mapToInt(Integer::parseInt).toArray();
    Shape shape = Shape.of(sizes);
    try (InferenceSession session = InferenceSession.open(Path.of(args[0]));
        ReferenceArchive reference = ReferenceArchive.open()) {
      BoundCall candidate = session.bind(VariantUnderTest.uniform(shape), shape);
      ReferenceSlices timed = new ReferenceSlices(candidate::run, MOST_CALLS);
      ReferenceSlices own = new ReferenceSlices(candidate::run, MOST_CALLS);
      ReferenceSlices others = new ReferenceSlices(reference::forward, MOST_CALLS);
      double[][] minima = new double[2][TURNS];
      double[][] medians = new double[2][TURNS];
      for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
        for (int kind = 0; kind < 2; kind++) {
          ReferenceSlices before = kind == 0 ? own : others;
          before.clear();
          before.run(SLICE_NANOS / 2);
          timed.clear();
          timed.run(SLICE_NANOS);
          long[] nanos = timed.callNanos();
          Arrays.sort(nanos);
          minima[kind][Math.max(turn, 0)] = nanos[0];
          medians[kind][Math.max(turn, 0)] = nanos[nanos.length / 2];
        }
      }
      print("minimum of all slices", min(minima[0]), min(minima[1]));
      print("median of the slices' minima", median(minima[0]), median(minima[1]));
      print("median of the slices' medians", median(medians[0]), median(medians[1]));
    }
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String what, double alone, double paired) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-30s alone %.1f us, with the reference %.1f us, ratio %.4f",
            what,
            alone / 1e3,
            paired / 1e3,
            paired / alone));
  }
}
