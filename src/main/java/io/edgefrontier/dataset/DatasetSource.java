package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads a dataset by the name that a user gives it.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><td>{@code digits}</td><td>the embedded UCI digits</td></tr>
 *   <tr><td>{@code mnist}</td><td>the IDX files in the folder data/mnist, else downloaded</td></tr>
 *   <tr><td>{@code fashion-mnist}, {@code cifar10}</td><td>downloaded</td></tr>
 *   <tr><td>{@code idx:DIR}</td><td>the IDX files in the folder DIR</td></tr>
 *   <tr><td>{@code npz:FILE}</td><td>NumPy arrays x and y</td></tr>
 *   <tr><td>{@code csv:FILE}</td><td>a row of features and a label for each sample</td></tr>
 *   <tr><td>{@code images:DIR}</td><td>PNG and JPEG files in the class folders of DIR</td></tr>
 * </table>
 */
public final class DatasetSource {
  private static final String NAMES =
      "digits, mnist, fashion-mnist, cifar10, idx:DIR, images:DIR, npz:FILE, csv:FILE";
  private static final Path MNIST_FOLDER = Path.of("data", "mnist");

  private DatasetSource() {}

  /** Loads a dataset that is here, with samples as the dataset itself has them. */
  public static DataSplit load(String spec, long seed) throws IOException {
    return load(DatasetRequest.of(spec, seed), Downloads.NONE);
  }

  /**
   * Loads both parts of a dataset. Where the source has no validation part of its own, 20 % of each
   * class is held out.
   *
   * @throws IllegalArgumentException if the request names no dataset, or a shape that it cannot
   *     have
   * @throws IOException naming the file that is missing or damaged
   */
  public static DataSplit load(DatasetRequest request, Downloads downloads) throws IOException {
    DataSplit data = find(request, downloads);
    Shape shape = data.validation().shape();
    if (!request.shape().orElse(shape).equals(shape)) {
      throw new IllegalArgumentException(
          "input_shape: dataset '%s' has samples of shape %s, found %s; leave it out"
              .formatted(data.name(), shape, request.shape().orElseThrow()));
    }
    return data;
  }

  private static DataSplit find(DatasetRequest request, Downloads downloads) throws IOException {
    String name = request.spec().strip();
    int colon = name.indexOf(':');
    String kind = name.substring(0, colon + 1).toLowerCase(Locale.ROOT);
    Path path = Path.of(name.substring(colon + 1));
    return switch (kind) {
      case "idx:" -> IdxFolder.load(name, path, request.seed(), request.images());
      case "images:" ->
          ImageFolder.load(name, path, request.seed(), shape(request), request.images());
      case "npz:" -> NpzFile.load(name, path, request.seed(), request.shape());
      case "csv:" -> CsvSamples.load(name, path, request.seed(), request.shape());
      default -> named(name, request, downloads);
    };
  }

  private static DataSplit named(String name, DatasetRequest request, Downloads downloads)
      throws IOException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "digits" -> StratifiedSplit.of(name, Digits.load(), request.seed());
      case "mnist" -> mnist(request, MNIST_FOLDER, downloads);
      case "fashion-mnist" -> IdxFolder.load(name, downloads.files("fashmnist"), request.images());
      case "cifar10" -> CifarFile.load(name, downloads.files("cifar10"), request.images());
      default ->
          throw new IllegalArgumentException(
              "unknown dataset '%s'; available: %s".formatted(name, NAMES));
    };
  }

  private static Shape shape(DatasetRequest request) {
    return request
        .shape()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "input_shape: images have many sizes, so '%s' needs --input-shape, such as 3,224,224"
                        .formatted(request.spec())));
  }

  /** Loads MNIST from {@code folder}, which a user fills by hand, or else downloads it. */
  static DataSplit mnist(DatasetRequest request, Path folder, Downloads downloads)
      throws IOException {
    String name = request.spec().strip();
    return Files.isDirectory(folder)
        ? IdxFolder.load(name, folder, request.seed(), request.images())
        : IdxFolder.load(name, downloads.files("mnist"), request.images());
  }
}
