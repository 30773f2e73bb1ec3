package io.edgefrontier.cli;

import io.edgefrontier.report.BencherJson;
import io.edgefrontier.report.GabJson;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a run in formats of other tools. */
@Command(
    name = "export",
    description = {
      "Write a run for other tools: github-action-benchmark (customSmallerIsBetter), Bencher"
          + " (Bencher Metric Format), and JMH's own file as JMH wrote it.",
      "Smaller is better in all of --gab: throughput becomes time per operation, accuracy the share"
          + " of errors. Times in --bencher are nanoseconds, sizes bytes."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar export latest --gab gab.json --bencher bencher.json",
      "  java -jar benchmarks.jar export baseline:main --jmh jmh.json"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StoreOptions store;

  @Parameters(
      paramLabel = "RUN",
      description =
          "Its folder, a JMH file, 'latest', the beginning of its name, or 'baseline:NAME'.")
  private String run;

  @Option(names = "--gab", paramLabel = "FILE", description = "For github-action-benchmark.")
  private Path gab;

  @Option(names = "--bencher", paramLabel = "FILE", description = "For Bencher.")
  private Path bencher;

  @Option(names = "--jmh", paramLabel = "FILE", description = "JMH's file, byte for byte.")
  private Path jmh;

  @Override
  public Integer call() throws IOException {
    if (gab == null && bencher == null && jmh == null) {
      throw new ParameterException(
          command.commandLine(), "export: expected --gab, --bencher or --jmh, each with a file");
    }
    Path source = store.runs().locate(run);
    TrackedRun read = RunReader.read(source);
    if (gab != null) {
      write(gab, GabJson.text(read));
    }
    if (bencher != null) {
      write(bencher, BencherJson.text(read));
    }
    if (jmh != null) {
      copy(Files.isDirectory(source) ? source.resolve("jmh.json") : source);
    }
    return ExitCode.DONE;
  }

  private void write(Path file, String text) throws IOException {
    AtomicFile.writeText(file, writer -> writer.write(text));
    store.terminal().result(file.toString());
  }

  private void copy(Path from) throws IOException {
    AtomicFile.writeBytes(jmh, stream -> Files.copy(from, stream));
    store.terminal().result(jmh.toString());
  }
}
