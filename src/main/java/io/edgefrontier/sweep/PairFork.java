package io.edgefrontier.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A fork that times two archives in turns.
 *
 * @param sampleShape of one input, without the batch
 * @param threads that the engine computes with
 */
public record PairFork(
    Path baseline, Path candidate, List<Integer> sampleShape, int batchSize, int threads) {
  private static final String BENCHMARK = "[.]PairBenchmark[.]";
  private static final String PROFILER = "io.edgefrontier.bench.SpeedUpProfiler";
  private static final String RATIO = "speedup";
  private static final long TIMEOUT_MINUTES = 10;

  /**
   * Runs the fork.
   *
   * @param exchanged whether the two change places, so that neither is always the one between
   *     slices of the other
   * @return the candidate's time divided by the baseline's
   * @throws IOException if the fork fails; the message is its last word
   */
  public double ratio(boolean exchanged) throws IOException {
    var options =
        new OptionsBuilder()
            .include(BENCHMARK)
            .param("batchSize", String.valueOf(batchSize))
            .forks(1)
            .shouldFailOnError(true)
            .addProfiler(PROFILER)
            .timeout(TimeValue.minutes(TIMEOUT_MINUTES))
            .jvmArgsAppend(
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dedgefrontier.pair.baseline=" + (exchanged ? candidate : baseline),
                "-Dedgefrontier.pair.candidate=" + (exchanged ? baseline : candidate),
                "-Dedgefrontier.pair.sample="
                    + sampleShape.stream().map(String::valueOf).collect(Collectors.joining("x")))
            .build();
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    try {
      Collection<RunResult> results =
          new Runner(options, OutputFormatFactory.createFormatInstance(log, VerboseMode.SILENT))
              .run();
      for (RunResult result : results) {
        Result<?> speedUp = result.getSecondaryResults().get(RATIO);
        if (speedUp != null && speedUp.getScore() > 0) {
          return exchanged ? speedUp.getScore() : 1 / speedUp.getScore();
        }
      }
      throw new IOException("the fork gave no ratio");
    } catch (RunnerException e) {
      throw new IOException(ForkLauncher.reason(e), e);
    }
  }
}
