package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small archives cannot make the reader take much memory or time. */
class BoundedWorkTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  @TempDir Path folder;

  private final Random random = new Random(3);

  @Test
  void namesStayShort() throws IOException {
    refuses(
        HandmadeArchive.ofForward(
            "a = torch." + "y".repeat(400), "b = a." + "z".repeat(200), "return b(x)"),
        "line 9: a dotted name has over 500 characters");
    refuses(
        HandmadeArchive.ofForward("return " + "y".repeat(1_001)),
        "line 8: a name, number or text is too long");
    refuses(
        HandmadeArchive.ofForward("return torch.relu(\"" + "y".repeat(10_001) + "\")"),
        "line 8: a name, number or text is too long");
    String half = "k".repeat(900);
    refuses(nested(half, half, "return x"), "data.pkl: has a module path of over 1000 characters");
    refuses(
        nested(half, "s", "return torch.linear(x, ((self.%s).s).%s, None)".formatted(half, half)),
        "its name has over 1000 characters");
  }

  /** Returns an archive of three modules, the innermost with a tensor of a long name. */
  private static HandmadeArchive nested(String child, String grandchild, String forward) {
    Pickler pickle = new Pickler();
    begin(pickle);
    pickle.text(child);
    begin(pickle);
    pickle.text(grandchild);
    begin(pickle);
    pickle.text("k".repeat(900));
    pickle.tensor(HandmadeArchive.weight(), "0");
    for (int i = 0; i < 3; i++) {
      pickle.setItems();
      pickle.build();
    }
    return HandmadeArchive.ofForward(forward).put("m/data.pkl", pickle.finish());
  }

  private static void begin(Pickler pickle) {
    pickle.global("__torch__", "Root");
    pickle.emptyTuple();
    pickle.newObject();
    pickle.emptyDict();
    pickle.mark();
  }

  @Test
  void modulesAreCounted() throws IOException {
    Pickler pickle = new Pickler();
    begin(pickle);
    for (int i = 0; i < 20_000; i++) {
      pickle.text("m" + i);
      begin(pickle);
      pickle.setItems();
      pickle.build();
    }
    pickle.setItems();
    pickle.build();
    refuses(
        HandmadeArchive.ofForward("return x").put("m/data.pkl", pickle.finish()),
        "data.pkl: nests modules deeper than 100 or has over 20000");
  }

  @Test
  void inputsOfOperatorsAreCounted() throws IOException {
    String[] lines = new String[401];
    lines[0] = "l = [" + "x, ".repeat(3_000) + "]";
    for (int i = 1; i < lines.length; i++) {
      lines[i] = "a = torch.cat(l, 1)";
    }
    refuses(
        HandmadeArchive.ofForward(lines),
        "torch.cat: the network has over 100000 operators or 1000000 inputs of them");
  }

  @Test
  void dimensionsAreFew() throws IOException {
    String ones = String.join(", ", Collections.nCopies(17, "1"));
    refuses(
        HandmadeArchive.ofForward("return torch.view(x, [" + ones + "])"),
        "argument 'size' has 17 items, at most 16 are supported");
    refuses(
        HandmadeArchive.ofForward("return torch.mean(x, [" + ones + "])"),
        "argument 'dim' has 17 items, at most 16 are supported");
  }

  @Test
  void assignmentsToManyVariablesAreCounted() throws IOException {
    String code =
        "class Root(Module):\n  def forward(self: __torch__.Root, x: Tensor) -> Tensor:\n    l = ["
            + "x, ".repeat(1_000)
            + "]\n"
            + "    a = self.f(l)\n".repeat(2_100)
            + "    return x\n  def f(self: __torch__.Root, l: List[Tensor]) -> Tensor:\n    "
            + "a, ".repeat(1_000)
            + "= l\n    return a\n";
    refuses(
        HandmadeArchive.ofForward("return x").put("m/code/__torch__.py", code),
        "nest too deep or never end");
  }

  @Test
  void codeOfAllFilesIsCounted() throws IOException {
    HandmadeArchive tokens = HandmadeArchive.ofForward(calls("one", "two"));
    tokens.put("m/code/__torch__/one.py", function("  a = [" + letters(300_000, ",") + "]\n"));
    tokens.put("m/code/__torch__/two.py", function("  a = [" + letters(300_000, ",") + "]\n"));
    refuses(tokens, "code/__torch__/two.py: line 4: the archive has more code than a network");
    HandmadeArchive bytes = HandmadeArchive.ofForward(calls("one", "two", "three"));
    for (String file : List.of("one", "two", "three")) {
      String comment = "  # " + letters(3_000_000, "") + "\n";
      bytes.put("m/code/__torch__/" + file + ".py", function(comment + "  return x\n"));
    }
    refuses(bytes, "code/__torch__/three.py: makes more than 8388608 bytes of code");
  }

  private static String[] calls(String... files) {
    StringBuilder calls = new StringBuilder();
    for (String file : files) {
      calls.append("x = __torch__.").append(file).append(".f(x)\n");
    }
    return calls.append("return x").toString().split("\n", -1);
  }

  private static String function(String rest) {
    return "def f(x: Tensor) -> Tensor:\n  return x\ndef g(x: Tensor) -> Tensor:\n" + rest;
  }

  /** Returns random letters, which hardly compress. */
  private String letters(int count, String separator) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length()))).append(separator);
    }
    return letters.toString();
  }

  @Test
  void tensorsThatAreMadeUpAreCounted() throws IOException {
    Shape shape = Shape.of(50_000);
    Pickler pickle = new Pickler();
    begin(pickle);
    pickle.text("mean");
    pickle.tensor(Tensor.ofFloats(shape, new float[50_000]), "0");
    pickle.setItems();
    pickle.build();
    byte[] content = new byte[200_000];
    random.nextBytes(content);
    String[] lines = new String[21];
    String norm = "torch.batch_norm(x, None, None, self.mean, self.mean, False, 0.1, 1e-05, True)";
    for (int i = 0; i < 20; i++) {
      lines[i] = "y = " + norm;
    }
    lines[20] = "return y";
    HandmadeArchive archive = HandmadeArchive.ofForward(lines);
    archive.put("m/data.pkl", pickle.finish()).put("m/data/0", content);
    Path file = archive.write(folder.resolve("norms.pt"));
    IOException error = assertThrows(IOException.class, () -> TorchScriptReader.read(file, shape));
    assertTrue(
        error.getMessage().contains("data/0: is used again and again, for more bytes than"),
        error.getMessage());
  }

  @Test
  void namingTakesTimeInProportionToTheNodes() throws IOException {
    int count = 60_000;
    Node relu = new Node("r", new Activation.Relu(), List.of(Graph.INPUT));
    Path file = folder.resolve("flat.pt");
    TorchScriptWriter.write(new Graph("flat", Shape.of(4), List.of(relu), List.of("r")), file);
    StringBuilder code =
        new StringBuilder(
            """
            class Net(Module):
              training : bool
              def forward(self: __torch__.Net, x: Tensor) -> Tensor:
            """);
    for (int i = 0; i < count; i++) {
      code.append("    x = torch.relu(x) # ").append(letters(6, "")).append('\n');
    }
    HandmadeArchive archive = HandmadeArchive.of(file);
    archive.put("flat/code/__torch__.py", code.append("    return x\n").toString()).write(file);
    Graph graph = assertTimeout(Duration.ofSeconds(20), () -> read(file));
    assertEquals(count, graph.nodes().size());
    assertEquals("x_" + (count - 1), graph.outputs().get(0));
  }

  private static Graph read(Path file) throws IOException {
    return TorchScriptReader.read(file, Shape.of(4));
  }

  private void refuses(HandmadeArchive archive, String expected) throws IOException {
    Path file = archive.write(folder.resolve("big.pt"));
    IOException error = assertThrows(IOException.class, () -> read(file));
    assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }
}
