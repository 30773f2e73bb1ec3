package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives on a CPU with fewer instructions, which a limit of oneDNN stands for. */
class KernelPortabilityTest {
  private static final Shape SAMPLE = Shape.of(3, 8, 8);
  private static final int OUTPUTS = 5;

  @TempDir Path folder;

  /** Runs an archive once and prints how many values it returned, or why it does not run. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      try (InferenceSession session = InferenceSession.open(Path.of(arguments[0]))) {
        float[] values = new float[Math.toIntExact(SAMPLE.elements())];
        System.out.println("values: " + session.run(values, SAMPLE.batched(1)).get(0).length);
      } catch (IOException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FP32, XNNPACK", "FP32, ONEDNN", "FP32, ATEN", "BF16, ATEN", "FP16, ATEN"})
  void runsWithoutTheNewestInstructions(Precision precision, Kernel kernel) throws Exception {
    assertEquals("values: " + OUTPUTS, run(archive(precision, kernel), "AVX2"));
  }

  @ParameterizedTest
  @CsvSource({"BF16, bf16, BFLOAT16", "FP16, fp16, FLOAT16"})
  void aMissingInstructionIsSaidWhenTheArchiveIsLoaded(
      Precision precision, String kernels, DType dtype) throws Exception {
    assumeTrue(
        KernelRuns.oneDnnHas(dtype, folder),
        () -> "this CPU lacks the instructions for " + dtype + " anyway");
    Path archive = archive(precision, Kernel.ONEDNN);
    assertEquals("values: " + OUTPUTS, run(archive, "DEFAULT"));
    String refusal = run(archive, "AVX2");
    assertTrue(refusal.startsWith("refused: " + archive), refusal);
    assertTrue(
        refusal.contains(
            "this archive has %s kernels that need CPU instructions which are not there"
                .formatted(kernels)),
        refusal);
  }

  private Path archive(Precision precision, Kernel kernel) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(4, 3, 8, 8);
    String stem = builder.relu(builder.conv(Graph.INPUT, 8, 3));
    String sum = builder.relu(builder.add(builder.conv(builder.conv(stem, 8, 3), 8, 3), stem));
    Graph graph = builder.build(builder.linear(builder.flatten(sum), OUTPUTS));
    Graph lowered = PrecisionLowering.lower(graph, precision, Map.of());
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(KernelLowering.apply(lowered, 1, site -> kernel), file);
    return file;
  }

  /** Returns the line that {@link Child} prints where oneDNN may use no more than {@code isa}. */
  private String run(Path archive, String isa) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            archive.toString());
    builder.environment().put("DNNL_MAX_CPU_ISA", isa);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child never ends");
      assertEquals(0, process.exitValue(), output);
      List<String> lines =
          output.lines().filter(line -> line.matches("(values|refused): .*")).toList();
      assertEquals(1, lines.size(), output);
      return lines.get(0) + (lines.get(0).startsWith("values") ? "" : output);
    } finally {
      process.destroyForcibly();
    }
  }
}
