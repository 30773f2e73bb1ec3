package io.edgefrontier.cli;

import io.edgefrontier.publish.Content;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what runs found for people to show, or keeps it in place in Markdown files. */
@Command(
    name = "publish",
    description = {
      "Write a table of runs for a README, a paper, a pull request or a spreadsheet.",
      "Bold is the best accepted cell of a column and every cell that the measurements cannot tell"
          + " from it; budgets, frontiers and failures are told in words. Nothing is measured, and"
          + " the run's folder stays as it is.",
      "With --update, text is kept in place in Markdown files, between a line <!--"
          + " BEGIN:edge-frontier RUN OPTIONS --> and a line <!-- END:edge-frontier -->. RUN is the"
          + " run's folder, relative to that of the file; OPTIONS are --content, --columns and the"
          + " like as here."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar publish latest",
      "  java -jar benchmarks.jar publish latest --baseline fp32 --sort=-accuracy",
      "  java -jar benchmarks.jar publish latest --format latex --output table.tex \\",
      "      --columns latency,p99,accuracy,memory --group-by precision",
      "  java -jar benchmarks.jar publish 20261122T2227 20261125T1852 --columns latency",
      "  java -jar benchmarks.jar publish latest --format csv --output table.csv",
      "  java -jar benchmarks.jar publish latest --content pictures",
      "  java -jar benchmarks.jar publish --update README.md docs/results.md",
      "  java -jar benchmarks.jar publish --check README.md"
    })
final class PublishCommand implements Callable<Integer> {
  private static final String UPDATE = "--update";
  private static final String CHECK = "--check";

  /** The one option that bears on no text. */
  private static final String OUTPUT_DIR = "--output-dir";

  @Spec private CommandSpec command;
  @Mixin private StoreOptions store;
  @Mixin private PublishRequest request;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to this file. Default: the standard output.")
  private Path output;

  @Option(
      names = UPDATE,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Bring the text between the markers of these Markdown files up to date.")
  private List<Path> update = List.of();

  @Option(
      names = CHECK,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Change nothing; say which text between the markers of these files is stale, and then end"
              + " with exit code 7.")
  private List<Path> check = List.of();

  @Override
  public Integer call() throws IOException {
    if (!update.isEmpty()) {
      requireAlone(UPDATE);
      return KeptText.update(update, store.terminal());
    }
    if (!check.isEmpty()) {
      requireAlone(CHECK);
      return KeptText.check(check, store.terminal());
    }
    publish();
    return ExitCode.DONE;
  }

  /** Runs and options of text in place stand in its markers. */
  private void requireAlone(String option) {
    List<String> others = new ArrayList<>(request.runs());
    command.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !name.equals(option) && !name.equals(OUTPUT_DIR))
        .forEach(others::add);
    if (!others.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "publish %s: expected files and nothing else, since their markers say what they ask for;"
                  .formatted(option)
              + " found "
              + String.join(", ", others));
    }
  }

  private void publish() throws IOException {
    String text = Publication.text(request, this::locate);
    if (output == null) {
      store.terminal().out().print(text);
      store.terminal().out().flush();
    } else {
      AtomicFile.writeText(output, writer -> writer.write(text));
      store.terminal().progress("published in %s", output);
    }
  }

  /** A table may go anywhere; the other contents are made of paths. */
  private LocatedRun locate(String name) throws IOException {
    Path run = store.runs().locate(name);
    if (request.content() == Content.TABLE) {
      return new LocatedRun(run, "");
    }
    Path folder = output == null ? Path.of("") : output.toAbsolutePath().getParent();
    return LocatedRun.from(folder, run);
  }
}
