package io.edgefrontier.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Response time of a variant under load: requests of one batch each arrive at random, wait their
 * turn and are served by one thread.
 *
 * <p>Workload: that of {@link InferenceBenchmark}, once for each arrival of a Poisson process with
 * a fixed seed. The score is the rate at which requests were served; it equals the arrival rate
 * unless the server is overloaded, and is no speed. The response times, which include the time in
 * line and must not be confused with the service time, are the secondary results {@code response.*}
 * of {@link ForkFactsProfiler}. Each iteration begins with an empty queue, so long iterations are
 * better; with several JMH threads each serves a queue of its own at this rate.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar OpenLoopBenchmark -p precision=int8 -p arrivalRate=500 \
 *     -prof io.edgefrontier.bench.ForkFactsProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 10)
@State(Scope.Thread)
public class OpenLoopBenchmark {
  private static final long SEED = 42;

  /** Requests per second, on average. */
  @Param({"100"})
  public double arrivalRate;

  private OpenLoop queue;
  private ResponseTimes responses;
  private boolean measuring;

  /** Makes the queue. */
  @Setup(Level.Trial)
  public void open() {
    queue = new OpenLoop(arrivalRate, SEED, OpenLoop.WALL);
    responses = new ResponseTimes();
  }

  /** Empties the queue: what arrived between two iterations could not be served. */
  @Setup(Level.Iteration)
  public void restart(IterationParams iteration) {
    measuring = iteration.getType() == IterationType.MEASUREMENT;
    queue.restart();
  }

  /** Waits for the next request unless one is waiting, runs a forward call, frees its result. */
  @Benchmark
  public long respond(LoadedVariant variant) {
    long nanos = queue.serveNext(variant::forward);
    if (measuring) {
      responses.add(nanos);
    }
    return nanos;
  }

  /** Hands over the response times. */
  @TearDown(Level.Trial)
  public void close() {
    ForkFacts.responses(responses);
  }
}
