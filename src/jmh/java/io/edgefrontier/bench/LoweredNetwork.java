package io.edgefrontier.bench;

import io.edgefrontier.engine.EngineFacts;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The archive that JMH's parameters ask for, and the plain ones that it is held against. */
@State(Scope.Benchmark)
public class LoweredNetwork {
  /** Label of a {@link BenchmarkNetwork}. */
  @Param({"SmallCNN", "resnet8", "ds-cnn", "mlp", "mobilenet-v1-0.25", "resnet18", "mobilenet-v2"})
  public String network;

  /** Label of a precision. */
  @Param({"fp32", "bf16", "fp16", "int8"})
  public String precision;

  /** Label of a lowering. */
  @Param({"plain", "rule", "tune"})
  public String lowering;

  /** Samples per forward call. */
  @Param({"1", "32"})
  public int batchSize;

  private Path folder;
  private Path candidate;
  private final Map<String, Path> baselines = new LinkedHashMap<>();
  private Shape inputShape;
  private float[] input;

  /** Writes the archives into a folder for temporary files, makes the input, starts the engine. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    EngineFacts.read(); // starts the engine
    SpeedUps.clear();
    Graph graph = BenchmarkNetwork.parse(network).create();
    Precision wanted = Precision.parse(precision);
    inputShape = graph.sampleShape().batched(batchSize);
    input = VariantUnderTest.uniform(inputShape);
    folder = Files.createTempDirectory("edge-frontier-lowering");
    NetworkArchives archives = new NetworkArchives(graph, folder);
    candidate = archives.archive(wanted, lowering, batchSize);
    Path plain = archives.archive(Precision.FP32, NetworkArchives.PLAIN, batchSize);
    baselines.put(SpeedUps.OVER_BASELINE, plain);
    if (wanted != Precision.FP32 && !lowering.equals(NetworkArchives.PLAIN)) {
      Path own = archives.archive(wanted, NetworkArchives.PLAIN, batchSize);
      baselines.put(SpeedUps.OVER_PLAIN_OWN, own);
    }
  }

  /** Returns the archive to time. */
  Path candidate() {
    return candidate;
  }

  /** Returns the archives to time around it, by the name of the speed-up that each one gives. */
  Map<String, Path> baselines() {
    return baselines;
  }

  Shape inputShape() {
    return inputShape;
  }

  float[] input() {
    return input;
  }

  /** Deletes the archives. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
