package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prune.PruningOptions;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratorTest {
  @TempDir private Path folder;

  @Test
  void largeActivationsComeInSmallerBatches() {
    assertEquals(128, batchSize(524_288)); // 2 MiB a sample of the 256 that are allowed
    assertEquals(127, batchSize(524_289));
    assertEquals(1, batchSize(1 << 30), "a sample is the least");
  }

  private static int batchSize(int values) {
    return CalibrationSamples.batchSize(
        128, List.of(new TensorType(DType.FLOAT32, Shape.of(1, values))));
  }

  @Test
  void oneThatIsNotToldLooksAtFewerSamplesOfLargeActivations() {
    assertEquals(1024, chosen(OptionalInt.empty(), 262_144)); // 2^28 values in all
    assertEquals(512, chosen(OptionalInt.empty(), 524_288));
    assertEquals(64, chosen(OptionalInt.empty(), 1 << 30));
    assertEquals(1024, chosen(OptionalInt.of(8), 1 << 30), "who asks for them gets them");
    assertEquals(2000, chosen(OptionalInt.of(100), 1), "there are no more");
  }

  private static int chosen(OptionalInt batches, int values) {
    VariantRequest request =
        new VariantRequest(
            "net",
            List.of(0.0),
            List.of(Precision.INT8),
            PruningOptions.DEFAULT,
            Calibration.MIN_MAX,
            batches,
            128,
            Optional.empty(),
            LoweringRequest.of(Lowering.RULE));
    Samples samples = new Samples(Shape.of(1), 1, new float[2000], new int[2000]);
    return CalibrationSamples.chosen(
            request, samples, List.of(new TensorType(DType.FLOAT32, Shape.of(1, values))))
        .count();
  }

  // Smallest and largest values do not hang on how the samples are dealt out.
  @Test
  void everyChosenSampleIsReadOnceWhateverTheBatch() throws IOException {
    Shape shape = Shape.of(1, 28, 28);
    Graph folded = BatchNormFolder.fold(BuiltInNetworks.create("SmallCNN", shape, 10, 1));
    Random random = new Random(4);
    float[] values = new float[7 * 784];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    List<Map<String, QuantParams>> found = new ArrayList<>();
    for (int batch : List.of(7, 2, 1)) {
      List<Integer> read = new ArrayList<>();
      Samples samples =
          new Samples(
              shape,
              10,
              (index, target, offset) -> {
                read.add(index);
                System.arraycopy(values, index * 784, target, offset, 784);
              },
              new int[7]);
      VariantRequest request =
          new VariantRequest(
              "net",
              List.of(0.0),
              List.of(Precision.INT8),
              PruningOptions.DEFAULT,
              Calibration.MIN_MAX,
              OptionalInt.of((7 + batch - 1) / batch),
              batch,
              Optional.empty(),
              LoweringRequest.of(Lowering.RULE));
      found.add(new Calibrator(request, samples).calibrate(folded, folder));
      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), read);
    }
    assertTrue(found.get(0).size() > 2);
    for (Map<String, QuantParams> other : found.subList(1, 3)) {
      found
          .get(0)
          .forEach(
              (value, params) -> {
                double scale = other.get(value).scale();
                // The engine sums in another order for another batch.
                assertEquals(params.scale(), scale, 1e-5 * scale, value);
                assertEquals(params.zeroPoint(), other.get(value).zeroPoint(), value);
              });
    }
  }
}
