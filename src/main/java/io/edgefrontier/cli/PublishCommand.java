package io.edgefrontier.cli;

import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a table of one or several runs for people to show. */
@Command(
    name = "publish",
    description = {
      "Write a table of runs for a README, a paper, a pull request or a spreadsheet.",
      "Bold is the best accepted cell of a column and every cell that the measurements cannot tell"
          + " from it; budgets, frontiers and failures are told in words. Nothing is measured, and"
          + " the run's folder stays as it is."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar publish latest",
      "  java -jar benchmarks.jar publish latest --baseline fp32 --sort=-accuracy",
      "  java -jar benchmarks.jar publish latest --format latex --output table.tex \\",
      "      --columns latency,p99,accuracy,memory --group-by precision",
      "  java -jar benchmarks.jar publish 20261122T2227 20261125T1852 --columns latency,memory",
      "  java -jar benchmarks.jar publish latest --format csv --output table.csv"
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private PublishRequest request;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to this file. Default: the standard output.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    String text = Publication.text(request, store.runs());
    if (output == null) {
      store.terminal().out().print(text);
      store.terminal().out().flush();
    } else {
      AtomicFile.writeText(output, writer -> writer.write(text));
      store.terminal().progress("published in %s", output);
    }
    return ExitCode.DONE;
  }
}
