package io.edgefrontier.cli;

import io.edgefrontier.measure.Machine;
import io.edgefrontier.track.BaselineStore;
import io.edgefrontier.track.Runs;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has that works on runs of the past: where they are, somewhere to write. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      defaultValue = "results",
      description =
          "Folder that runs, machines and baselines are below. Default: ${DEFAULT-VALUE}.")
  private Path results;

  /** Returns the folder of all results. */
  Path results() {
    return results;
  }

  /** Returns the finder of runs, for which this machine's come first. */
  Runs runs() {
    return new Runs(results, machineId());
  }

  BaselineStore baselines() {
    return new BaselineStore(results);
  }

  /** Returns the id of this machine. */
  static String machineId() {
    return Machine.capture().id();
  }

  Terminal terminal() {
    return new Terminal(command.commandLine().getOut(), command.commandLine().getErr());
  }
}
