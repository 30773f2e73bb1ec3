package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.prune.Importance;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pruning by settings, from the command line to the archives. */
class PruningSettingsTest {
  private static final Shape SHAPE = Shape.of(1, 28, 28);

  @TempDir private Path folder;

  private Execution prepare(String... arguments) {
    String run = "--run=" + folder.resolve("run");
    return Execution.of(
        Stream.concat(Stream.of("prepare", run, "--precisions=fp32"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private Graph variant(String level) throws IOException {
    return TorchScriptReader.read(
        folder.resolve("run/variants/resnet8-p" + level + "-fp32.pt"), SHAPE);
  }

  private static Map<String, Integer> channels(Graph graph) {
    Map<String, Integer> channels = new LinkedHashMap<>();
    graph.nodes().stream()
        .filter(node -> node.op() instanceof Conv2d)
        .forEach(node -> channels.put(node.name(), ((Conv2d) node.op()).outChannels()));
    return channels;
  }

  @Test
  void tellsWhereNothingCanGo() {
    Execution prepare = prepare("--exclude=*", "--pruning-levels=0,0.5");
    assertEquals(0, prepare.exitCode(), prepare.err());
    String expected = "no channel of resnet8 can go (inspect says why): all levels give the same";
    assertTrue(prepare.err().contains(expected), prepare.err());
  }

  @ParameterizedTest
  @EnumSource(Importance.class)
  void everyImportanceMakesAnArchiveOfTheSameSizes(Importance importance) throws IOException {
    Execution prepare =
        prepare("--importance=" + importance.label(), "--pruning-levels=0.5", "--train-subset=100");
    assertEquals(0, prepare.exitCode(), prepare.err());
    Map<String, Integer> channels = channels(variant("0.5"));
    assertEquals(8, channels.get("stem_conv"));
    assertEquals(16, channels.get("stack2_conv1"));
    assertEquals(32, channels.get("stack3_conv2"));
  }

  @Test
  void roundsLeavesLayersWholeAndRanksTogether() throws IOException {
    Execution prepare =
        prepare("--pruning-levels=0,0.4", "--global", "--round-to=4", "--exclude=stack2.*,fc");
    assertEquals(0, prepare.exitCode(), prepare.err());
    Map<String, Integer> before = channels(variant("0.0"));
    Map<String, Integer> after = channels(variant("0.4"));
    for (String whole : List.of("stem_conv", "stack2_conv1", "stack2_conv2", "stack3_conv2")) {
      assertEquals(before.get(whole), after.get(whole), whole);
    }
    assertTrue(after.get("stack3_conv1") < 64, after.toString());
    after.values().forEach(channels -> assertEquals(0, channels % 4, after.toString()));
    String config = Files.readString(folder.resolve("run/config.yaml"));
    assertTrue(config.contains("global: true\nexclude: 'stack2.*,fc'\n"), config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stak2.conv1 | has no layer 'stak2.conv1'; did you mean 'stack2.conv1' or ",
        "stak2.*     | has no layer 'stak2.*'; did you mean 'stack2.*' or ",
        "transformer.encoder.block | its layers: stem.conv, stem.bn, ",
        "mean        | has no layer 'mean'"
      })
  void anUnknownLayerIsWrongUsageBeforeAnythingIsTrained(String name, String hint) {
    Execution prepare = prepare("--exclude=" + name, "--epochs=1000");
    assertEquals(2, prepare.exitCode(), prepare.err());
    assertTrue(prepare.err().contains("exclude (--exclude): resnet8 has no layer"));
    assertTrue(prepare.err().contains(hint), prepare.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void tellsWhichGroupsHaveNoBatchNorm() throws IOException {
    Execution mlp = prepare("--model=mlp", "--importance=batch-norm", "--pruning-levels=0.5");
    assertEquals(2, mlp.exitCode());
    assertTrue(mlp.err().contains("pass no batch norm"), mlp.err());
    Execution unpruned = prepare("--model=mlp", "--importance=batch-norm", "--pruning-levels=0");
    assertEquals(0, unpruned.exitCode(), unpruned.err());
  }

  @Test
  void aFailingImportanceCostsOnlyThePrunedVariants() throws IOException {
    // A network of two outputs has no one loss, hence no taylor importance.
    Graph net = BuiltInNetworks.create("SmallCNN", SHAPE, 10, 1);
    Graph twice = net.withOutputs(List.of(net.outputs().get(0), net.outputs().get(0)));
    Path archive = folder.resolve("two.pt");
    TorchScriptWriter.write(twice, archive);
    Execution prepare =
        prepare("--model=" + archive, "--importance=taylor", "--pruning-levels=0,0.5");
    assertEquals(3, prepare.exitCode(), prepare.err());
    List<String> errors =
        ManifestTable.TABLE.read(folder.resolve("run/variants.csv")).stream()
            .map(entry -> entry.error())
            .toList();
    assertEquals("", errors.get(0));
    assertTrue(errors.get(1).contains("a classifier has one"), errors.get(1));
  }

  @Test
  void theseSettingsMakeAnotherRun() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.save(Settings.of(Map.of()));
    for (Map.Entry<SettingKey, String> other :
        Map.of(
                SettingKey.IMPORTANCE, "l2",
                SettingKey.ROUND_TO, "8",
                SettingKey.GLOBAL, "true",
                SettingKey.EXCLUDE, "fc")
            .entrySet()) {
      Settings settings = Settings.of(Map.of(other.getKey(), other.getValue()));
      String message =
          assertThrows(IllegalArgumentException.class, () -> Resumption.check(run, settings))
              .getMessage();
      assertTrue(message.contains(other.getKey().yamlName() + " was "), message);
    }
  }

  @Test
  void aRunOfBeforeTheseSettingsIsOneOfTheirDefaults() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/config.yaml"), "seed: 7\n");
    Resumption.check(new RunFolder(folder.resolve("run")), Settings.of(Map.of()));
  }

  @Test
  void flagsMayBeSwitchedOffAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "global: true\nexclude: [a, b.*]\n");
    String config = "--config=" + file;
    Settings settings =
        SettingOptions.read(Main.commands().parseArgs("prepare", config).subcommand());
    assertTrue(settings.variants().global());
    assertEquals(List.of("a", "b.*"), settings.variants().exclude());
    Settings off =
        SettingOptions.read(
            Main.commands().parseArgs("prepare", config, "--no-global").subcommand());
    assertFalse(off.variants().global());
    assertEquals(Set.of("a", "b.*"), Set.copyOf(off.variants().exclude()));
  }
}
