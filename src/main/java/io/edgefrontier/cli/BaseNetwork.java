package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.engine.GraphTrainer;
import io.edgefrontier.engine.TrainingOptions;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Brings the network that variants are made of to {@code base.pt}: copied, or trained first. */
final class BaseNetwork {
  private BaseNetwork() {}

  /**
   * Writes the base archive and returns the network in it, checked against the dataset.
   *
   * @throws IOException if the archive cannot be read or written
   * @throws IllegalArgumentException if network and dataset do not fit each other
   */
  static Graph obtain(Settings settings, DataSplit data, Path base, Terminal terminal)
      throws IOException {
    Files.createDirectories(base.toAbsolutePath().getParent());
    if (settings.model().isArchive()) {
      Path archive = Path.of(settings.model().name());
      TorchScriptReader.read(archive, shape(settings, data)); // a damaged one is not copied
      Files.copy(archive, base, StandardCopyOption.REPLACE_EXISTING);
    } else if (settings.dataset().equals("digits") && !settings.training().epochsGiven()) {
      copyEmbedded(settings.model().name(), base);
    } else {
      train(settings, data, base, terminal);
    }
    Graph graph = TorchScriptReader.read(base, shape(settings, data));
    requireFit(graph, data);
    return graph;
  }

  /** Trains a built-in network on the dataset's training part and writes its archive. */
  static void train(Settings settings, DataSplit data, Path base, Terminal terminal)
      throws IOException {
    if (settings.model().isArchive()) {
      throw new IllegalArgumentException(
          "model: only built-in networks can be trained (%s), found '%s'"
              .formatted(BuiltInNetworks.names(), settings.model().name()));
    }
    Graph untrained =
        BuiltInNetworks.create(
            settings.model().name(),
            data.training().shape(),
            data.training().classes(),
            settings.seed());
    Graph trained =
        GraphTrainer.train(
            untrained,
            data.training(),
            options(settings, settings.training().epochs()),
            epoch ->
                terminal.progress(
                    "train %s: epoch %d/%d, loss %.4f, training accuracy %.2f %%",
                    untrained.name(),
                    epoch.epoch(),
                    epoch.epochs(),
                    epoch.loss(),
                    100 * epoch.trainingAccuracy()));
    TorchScriptWriter.write(trained, base);
  }

  /** Returns how the settings say that training goes, for {@code epochs} epochs. */
  static TrainingOptions options(Settings settings, int epochs) {
    return new TrainingOptions(
        epochs, settings.batchSize(), settings.training().learningRate(), settings.seed());
  }

  /** Returns the name that variants carry: the network's, or the archive's without its ending. */
  static String name(Settings settings) {
    String model = settings.model().name();
    if (settings.model().isArchive()) {
      return Path.of(model).getFileName().toString().replaceFirst("\\.pt$", "");
    }
    return BuiltInNetworks.names().stream()
        .filter(name -> name.equalsIgnoreCase(model))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown model '%s'; available: %s, or the path of a TorchScript archive (*.pt)"
                        .formatted(model, String.join(", ", BuiltInNetworks.names()))));
  }

  /** Returns the shape of one sample, the dataset's unless the settings say otherwise. */
  static Shape shape(Settings settings, DataSplit data) {
    return settings.model().inputShape().orElse(data.validation().shape());
  }

  private static void copyEmbedded(String model, Path base) throws IOException {
    try (InputStream archive = BuiltInNetworks.trainedOnDigits(model).orElseThrow()) {
      Files.copy(archive, base, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void requireFit(Graph graph, DataSplit data) {
    if (!graph.sampleShape().equals(data.validation().shape())) {
      throw new IllegalArgumentException(
          "dataset '%s' has samples of shape %s, the network takes %s"
              .formatted(data.name(), data.validation().shape(), graph.sampleShape()));
    }
    Shape output = graph.types(1).get(graph.outputs().get(0)).shape();
    if (output.rank() != 2 || output.dim(1) != data.validation().classes()) {
      throw new IllegalArgumentException(
          "dataset '%s' has %d classes, the network's output has shape %s"
              .formatted(data.name(), data.validation().classes(), output));
    }
  }
}
