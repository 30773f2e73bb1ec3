package io.edgefrontier.cli;

import io.edgefrontier.track.Baseline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Names runs that later ones are compared with. */
@Command(
    name = "baseline",
    description = {
      "Name runs that later ones are compared with: results/baselines/<machine>/NAME.json, which"
          + " points to a run and has checksums of what was measured in it.",
      "Where a run is asked for, give its folder, 'latest', the beginning of its folder's name or"
          + " of its commit, or 'baseline:NAME'."
    },
    subcommands = {
      BaselineCommand.Set.class,
      BaselineCommand.ListAll.class,
      BaselineCommand.Rm.class
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar baseline set main latest",
      "  java -jar benchmarks.jar baseline set v1.2 results/runs/fe767307/20261122T222719Z-305b5a06",
      "  java -jar benchmarks.jar baseline list",
      "  java -jar benchmarks.jar baseline rm v1.2"
    })
final class BaselineCommand implements Callable<Integer> {
  private static final int SHORT_COMMIT = 8;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(), "baseline: expected 'set NAME RUN', 'list' or 'rm NAME'");
  }

  /** Makes or replaces a baseline. */
  @Command(
      name = "set",
      description = "Let NAME be a run; an earlier baseline of this name is replaced.",
      footer = {"", "Example:", "  java -jar benchmarks.jar baseline set main latest"})
  static final class Set implements Callable<Integer> {
    @Mixin private StoreOptions store;

    @Parameters(index = "0", paramLabel = "NAME", description = "Letters, digits, '.', '_', '-'.")
    private String name;

    @Parameters(index = "1", paramLabel = "RUN", description = "The run.")
    private String run;

    @Override
    public Integer call() throws IOException {
      Path found = store.runs().locate(run);
      store.terminal().result("%s -> %s".formatted(store.baselines().set(name, found), found));
      return ExitCode.DONE;
    }
  }

  /** Lists all baselines. */
  @Command(
      name = "list",
      description = "List the baselines of all machines: machine, name, time, commit, run.",
      footer = {"", "Example:", "  java -jar benchmarks.jar baseline list"})
  static final class ListAll implements Callable<Integer> {
    @Mixin private StoreOptions store;

    @Override
    public Integer call() throws IOException {
      List<Baseline> baselines = store.baselines().list();
      for (Baseline baseline : baselines) {
        store.terminal().result(line(baseline));
      }
      if (baselines.isEmpty()) {
        store.terminal().progress("no baselines; make one with 'baseline set NAME RUN'");
      }
      return ExitCode.DONE;
    }

    private static String line(Baseline baseline) {
      String commit = baseline.commit();
      return "%s  %s  %s  %s  %s"
          .formatted(
              baseline.machineId(),
              baseline.name(),
              baseline.time(),
              commit.isEmpty() ? "-" : commit.substring(0, Math.min(SHORT_COMMIT, commit.length())),
              baseline.run());
    }
  }

  /** Removes a baseline. */
  @Command(
      name = "rm",
      description = "Remove a baseline of this machine; the run that it names stays.",
      footer = {"", "Example:", "  java -jar benchmarks.jar baseline rm v1.2"})
  static final class Rm implements Callable<Integer> {
    @Mixin private StoreOptions store;

    @Parameters(paramLabel = "NAME", description = "NAME, or MACHINE/NAME for another machine's.")
    private String name;

    @Override
    public Integer call() throws IOException {
      int slash = name.indexOf('/');
      String machine = slash < 0 ? StoreOptions.machineId() : name.substring(0, slash);
      Path removed = store.baselines().remove(machine, name.substring(slash + 1));
      store.terminal().result("removed " + removed);
      return ExitCode.DONE;
    }
  }
}
