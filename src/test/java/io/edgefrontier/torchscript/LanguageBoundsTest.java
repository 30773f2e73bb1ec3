package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that would run, grow or nest for ever is stopped. */
class LanguageBoundsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True:;  pass",
        "for i in range(9223372036854775807):;  pass",
        "a = [1];for i in a:;  torch.append(a, 1)",
        "a = [1];for i in range(100):;  torch.extend(a, a)",
        "a = [1];for i in range(100):;  a = torch.add(a, a)",
        "a = [1] * 9999999999",
        "a = ops.prim.rangelist(9223372036854775807)",
        "while True:;  a = torch.add(str(\"0123456789\"), \"a\")",
        "a = ops.prim.rangelist(100000);while True:;  b = torch.__contains__(a, -1)",
        "a = ops.prim.rangelist(100000);while True:;  b = torch.slice(a, 1)",
        "a = ops.prim.rangelist(100000);while True:;  b = ops.prim.max(a)",
        "a = ops.prim.rangelist(100000);while True:;  b = torch.eq(a, a)",
        "d = {1: 2};i = 0;while True:;  i = i + 1;  d[i] = torch.keys(d)",
      })
  void workIsBounded(String lines) {
    IOException error =
        assertThrows(IOException.class, () -> read((lines + ";return x").split(";", -1)));
    assertTrue(error.getMessage().contains("calls nest too deep or never end"), error.getMessage());
  }

  @Test
  void textsAndNestingAreBounded() {
    refuses(
        "it makes a text of over 10000 characters",
        "a = \"0123456789\"",
        "for i in range(99):",
        "  a = torch.add(a, a)");
    refuses(
        "it makes a text of over 10000 characters",
        "a = \"{}{}\"",
        "for i in range(99):",
        "  a = torch.format(a, a, a)");
    refuses(
        "values that nest deeper than 20 are compared",
        "a = annotate(List[int], [])",
        "torch.append(a, a)",
        "b = [a]",
        "c = torch.eq(a, b)");
    String[] blocks = new String[120];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = " ".repeat(i) + "if True:";
    }
    blocks[119] = " ".repeat(119) + "pass";
    refuses("blocks nest deeper than 100", blocks);
    refuses("expressions nest deeper than 200", "a = " + "not ".repeat(300) + "True");
    refuses("expressions nest deeper than 200", "a = " + "-".repeat(300) + "x");
    refuses("over 200 links", "a = " + String.join(" + ", Collections.nCopies(300, "1")));
  }

  private void refuses(String expected, String... lines) {
    IOException error = assertThrows(IOException.class, () -> read(lines));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  private void read(String... lines) throws IOException {
    TorchScriptReader.read(
        HandmadeArchive.ofForward(lines).write(folder.resolve("code.pt")), Shape.of(4));
  }
}
