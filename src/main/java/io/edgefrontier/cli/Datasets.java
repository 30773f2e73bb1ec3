package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.Samples;
import java.io.IOException;
import java.util.OptionalInt;

/** Loads the dataset of the settings, cut to the subsets that they name. */
final class Datasets {
  private Datasets() {}

  static DataSplit load(Settings settings) throws IOException {
    DataSplit data = DatasetSource.load(settings.dataset(), settings.seed());
    return new DataSplit(
        data.name(),
        cut(data.training(), settings.training().subset()),
        cut(data.validation(), settings.validationSubset()));
  }

  private static Samples cut(Samples samples, OptionalInt subset) {
    return subset.isPresent() ? samples.first(subset.getAsInt()) : samples;
  }
}
