package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * CIFAR-10 in its binary form: for each image a byte that is its class, then its red, green and
 * blue planes of 32 x 32 bytes. Images are read when they are asked for.
 */
final class CifarFile {
  private static final Shape SHAPE = Shape.of(3, 32, 32);
  private static final int PIXELS = 32 * 32;
  private static final int VALUES = 3 * PIXELS;
  private static final int CLASSES = 10;

  private CifarFile() {}

  /** Opens the training and the test file. */
  static DataSplit load(String name, Map<String, Path> files, ImageTransform transform)
      throws IOException {
    transform.requireChannels(SHAPE);
    return new DataSplit(
        name,
        samples(files.get("data_batch.bin"), transform),
        samples(files.get("test_batch.bin"), transform));
  }

  private static Samples samples(Path file, ImageTransform transform) throws IOException {
    long bytes = Files.size(file);
    long count = bytes / (1 + VALUES);
    if (count < 1 || count > Integer.MAX_VALUE || bytes % (1 + VALUES) != 0) {
      throw new IOException(
          "%s: %d bytes, expected %d for each image; delete it to have it downloaded again"
              .formatted(file, bytes, 1 + VALUES));
    }
    ClassLabels labels = new ClassLabels();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int row = 0; row < count; row++) {
        labels.add(in.readUnsignedByte(), CLASSES, "%s: image %d".formatted(file, row));
        in.skipNBytes(VALUES);
      }
    }
    RowFile rows = new RowFile(file.toString(), file, 0, NpyType.UINT8, 1 + VALUES);
    return new Samples(
        SHAPE,
        CLASSES,
        (index, target, offset) -> {
          float[] row = new float[1 + VALUES];
          rows.read(index, row, 0);
          for (int i = 0; i < VALUES; i++) {
            target[offset + i] = transform.normalised(row[1 + i], i / PIXELS);
          }
        },
        labels.toArray());
  }
}
