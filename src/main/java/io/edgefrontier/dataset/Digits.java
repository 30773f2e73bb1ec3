package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The embedded UCI digits: 1,797 handwritten digits of 8x8 pixels in 0..16, scaled to 28x28 and
 * normalised to [-1, 1] so that they can stand in for MNIST.
 *
 * @see <a href="https://doi.org/10.24432/C50P49">Alpaydin and Kaynak, 1998</a>
 */
final class Digits {
  private static final String RESOURCE = "digits.csv.gz";
  private static final int SIDE = 8;
  private static final int SCALED_SIDE = 28;
  private static final int CLASSES = 10;
  private static final float MAX_PIXEL = 16;

  private Digits() {}

  static Samples load() throws IOException {
    List<CSVRecord> rows = rows();
    BilinearResize resize = new BilinearResize(SIDE, SIDE, SCALED_SIDE, SCALED_SIDE);
    float[] values = new float[rows.size() * SCALED_SIDE * SCALED_SIDE];
    int[] labels = new int[rows.size()];
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < rows.size(); i++) {
      for (int pixel = 0; pixel < image.length; pixel++) {
        image[pixel] = (Integer.parseInt(rows.get(i).get(pixel)) / MAX_PIXEL - 0.5f) / 0.5f;
      }
      resize.resize(image, values, i * SCALED_SIDE * SCALED_SIDE);
      labels[i] = Integer.parseInt(rows.get(i).get(image.length));
    }
    return new Samples(Shape.of(1, SCALED_SIDE, SCALED_SIDE), CLASSES, values, labels);
  }

  private static List<CSVRecord> rows() throws IOException {
    try (InputStream resource = Digits.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException("the embedded " + RESOURCE + " is missing from this build");
      }
      try (Reader reader =
          new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII)) {
        return CSVFormat.DEFAULT.parse(reader).getRecords();
      }
    }
  }
}
