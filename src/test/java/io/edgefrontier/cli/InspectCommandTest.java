package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest {
  @TempDir private Path folder;

  @Test
  void tellsTheSameOfANetworkAndOfItsArchive() throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", Shape.of(3, 32, 32), 10, 0);
    Path archive = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, archive);

    Execution builtIn = Execution.of("inspect", "resnet8", "--input-shape", "3,32,32", "--json");
    Execution read =
        Execution.of("inspect", archive.toString(), "--input-shape", "3x32x32", "--json");

    assertEquals(0, read.exitCode(), read.err());
    assertEquals("", read.err());
    JsonObject found = JsonParser.parseString(read.out()).getAsJsonObject();
    JsonObject expected =
        JsonParser.parseString(asInArchive(builtIn.out(), graph)).getAsJsonObject();
    assertEquals(archive.toString(), found.remove("name").getAsString());
    assertEquals("resnet8", expected.remove("name").getAsString());
    assertEquals(expected, found);
    assertEquals(
        graph.macs(), found.getAsJsonObject("totals").getAsJsonPrimitive("macs").getAsLong());
  }

  /** Variables in code, and so the nodes of our archives, have names without dots. */
  private static String asInArchive(String json, Graph graph) {
    String text = json;
    for (Node node : graph.nodes()) {
      text = text.replace(node.name(), node.name().replace('.', '_'));
    }
    return text;
  }

  @Test
  void printsTheBuiltInNetworkForDigitsWithoutAShape() {
    Execution text = Execution.of("inspect", "RESNET8");

    assertEquals(0, text.exitCode(), text.err());
    assertTrue(text.out().contains("Nx1x28x28"), text.out());
    assertTrue(text.out().contains("77,658"), text.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet9 |          | unknown network 'resnet9'; available: ",
        "net.pt  |          | --input-shape: missing",
        "net.pt  | 3,0,4    | --input-shape: expected dimensions >= 1 such as 3,224,224, found '3,0,4'",
        "net.pt  | 3,64,64  | net.pt: ",
        "none.pt | 3,64,64  | none.pt"
      })
  void badInputIsAnErrorThatSaysWhat(String network, String shape, String expected)
      throws IOException {
    Path damaged = folder.resolve("net.pt");
    Files.writeString(damaged, "no archive");
    String name = network.endsWith(".pt") ? folder.resolve(network).toString() : network;

    Execution run =
        shape == null
            ? Execution.of("inspect", name)
            : Execution.of("inspect", name, "--input-shape", shape, "--json");

    assertEquals(ExitCode.BAD_INPUT, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains(expected), run.err());
  }

  @Test
  void aMissingNetworkIsWrongUsage() {
    assertEquals(ExitCode.BAD_INPUT, Execution.of("inspect").exitCode());
  }
}
