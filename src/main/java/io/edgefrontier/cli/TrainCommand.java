package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.measure.AccuracyMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a built-in network and writes its archive. */
@Command(
    name = "train",
    description = "Train a built-in network on a dataset and write its TorchScript archive.",
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar train --model resnet8 --epochs 30 -o resnet8.pt",
      "  java -jar benchmarks.jar train --model SmallCNN --dataset idx:mnist/ --epochs 2 -o cnn.pt"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "base.pt",
      description = "Archive to write. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Settings settings = SettingOptions.read(spec.commandLine().getParseResult());
    Terminal terminal = new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    BaseNetwork.name(settings);
    if (Files.isDirectory(output)) {
      throw new IOException(output + ": is a folder, expected the name of an archive to write");
    }
    DataSplit data = Datasets.load(settings);
    BaseNetwork.train(settings, data, output, terminal);
    Samples validation = data.validation();
    int[] predicted = AccuracyMeter.predict(output, validation, settings.batchSize());
    int correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      correct += predicted[i] == validation.label(i) ? 1 : 0;
    }
    terminal.result(
        "%s: %d of %d validation samples correct (%.2f %%)"
            .formatted(output, correct, predicted.length, 100.0 * correct / predicted.length));
    return ExitCode.DONE;
  }
}
