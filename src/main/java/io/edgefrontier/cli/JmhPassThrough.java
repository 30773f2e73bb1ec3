package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.sweep.JmhCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands arguments to JMH as its own main takes them, after making sure that there are variants. */
@Command(
    name = "jmh",
    description = {
      "Hand everything to JMH, as its own main takes it. Arguments without a command"
          + " and without any option that begins with -- are handed over without this word, too.",
      "The variants come from -Dedgefrontier.variants=DIR (before -jar), else from results/work,"
          + " where they are made first if they are not there."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar -l",
      "  java -jar benchmarks.jar -p precision=int8 -p pruningLevel=0.5 -f 1 -rf json -rff out.json"
    })
final class JmhPassThrough implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "ARG", description = "What JMH takes; see jmh -h.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException {
    return run(arguments, Main.terminal());
  }

  /** Returns JMH's exit code. */
  static int run(List<String> arguments, Terminal terminal) throws IOException {
    String named = System.getProperty("edgefrontier.variants");
    Path folder = named == null ? Path.of("results", "work") : Path.of(named);
    if (JmhCommand.needsVariants(arguments)) {
      RunFolder run = new RunFolder(folder);
      if (named != null && !Files.exists(run.manifest())) {
        throw new IOException(
            run.manifest() + ": no such file; -Dedgefrontier.variants names the folder of a run");
      }
      if (!Files.exists(run.manifest())) {
        Settings settings = Settings.of(Map.of());
        PrepareCommand.prepare(settings, Datasets.load(settings), run, terminal);
      }
    }
    return JmhCommand.run(arguments, folder);
  }
}
