package io.edgefrontier.cli;

import io.edgefrontier.analysis.MergeFiles;
import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole job: from a trained network to the Pareto frontier. */
@Command(
    name = "java -jar benchmarks.jar",
    versionProvider = RunEnvironment.Version.class,
    description = {
      "Which variant of my model should I ship? Makes a network's variants over pruning level x"
          + " precision, measures each with JMH on the DJL PyTorch engine, and prints the Pareto"
          + " frontier within a memory budget.",
      "",
      "Without a command the whole job runs. Arguments without a command and without any option"
          + " that begins with -- go to JMH as they are.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar",
      "  java -jar benchmarks.jar --quick",
      "  java -jar benchmarks.jar --profile thorough --time-budget 1h",
      "  java -jar benchmarks.jar --quick -p precision=int8,fp32 -p pruningLevel=0.5",
      "  java -jar benchmarks.jar --batch-sizes 1,8,32 --threads 1,2 --throughput-repeats 3",
      "  java -jar benchmarks.jar --model ds-cnn --fine-tune-epochs 3",
      "  java -jar benchmarks.jar --model net.pt --dataset idx:mnist/ --pruning-levels 0,0.3",
      "  java -jar benchmarks.jar --variants quantised/ --dataset idx:mnist/",
      "  java -jar benchmarks.jar --model net.pt --input-shape 3,224,224 --dataset images:val/",
      "  java -jar benchmarks.jar --model net.pt --input-shape 3,224,224 --no-accuracy",
      "  java -jar benchmarks.jar --config sweep.yaml --active-memory-budget-mb 0.1",
      "  java -jar benchmarks.jar -p precision=int8 -f 1 -wi 2 -i 3    (JMH itself)",
      "",
      "Exit codes: 0 done; 1 internal or engine error; 2 wrong usage or bad input; 3 some cells",
      "failed; 4 no variant fits the active memory budget."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private StageOptions stage;

  @Option(names = "--verbose", description = "Copy JMH's own output to stderr.")
  private boolean verbose;

  @Option(
      names = "--restart",
      description = "Start over, where the run would go on with what is already measured.")
  private boolean restart;

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    Terminal terminal = stage.terminal();
    BaseNetwork.name(settings); // an unknown network is known now, not after loading data
    RunFolder run = folder(settings, terminal);
    DataSplit data = Datasets.load(settings);
    terminal.progress("run: %s", run.path());
    if (Files.exists(run.manifest())) {
      run.save(settings); // what is made of the figures may have changed
    } else {
      PrepareCommand.prepare(settings, data, run, terminal);
    }
    if (settings.data().accuracy() && !Files.exists(run.accuracy())) {
      AccuracyCommand.accuracy(settings, data.validation(), run, terminal);
    }
    BenchCommand.bench(settings, run, new BenchCommand.Mode(verbose, restart), terminal);
    RunEnvironment.write(settings, stage.flags(), run);
    MergeFiles.Summary summary = MergeCommand.merge(settings, run, terminal);
    FrontierCommand.frontier(settings, run);
    ReportCommand.report(settings, run, terminal);
    return MergeCommand.exitCode(summary, terminal);
  }

  /** A run that is named and there brings its own settings along. */
  private Settings settings() throws IOException {
    Optional<RunFolder> named = stage.runIfNamed();
    return named.isPresent() && !restart
        ? SettingOptions.read(stage.flags(), named.get())
        : SettingOptions.read(stage.flags());
  }

  private RunFolder folder(Settings settings, Terminal terminal) throws IOException {
    Optional<RunFolder> named = stage.runIfNamed();
    if (named.isPresent() && restart) {
      named.get().clear();
    } else if (named.isPresent()) {
      Resumption.check(named.get(), settings);
    }
    if (named.isPresent()) {
      return named.get();
    }
    Optional<RunFolder> unfinished = restart ? Optional.empty() : Resumption.find(settings);
    unfinished.ifPresent(
        run -> terminal.progress("an earlier run was not finished; going on with it"));
    return unfinished.orElseGet(() -> NewRun.folder(settings));
  }
}
