package io.edgefrontier.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One latency fork of a cell by another build of this program, with the paired reference.
 *
 * @param jar the build
 * @param variants folder of variants.csv
 * @param parameters of JMH that choose the cell
 * @param threads that the engine computes with
 */
public record JarFork(Path jar, Path variants, Map<String, String> parameters, int threads) {
  private static final long TIMEOUT_MINUTES = 10;

  /**
   * Runs the fork.
   *
   * @param result where JMH writes its JSON
   * @throws IOException if it fails or takes too long
   */
  public void run(Path result) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                "org.openjdk.jmh.Main",
                "[.]InferenceBenchmark[.]"));
    command.addAll(
        List.of("-f", "1", "-wi", "1", "-w", "500ms", "-i", "60", "-r", "10ms", "-foe", "true"));
    command.addAll(List.of("-prof", "io.edgefrontier.bench.ForkFactsProfiler"));
    command.addAll(List.of("-rf", "json", "-rff", result.toString()));
    parameters.forEach((name, value) -> command.addAll(List.of("-p", name + "=" + value)));
    command.addAll(
        List.of(
            "-jvmArgsAppend",
            "-Dai.djl.pytorch.num_threads=%d -Dedgefrontier.reference=true -Dedgefrontier.variants=%s"
                .formatted(threads, variants.toAbsolutePath())));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(jar + ": no result within " + TIMEOUT_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(jar + ": interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s: JMH ended with exit code %d on %s; run it by hand to see why"
              .formatted(jar, process.exitValue(), parameters));
    }
  }
}
