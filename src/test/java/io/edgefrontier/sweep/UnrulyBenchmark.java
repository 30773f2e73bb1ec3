package io.edgefrontier.sweep;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Takes the parameters of the real benchmarks and needs no engine. Precision and batch size say how
 * it misbehaves: fp32 not at all.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Thread)
public class UnrulyBenchmark {
  static final String NAME = UnrulyBenchmark.class.getName() + ".forward";

  @Param("0.0")
  public String pruningLevel;

  @Param("fp32")
  public String precision;

  @Param("1")
  public int batchSize;

  @Setup(Level.Trial)
  public void start() {
    if (precision.equals("int8") && batchSize == 1) {
      System.err.println("asleep in set-up");
      while (true) { // an interrupt does not wake it up
        LockSupport.park();
      }
    }
  }

  @Benchmark
  public int forward(Blackhole blackhole) throws Exception {
    Blackhole.consumeCPU(500);
    return switch (precision) {
      case "bf16" -> segfault();
      case "fp16" -> exit();
      case "int8" -> batchSize == 2 ? fillHeap(blackhole) : fail();
      default -> 0;
    };
  }

  // By reflection, as javac warns of the class whatever one does.
  private static int segfault() throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field instance = type.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    type.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
    return 1;
  }

  private static int exit() {
    System.out.println("about to exit");
    System.exit(7);
    return 1;
  }

  private static int fillHeap(Blackhole blackhole) {
    List<long[]> kept = new ArrayList<>();
    while (true) {
      kept.add(new long[1 << 20]);
      blackhole.consume(kept);
    }
  }

  private static int fail() {
    throw new IllegalStateException("no such kernel");
  }
}
