package io.edgefrontier.bench;

import io.edgefrontier.engine.EngineFacts;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The archive that JMH's parameters ask for, verified, and one batch of input for it. */
@State(Scope.Benchmark)
public class VariantUnderTest {
  /** System property that names the folder of variants.csv. */
  static final String VARIANTS_PROPERTY = "edgefrontier.variants";

  private static final long INPUT_SEED = 42;

  /** Share of channels removed; compared as a number, so 0.50 finds 0.5. */
  @Param({"0.0", "0.25", "0.5", "0.75"})
  public String pruningLevel;

  /** Label of a precision. */
  @Param({"fp32", "bf16", "fp16", "int8"})
  public String precision;

  /** Name of the model; empty for the only one that has such a variant. */
  @Param({""})
  public String model;

  /** Samples per forward call. */
  @Param({"1"})
  public int batchSize;

  private Path archive;
  private Shape inputShape;
  private float[] input;

  /** Finds and verifies the archive, makes the input, starts the engine. */
  @Setup(Level.Trial)
  public void select() throws IOException {
    ParentProcess.watch();
    VariantFolder folder =
        VariantFolder.open(Path.of(System.getProperty(VARIANTS_PROPERTY, "variants")));
    Archive found = folder.find(model, pruningLevel, precision);
    archive = folder.verified(found);
    inputShape = new Shape(found.sampleShape()).batched(batchSize);
    input = uniform(inputShape);
    EngineFacts.read(); // starts the engine
    ForkFacts.engineReady();
  }

  Path archive() {
    return archive;
  }

  Shape inputShape() {
    return inputShape;
  }

  float[] input() {
    return input;
  }

  /** Returns the same values for the same shape, uniform in [-1, 1). */
  static float[] uniform(Shape shape) {
    Random random = new Random(INPUT_SEED);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
