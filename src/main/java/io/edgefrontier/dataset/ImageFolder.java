package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of class folders of PNG and JPEG files, or one with such folders named {@code train} and
 * {@code val}. Classes are numbered in the order of their folders' names, as torchvision's
 * ImageFolder numbers them. Images are decoded when they are read.
 */
final class ImageFolder {
  /** Labels and paths are in memory: about 200 bytes each. */
  private static final int MAX_IMAGES = 5_000_000;

  /** An image as wide as it is long times this is scaled to no more than that many pixels. */
  private static final int MAX_ASPECT = 100;

  private final Path root;
  private final List<String> classes;
  private final List<Path> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private ImageFolder(Path root) throws IOException {
    this.root = root;
    this.classes =
        list(root).stream()
            .filter(Files::isDirectory)
            .map(path -> path.getFileName().toString())
            .toList();
    if (classes.isEmpty()) {
      throw new IOException(
          root + ": has no folders, expected one for each class with its PNG or JPEG files");
    }
    Path real = root.toRealPath();
    for (int label = 0; label < classes.size(); label++) {
      addClass(real, root.resolve(classes.get(label)), label);
    }
  }

  /**
   * Finds the images; a folder without the parts train and val is split.
   *
   * @throws IOException naming the folder or file that is not as described
   * @throws IllegalArgumentException if {@code transform} does not give samples of {@code shape}
   */
  static DataSplit load(String name, Path folder, long seed, Shape shape, ImageTransform transform)
      throws IOException {
    transform.requireFit(shape);
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": no such folder; expected class folders of images there");
    }
    Path train = folder.resolve("train");
    Path val = folder.resolve("val");
    if (Files.isDirectory(train) && Files.isDirectory(val)) {
      ImageFolder training = new ImageFolder(train);
      ImageFolder validation = new ImageFolder(val);
      if (!training.classes.equals(validation.classes)) {
        throw new IOException(
            "%s: class folders differ from those of %s; both parts need the same names"
                .formatted(val, train));
      }
      return new DataSplit(
          name, training.samples(shape, transform), validation.samples(shape, transform));
    }
    return StratifiedSplit.of(name, new ImageFolder(folder).samples(shape, transform), seed);
  }

  private void addClass(Path real, Path folder, int label) throws IOException {
    requireInside(real, folder);
    int before = images.size();
    for (Path file : list(folder)) {
      if (!ImageFile.isNamed(file)) {
        if (Files.isDirectory(file)) {
          throw new IOException(
              file
                  + ": a folder inside a class folder, expected images; is "
                  + root
                  + " the folder of the class folders?");
        }
        continue;
      }
      if (Files.isSymbolicLink(file)) {
        requireInside(real, file);
      }
      images.add(file);
      labels.add(label);
      if (images.size() > MAX_IMAGES) {
        throw new IOException(root + ": has more than " + MAX_IMAGES + " images; split it");
      }
    }
    if (images.size() == before) {
      throw new IOException(folder + ": has no PNG or JPEG file; add some or remove the folder");
    }
  }

  /** Refuses links that lead out of the dataset, which a stranger's archive might bring. */
  private static void requireInside(Path real, Path path) throws IOException {
    if (!path.toRealPath().startsWith(real)) {
      throw new IOException(
          path + ": a link that leads out of " + real + "; copy what it points to instead");
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  private Samples samples(Shape shape, ImageTransform transform) {
    List<Path> files = List.copyOf(images);
    return new Samples(
        shape,
        classes.size(),
        (index, target, offset) -> {
          Path file = files.get(index);
          RasterImage image = ImageFile.read(file, shape.dim(0));
          int shorter = Math.min(image.width(), image.height());
          if (Math.max(image.width(), image.height()) / shorter > MAX_ASPECT) {
            throw new IOException(
                "%s: %d x %d pixels, expected sides within a factor of %d; crop it"
                    .formatted(file, image.width(), image.height(), MAX_ASPECT));
          }
          transform.apply(image, shape, target, offset);
        },
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}
