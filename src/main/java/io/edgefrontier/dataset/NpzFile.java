package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A file of NumPy arrays: x, samples by their first dimension, and y, one label each; or x_train,
 * y_train, x_test and y_test. Values are taken as they are. Samples are read when they are asked
 * for: from the file itself or, where it is compressed, from a temporary copy of the array.
 */
final class NpzFile {
  private static final long MAX_SAMPLE = 1L << 26;

  private final Path file;
  private final Optional<Shape> shape;
  private final Map<String, ZipDirectory.Entry> entries;

  private NpzFile(Path file, Optional<Shape> shape) throws IOException {
    this.file = file;
    this.shape = shape;
    this.entries = ZipDirectory.read(file);
  }

  /**
   * Opens the samples; those of x and y are split.
   *
   * @param shape that samples are to have; their own without
   * @throws IOException naming file and array if it is missing, damaged or of another form
   */
  static DataSplit load(String name, Path file, long seed, Optional<Shape> shape)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + ": no such file; expected what numpy.savez(file, x=..., y=...) writes");
    }
    NpzFile npz = new NpzFile(file, shape);
    if (npz.has("x", "y")) {
      return StratifiedSplit.of(name, npz.samples("x", npz.labels("y")), seed);
    }
    if (npz.has("x_train", "y_train", "x_test", "y_test")) {
      ClassLabels train = npz.labels("y_train");
      ClassLabels test = npz.labels("y_test");
      int classes = Math.max(train.classes(), test.classes());
      return new DataSplit(
          name,
          npz.samples("x_train", train).withClasses(classes),
          npz.samples("x_test", test).withClasses(classes));
    }
    throw new IOException(
        "%s: has %s, expected x.npy and y.npy, or x_train, y_train, x_test and y_test"
            .formatted(file, npz.entries.keySet()));
  }

  private boolean has(String... arrays) {
    return List.of(arrays).stream().allMatch(array -> entries.containsKey(array + ".npy"));
  }

  /** An array, ready to be read from any place. */
  private record Array(NpyHeader header, RowFile rows) {}

  private ClassLabels labels(String array) throws IOException {
    Array read = open(array);
    List<Long> dims = read.header().shape();
    if (dims.isEmpty() || read.header().rowElements() != 1) {
      throw new IOException(
          "%s: %s has shape %s, expected one label for each sample".formatted(file, array, dims));
    }
    ClassLabels labels = new ClassLabels();
    double[] label = new double[1];
    for (int row = 0; row < rows(array, read.header()); row++) {
      read.rows().read(row, label);
      labels.add(label[0], "%s: %s, row %d".formatted(file, array, row));
    }
    return labels;
  }

  private Samples samples(String array, ClassLabels labels) throws IOException {
    Array read = open(array);
    NpyHeader header = read.header();
    if (header.shape().size() < 2) {
      throw new IOException(
          "%s: %s has shape %s, expected samples by their first dimension and at least one more"
              .formatted(file, array, header.shape()));
    }
    if (rows(array, header) != labels.count()) {
      throw new IOException(
          "%s: %s has %d samples, its labels are %d; they must agree"
              .formatted(file, array, rows(array, header), labels.count()));
    }
    Shape own = new Shape(header.shape().stream().skip(1).map(Math::toIntExact).toList());
    Shape asked = shape.orElse(own);
    if (asked.elements() != own.elements()) {
      throw new IllegalArgumentException(
          "input_shape: the samples of %s have shape %s, found %s, which has another number of"
                  .formatted(file, own, asked)
              + " values");
    }
    return new Samples(asked, labels.classes(), read.rows()::read, labels.toArray())
        .withFurtherClasses();
  }

  private int rows(String array, NpyHeader header) throws IOException {
    long rows = header.shape().get(0);
    if (rows > Integer.MAX_VALUE) {
      throw new IOException(
          "%s: %s has %d rows, expected at most %d"
              .formatted(file, array, rows, Integer.MAX_VALUE));
    }
    return (int) rows;
  }

  private Array open(String array) throws IOException {
    String where = file + ": " + array;
    ZipDirectory.Entry entry = entries.get(array + ".npy");
    NpyHeader header;
    try (InputStream content = content(where, entry)) {
      header = NpyHeader.read(content);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(where)
          ? e
          : new IOException(where + ": " + e.getMessage(), e);
    }
    if (header.totalBytes() != entry.size()) {
      throw new IOException(
          "%s: %d bytes, its header (%s of shape %s) says %d"
              .formatted(where, entry.size(), header.type(), header.shape(), header.totalBytes()));
    }
    if (!header.shape().isEmpty() && header.rowElements() > MAX_SAMPLE) {
      throw new IOException(
          "%s: samples of %d values, expected at most %d"
              .formatted(where, header.rowElements(), MAX_SAMPLE));
    }
    int row = (int) header.rowElements();
    if (entry.method() == ZipDirectory.STORED) {
      long first = entry.offset() + header.length();
      return new Array(header, new RowFile(where, file, first, header.type(), row));
    }
    Path copy = TemporaryCopy.of(where, content(where, entry), entry.size(), entry.crc());
    return new Array(header, RowFile.temporary(where, copy, header.length(), header.type(), row));
  }

  private InputStream content(String where, ZipDirectory.Entry entry) throws IOException {
    boolean stored = entry.method() == ZipDirectory.STORED;
    if ((!stored && entry.method() != ZipDirectory.DEFLATED)
        || (stored && entry.size() != entry.storedBytes())) {
      throw new IOException(
          where + ": packed in another way than numpy.savez or savez_compressed does");
    }
    InputStream raw =
        new BufferedInputStream(
            Channels.newInputStream(FileChannel.open(file).position(entry.offset())), 1 << 16);
    return stored ? raw : new InflaterInputStream(raw, new Inflater(true), 1 << 16);
  }
}
