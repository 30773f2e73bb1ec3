package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.report.DjlSnippet;
import io.edgefrontier.report.ShippedArchive;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles the Java code that is handed out and runs it on the engine. */
class DjlSnippetRunTest {
  private static final Shape IMAGE = Shape.of(1, 8, 8);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "variants/net-p0.5-int8.pt",
        "net",
        "a\"; System.exit(1); \"/b\\u0022 c\n.pt",
        "\\\\u000a/\t\u001b[31m.pt",
      })
  void loadsAndRunsTheArchiveWhateverItsPath(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    TorchScriptWriter.write(BuiltInNetworks.create("SmallCNN", IMAGE, 3, 1), file);
    EngineSettings.apply();
    int before = NativeArrays.unowned();

    float[] output = run(archive(file, List.of(2, 1, 8, 8)));

    try (InferenceSession session = InferenceSession.open(file)) {
      assertArrayEquals(session.run(new float[128], IMAGE.batched(2)).get(0), output);
    }
    assertEquals(6, output.length);
    assertEquals(before, NativeArrays.unowned(), "it frees what it makes");
  }

  @Test
  void runsOnlyTheArchiveThatItNames() throws Exception {
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("SmallCNN", IMAGE, 3, 1), file);
    TorchScriptWriter.write(BuiltInNetworks.create("SmallCNN", IMAGE, 5, 1), folder.resolve("net"));
    assertEquals(3, run(archive(file, List.of(1, 1, 8, 8))).length);
    assertEquals(5, run(archive(folder.resolve("net"), List.of(1, 1, 8, 8))).length);
  }

  private static ShippedArchive archive(Path file, List<Integer> shape) {
    return new ShippedArchive(file, "", shape, 1, ShippedArchive.State.VERIFIED);
  }

  /** Where DJL's classes are; the class path itself may be hidden by what runs the tests. */
  private static Path djl() throws URISyntaxException {
    return Path.of(Model.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private float[] run(ShippedArchive archive) throws Exception {
    List<String> lines = DjlSnippet.lines(archive);
    assertEquals(5, lines.size());
    String source =
        DjlSnippet.imports().stream()
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining())
            + "public class Shipped {\n  public static float[] run() throws Exception {\n"
            // The code as it is, but for its result, which is handed out.
            + String.join("\n", lines).replace("float[] output = ", "return ")
            + "\n}}\n";
    Path work = Files.createTempDirectory(folder, "java");
    Path file = Files.writeString(work.resolve("Shipped.java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", work.toString(), "-cp", djl().toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertTrue(compiled, () -> source + messages);
    URL[] urls = {work.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      return (float[]) loader.loadClass("Shipped").getMethod("run").invoke(null);
    }
  }
}
