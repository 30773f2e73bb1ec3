package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhCommandTest {
  @TempDir private Path folder;
  private Path variants;

  @BeforeEach
  void makeVariants() throws IOException {
    variants = folder.resolve("variants");
    MlpVariants.make(variants);
  }

  @Test
  void putsRealForksTogetherAsJmhDoes() throws Exception {
    Path file = folder.resolve("out.json");
    List<String> arguments =
        List.of(
            ("InferenceBenchmark -p precision=fp32 -p pruningLevel=0 -f 2 -wi 1 -w 10ms -i 3 -r"
                    + " 10ms -jvmArgsAppend -Dedgefrontier.reference=true -prof"
                    + " io.edgefrontier.bench.ForkFactsProfiler -rf json -rff "
                    + file)
                .split(" ", -1));
    assertEquals(0, printing(() -> JmhCommand.run(arguments, variants)).code());

    JsonObject secondary =
        read(file).getAsJsonArray().get(0).getAsJsonObject().getAsJsonObject("secondaryMetrics");
    assertTrue(secondary.has("reference"), secondary.toString());
    SplitForks.assertPutTogetherAgain(file, folder);
  }

  @Test
  void takesJmhsOwnOptions() throws Exception {
    Path file = folder.resolve("out.json");
    List<String> arguments =
        List.of(
            ("InferenceBenchmark -p precision=fp32 -p pruningLevel=0.50 -f 1 -wi 1 -w 50ms -i 1"
                    + " -r 100ms -jvmArgsPrepend -Duser.choice=1 -rf json -rff "
                    + file)
                .split(" ", -1));
    assertTrue(JmhCommand.needsVariants(arguments));
    assertEquals(0, printing(() -> JmhCommand.run(arguments, variants)).code());

    JsonObject result = read(file).getAsJsonArray().get(0).getAsJsonObject();
    assertEquals(
        "io.edgefrontier.bench.InferenceBenchmark.forward", result.get("benchmark").getAsString());
    assertEquals("0.50", result.getAsJsonObject("params").get("pruningLevel").getAsString());
    String jvmArguments = result.getAsJsonArray("jvmArgs").toString();
    assertTrue(jvmArguments.contains("-Duser.choice=1"), jvmArguments);
    assertTrue(jvmArguments.contains("-Dai.djl.offline=true"), jvmArguments);
  }

  @Test
  void tellsJmhsFailuresByTheExitCode() throws Exception {
    List<String> absent =
        List.of("InferenceBenchmark", "-p", "precision=int8", "-p", "pruningLevel=0.5", "-f", "1");
    assertEquals(1, printing(() -> JmhCommand.run(absent, variants)).code());
    assertEquals(2, printing(() -> JmhCommand.run(List.of("-bogus"), variants)).code());
    assertEquals(2, printing(() -> JmhCommand.run(List.of("NoSuchThing"), variants)).code());
  }

  @Test
  void needsVariantsUnlessOnlyLoweringsAreTimed() {
    for (String timed : List.of("", "ColdStart", "Benchmark", "LoweringBenchmark InferenceB")) {
      assertTrue(JmhCommand.needsVariants(words(timed)), timed);
    }
    for (String other :
        List.of("LoweringBenchmark", "Lowering -p network=resnet8 -f 1", "NoSuchThing")) {
      assertFalse(JmhCommand.needsVariants(words(other)), other);
    }
  }

  private static List<String> words(String arguments) {
    return arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
  }

  @Test
  void listsWithoutVariants() throws Exception {
    for (String question : List.of("-l", "-lp", "-lprof", "-lrf", "-h")) {
      assertFalse(JmhCommand.needsVariants(List.of(question)), question);
    }
    assertFalse(JmhCommand.needsVariants(List.of("-bogus")));
    Printed list = printing(() -> JmhCommand.run(List.of("-lp", "Cold"), folder.resolve("none")));
    assertEquals(0, list.code());
    assertTrue(list.text().contains("ColdStartBenchmark.loadAndFirstInference"), list.text());
    Printed profilers = printing(() -> JmhCommand.run(List.of("-lprof"), folder));
    assertTrue(profilers.text().contains("io.edgefrontier.bench.ForkFactsProfiler"));
    assertTrue(list.text().contains("param \"precision\" = {fp32, bf16, fp16, int8}"), list.text());
  }

  private static JsonElement read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }

  private record Printed(int code, String text) {}

  private interface Command {
    int run() throws IOException;
  }

  private static Printed printing(Command command) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DivertedStreams diverted = new DivertedStreams(target);
    try (diverted) {
      return new Printed(command.run(), bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
