package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lowering by settings, from the command line to archives and tables. */
class LoweringSettingsTest {
  @TempDir private Path folder;

  private Execution prepare(String... arguments) {
    Stream<String> fixed =
        Stream.of(
            "prepare",
            "--run=" + folder.resolve("run"),
            "--model=SmallCNN",
            "--pruning-levels=0.5",
            "--precisions=fp32",
            "--tuning-cache=" + folder.resolve("cache"));
    return Execution.of(Stream.concat(fixed, Stream.of(arguments)).toArray(String[]::new));
  }

  private Set<String> expressions() throws IOException {
    return LayerRow.TABLE.read(folder.resolve("run/layers.csv")).stream()
        .map(LayerRow::expression)
        .collect(Collectors.toSet());
  }

  private Archive archive() throws IOException {
    return ManifestTable.TABLE
        .read(folder.resolve("run/variants.csv"))
        .get(0)
        .archive()
        .orElseThrow();
  }

  private JsonObject record() throws IOException {
    try (ZipFile zip = new ZipFile(folder.resolve("run/" + archive().path()).toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(file -> file.getName().endsWith("/extra/lowering.json"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = zip.getInputStream(entry).readAllBytes();
      return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    }
  }

  @Test
  void plainHasTheNetworksOwnOperators() throws IOException {
    Execution prepare = prepare("--lowering=plain");
    assertEquals(0, prepare.exitCode(), prepare.err());
    assertEquals("plain", archive().lowering());
    assertTrue(expressions().contains("aten::conv2d"), expressions().toString());
    assertEquals("plain", record().get("lowering").getAsString());
  }

  @Test
  void theRuleIsTheDefaultAndSuitsTheFirstBatchSize() throws IOException {
    Execution prepare = prepare("--batch-sizes=16,1");
    assertEquals(0, prepare.exitCode(), prepare.err());
    assertEquals("rule", archive().lowering());
    assertFalse(expressions().contains("aten::conv2d"), expressions().toString());
    assertEquals(16, record().get("batch_size").getAsInt());
    assertFalse(Files.exists(folder.resolve("run/tuning.json")));
  }

  @Test
  void tuningLeavesItsMeasurementsInRunAndCache() throws IOException {
    Execution prepare = prepare("--tune");
    assertEquals(0, prepare.exitCode(), prepare.err());
    assertTrue(Set.of("plain", "rule", "tune").contains(archive().lowering()));
    assertEquals(archive().lowering(), record().get("lowering").getAsString());
    JsonObject tuning =
        JsonParser.parseString(Files.readString(folder.resolve("run/tuning.json")))
            .getAsJsonObject();
    assertEquals(3, tuning.getAsJsonObject("layers").size());
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void anUnknownLoweringIsRefused() {
    Execution prepare = prepare("--lowering=best");
    assertEquals(2, prepare.exitCode());
    for (String expected : List.of("lowering", "best", "plain, rule, tune")) {
      assertTrue(prepare.err().contains(expected), prepare.err());
    }
  }
}
