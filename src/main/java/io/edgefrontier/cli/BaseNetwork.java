package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.engine.GraphTrainer;
import io.edgefrontier.engine.TrainingOptions;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prepare.EngineProbe;
import io.edgefrontier.prepare.Faithfulness;
import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings the network that variants are made of to {@code base.pt}: copied, or trained first. */
final class BaseNetwork {
  private BaseNetwork() {}

  /**
   * Writes the base archive and returns the network in it, checked against the dataset; one that
   * comes from elsewhere is also run beside what was read from it, unless the settings forbid it.
   *
   * @throws IOException if the archive cannot be read or written
   * @throws IllegalArgumentException if network and dataset do not fit each other, or the network
   *     cannot be pruned as the settings say
   */
  static Graph obtain(Settings settings, DataSplit data, Path base, Terminal terminal)
      throws IOException {
    if (settings.model().isArchive()) {
      Path archive = Path.of(settings.model().name());
      Graph found = TorchScriptReader.read(archive, data.validation().shape(), new EngineProbe());
      requireFit(settings, found, data); // a bad one is not copied
      PruningPlan.check(settings, found, terminal);
      if (settings.model().verify()) {
        Faithfulness.require(archive, found, data.validation());
        terminal.progress("%s: gives the same outputs as the network read from it", archive);
      }
      AtomicFile.writeBytes(base, out -> Files.copy(archive, out));
      return checked(settings, base, data);
    }
    PruningPlan.check(settings, untrained(settings, data), terminal);
    if (settings.data().dataset().equals(Optional.of("digits"))
        && !settings.training().epochsGiven()) {
      try (InputStream archive =
          BuiltInNetworks.trainedOnDigits(settings.model().name()).orElseThrow()) {
        AtomicFile.writeBytes(base, archive::transferTo);
      }
    } else {
      train(settings, data, base, terminal);
    }
    return checked(settings, base, data);
  }

  private static Graph checked(Settings settings, Path base, DataSplit data) throws IOException {
    Graph graph = TorchScriptReader.read(base, data.validation().shape(), new EngineProbe());
    requireFit(settings, graph, data);
    return graph;
  }

  private static Graph untrained(Settings settings, DataSplit data) {
    if (data.training().count() == 0) {
      throw new IllegalArgumentException(
          "dataset: a built-in network is trained, which takes samples; found none, expected a"
              + " dataset");
    }
    return BuiltInNetworks.create(
        settings.model().name(),
        data.training().shape(),
        data.training().classes(),
        settings.seed());
  }

  /** Trains a built-in network on the dataset's training part and writes its archive. */
  static void train(Settings settings, DataSplit data, Path base, Terminal terminal)
      throws IOException {
    if (settings.model().isArchive()) {
      throw new IllegalArgumentException(
          "model: only built-in networks can be trained (%s), found '%s'"
              .formatted(BuiltInNetworks.names(), settings.model().name()));
    }
    Graph untrained = untrained(settings, data);
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
    Files.createDirectories(base.toAbsolutePath().getParent());
    TorchScriptWriter.write(trained, base);
  }

  /** Returns how the settings say that training goes, for {@code epochs} epochs. */
  static TrainingOptions options(Settings settings, int epochs) {
    return new TrainingOptions(
        epochs, settings.batchSize(), settings.training().learningRate(), settings.seed());
  }

  /**
   * Returns the name that variants carry: the network's, or the archive's without its ending; of
   * variants made elsewhere, which may have labels, their folder's.
   */
  static String name(Settings settings) {
    if (settings.variants().given().isPresent()) {
      return GivenVariants.of(settings.variants().given().get()).name();
    }
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

  /** The number of classes matters where labels do: to accuracy and to training. */
  private static void requireFit(Settings settings, Graph graph, DataSplit data) {
    if (!graph.sampleShape().equals(data.validation().shape())) {
      throw new IllegalArgumentException(
          "dataset '%s' has samples of shape %s, the network takes %s"
              .formatted(data.name(), data.validation().shape(), graph.sampleShape()));
    }
    if (!settings.data().accuracy() && settings.variants().fineTuneEpochs() == 0) {
      return;
    }
    Shape output = graph.types(1).get(graph.outputs().get(0)).shape();
    if (output.rank() != 2 || !data.validation().fits(output.dim(1))) {
      throw new IllegalArgumentException(
          "dataset '%s' has %s classes, the network's output has shape %s"
              .formatted(data.name(), data.validation().classesInWords(), output));
    }
  }
}
