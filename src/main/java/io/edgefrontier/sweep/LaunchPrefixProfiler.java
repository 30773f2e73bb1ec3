package io.edgefrontier.sweep;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Puts words before a fork's JVM command: JMH lets its external profilers do so.
 *
 * <p>Use: {@code options.addProfiler(LaunchPrefixProfiler.class, String.join(" ", command))}.
 */
public final class LaunchPrefixProfiler implements ExternalProfiler {
  private final List<String> command;

  /**
   * Made by JMH.
   *
   * @param command words with single spaces between them
   */
  public LaunchPrefixProfiler(String command) {
    this.command = List.of(command.split(" "));
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return command;
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams benchmarkParams) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File stdOut, File stdErr) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "starts the fork through " + String.join(" ", command);
  }
}
