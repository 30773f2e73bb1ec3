package io.edgefrontier.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Brings the files of public datasets to this machine, or finds that they are here. */
@FunctionalInterface
public interface Downloads {
  /** Downloads nothing, for datasets that are here already. */
  Downloads NONE =
      dataset -> {
        throw new IOException(dataset + ": must be downloaded, which is not possible here");
      };

  /**
   * Returns a dataset's files.
   *
   * @param dataset {@code mnist}, {@code fashmnist} or {@code cifar10}
   * @return by the names that the dataset's publisher gives them
   * @throws IOException saying what cannot be downloaded, from where, and what to do
   */
  Map<String, Path> files(String dataset) throws IOException;
}
