package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What every command that works on a run has: the run's folder, its settings, somewhere to write.
 */
final class StageOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of the run to work on. Default: the newest below the output folder.")
  private Path run;

  /**
   * Returns the run to work on.
   *
   * @throws IOException if there is none
   */
  RunFolder run() throws IOException {
    Optional<RunFolder> named = runIfNamed();
    if (named.isPresent() && !Files.exists(named.get().manifest())) {
      throw new IOException(
          named.get().manifest() + ": no such file; make a run with 'prepare --run DIR' first");
    }
    return named.isPresent()
        ? named.get()
        : RunFolder.newest(SettingOptions.read(flags()).outputDir());
  }

  /** Returns the run that the user named, whether or not it is there yet. */
  Optional<RunFolder> runIfNamed() {
    return Optional.ofNullable(run).map(RunFolder::new);
  }

  /**
   * Returns the settings: this command's flags over the run's own configuration, which is brought
   * up to date, so that later stages see what this one did.
   */
  Settings settings(RunFolder folder) throws IOException {
    Settings settings = SettingOptions.read(flags(), folder);
    folder.save(settings);
    return settings;
  }

  ParseResult flags() {
    return command.commandLine().getParseResult();
  }

  Terminal terminal() {
    return new Terminal(command.commandLine().getOut(), command.commandLine().getErr());
  }
}
