package io.edgefrontier.cli;

import io.edgefrontier.config.DataSettings;
import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.dataset.DatasetRequest;
import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.DjlDownloads;
import java.io.IOException;
import java.util.OptionalInt;

/** Loads the dataset of the settings, cut to the subsets that they name. */
final class Datasets {
  // One split for ever, whatever --seed says: the embedded archives were trained on its training
  // part, and a validation sample that they have seen would be no validation.
  private static final long SPLIT_SEED = 7;

  private Datasets() {}

  /**
   * Returns the samples; none, but their shape, where the settings do without a dataset.
   *
   * @throws IllegalArgumentException if the settings need a dataset and name none
   * @throws IOException naming the file that is missing or damaged
   */
  static DataSplit load(Settings settings) throws IOException {
    DataSettings wanted = settings.data();
    if (wanted.dataset().isEmpty()) {
      if (settings.variants().fineTuneEpochs() > 0) {
        throw new IllegalArgumentException(
            "fine_tune_epochs: training needs samples; name some with --dataset");
      }
      return DataSplit.none(wanted.inputShape().orElseThrow());
    }
    DataSplit data =
        DatasetSource.load(
            new DatasetRequest(
                wanted.dataset().get(), wanted.inputShape(), wanted.images(), SPLIT_SEED),
            new DjlDownloads());
    if (data.training().count() == 0 || data.validation().count() == 0) {
      throw new IOException(
          "dataset '%s': %d training and %d validation samples; both parts need some"
              .formatted(data.name(), data.training().count(), data.validation().count()));
    }
    return new DataSplit(
        data.name(),
        cut(data.training(), settings.training().subset()),
        cut(data.validation(), settings.validationSubset()));
  }

  private static Samples cut(Samples samples, OptionalInt subset) {
    return subset.isPresent() ? samples.first(subset.getAsInt()) : samples;
  }
}
