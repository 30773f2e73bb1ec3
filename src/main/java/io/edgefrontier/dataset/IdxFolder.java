package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder of IDX files under the names of MNIST: {@code train-images-idx3-ubyte} with {@code
 * train-labels-idx1-ubyte}, and {@code t10k-...} for validation; each plain or with {@code .gz},
 * and with a dot for the last but one hyphen as some copies have.
 */
final class IdxFolder {
  private IdxFolder() {}

  /**
   * Loads training and validation samples; a single pair of files is split.
   *
   * @param name of the dataset, for messages and results
   * @param seed of the split
   * @param transform whose mean and standard deviation hold
   * @throws IOException naming the file that is missing or damaged
   */
  static DataSplit load(String name, Path folder, long seed, ImageTransform transform)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": no such folder; expected there: " + expected());
    }
    Optional<Pair> train = pair(folder, "train");
    Optional<Pair> test = pair(folder, "t10k");
    if (train.isPresent() && test.isPresent()) {
      return split(name, train.get(), test.get(), transform);
    }
    Pair only =
        train
            .or(() -> test)
            .orElseThrow(() -> new IOException(folder + ": no IDX files; expected: " + expected()));
    return StratifiedSplit.of(name, only.samples(only.classes(), transform), seed);
  }

  /** Loads a dataset that DJL has downloaded, whose files have DJL's names. */
  static DataSplit load(String name, Map<String, Path> files, ImageTransform transform)
      throws IOException {
    return split(
        name,
        Pair.read(files.get("train_data"), files.get("train_labels")),
        Pair.read(files.get("test_data"), files.get("test_labels")),
        transform);
  }

  private static DataSplit split(String name, Pair train, Pair test, ImageTransform transform)
      throws IOException {
    requireSameSize(train, test);
    int classes = Math.max(train.classes(), test.classes());
    return new DataSplit(name, train.samples(classes, transform), test.samples(classes, transform));
  }

  private static void requireSameSize(Pair train, Pair test) throws IOException {
    if (!train.sampleShape().equals(test.sampleShape())) {
      throw new IOException(
          "%s: images of %s, the training images are %s"
              .formatted(test.imagesPath, test.sampleShape(), train.sampleShape()));
    }
  }

  private static String expected() {
    return "train-images-idx3-ubyte and train-labels-idx1-ubyte,"
        + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (one pair is enough;"
        + " each may be .gz)";
  }

  private static Optional<Pair> pair(Path folder, String part) throws IOException {
    Optional<Path> images = find(folder, part + "-images", "idx3-ubyte");
    Optional<Path> labels = find(folder, part + "-labels", "idx1-ubyte");
    if (images.isPresent() != labels.isPresent()) {
      Path present = images.or(() -> labels).orElseThrow();
      throw new IOException(
          "%s has no %s beside it"
              .formatted(present, images.isPresent() ? part + "-labels" : part + "-images"));
    }
    if (images.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Pair.read(images.orElseThrow(), labels.orElseThrow()));
  }

  private static Optional<Path> find(Path folder, String stem, String type) {
    return List.of("-" + type, "." + type, "-" + type + ".gz", "." + type + ".gz").stream()
        .map(ending -> folder.resolve(stem + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Images and their labels, as stored. */
  private record Pair(Path imagesPath, IdxFile images, IdxFile labels) {

    static Pair read(Path imagesPath, Path labelsPath) throws IOException {
      IdxFile images = IdxFile.read(imagesPath, 3);
      IdxFile labels = IdxFile.read(labelsPath, 1);
      if (!images.dims().get(0).equals(labels.dims().get(0))) {
        throw new IOException(
            "%s has %d images, %s has %d labels; they must agree"
                .formatted(imagesPath, images.dims().get(0), labelsPath, labels.dims().get(0)));
      }
      return new Pair(imagesPath, images, labels);
    }

    int classes() {
      return IntStream.range(0, labels.count()).map(labels::value).max().orElseThrow() + 1;
    }

    Shape sampleShape() {
      return Shape.of(1, images.dims().get(1), images.dims().get(2));
    }

    Samples samples(int classes, ImageTransform transform) {
      transform.requireChannels(sampleShape());
      int size = Math.toIntExact(sampleShape().elements());
      int[] classOf = IntStream.range(0, labels.count()).map(labels::value).toArray();
      return new Samples(
              sampleShape(),
              classes,
              (index, target, offset) -> {
                for (int i = 0; i < size; i++) {
                  target[offset + i] = transform.normalised(images.value(index * size + i), 0);
                }
              },
              classOf)
          .withFurtherClasses();
    }
  }
}
