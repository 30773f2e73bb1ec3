package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.torchscript.QuantizedArchive;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made elsewhere, by the whole job and by its stages. */
class GivenVariantsTest {
  private static final Variant FP32 = new Variant("mine", 0, Precision.FP32);
  private static final Variant WIDE = new Variant("wide", 0, Precision.FP32);
  private static final Variant INT8 = new Variant("mine", 0.5, Precision.INT8);
  private static final Variant WRONG = new Variant("wrong", 0, Precision.INT8);

  @TempDir private Path folder;
  private Path given;
  private Path run;

  @BeforeEach
  void make() throws IOException {
    given = Files.createDirectories(folder.resolve("mine"));
    run = folder.resolve("run");
    Shape digit = Shape.of(1, 28, 28);
    TorchScriptWriter.write(
        BuiltInNetworks.create("SmallCNN", digit, 10, 1), given.resolve("fp32.pt"));
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", digit, 10, 1), given.resolve("wide.pt"));
    QuantizedArchive.write(given.resolve("int8.pt"), 784, 10);
    table("0,fp32,fp32.pt,", "0,fp32,wide.pt,wide", "0.5,int8,int8.pt,", "0,int8,wide.pt,wrong");
  }

  @Test
  void theWholeJobMeasuresThemAndSaysWhichIsNotWhatItIsCalled() throws IOException {
    Execution job =
        job(
            "--variants=" + given,
            "--active-memory-budget-mb=1",
            "--val-subset=50",
            "--benchmark-repeats=1",
            "--benchmark-iterations=5",
            "--benchmark-time=20ms",
            "--benchmark-warmup-time=50ms",
            "--cold-start-repeats=0");
    assertEquals(3, job.exitCode(), job.err());
    assertTrue(job.out().contains("failed: wide.pt: called int8, but its weights are all float32"));
    assertTrue(job.err().contains("compared with mine-p0.0-fp32"), job.err());
    List<SweepRow> rows = SweepTable.read(run.resolve("sweep_results.csv")).rows();
    assertEquals(
        List.of(FP32, WIDE, INT8, WRONG), rows.stream().map(row -> row.cell().variant()).toList());
    for (SweepRow row : rows.subList(0, 3)) {
      assertEquals("", row.error());
      assertTrue(row.accepted());
      assertTrue(row.latency().medianMs() > 0);
      assertTrue(row.accuracy().top1() >= 0);
    }
    assertNotEquals(rows.get(0).latency().rawMs(), rows.get(1).latency().rawMs());
    assertEquals(Sha256.of(given.resolve("int8.pt")), rows.get(2).archive().orElseThrow().sha256());
    assertTrue(rows.get(2).archive().orElseThrow().macs().isEmpty());
    assertTrue(Double.isNaN(rows.get(2).memory().peakActivationMb()));
    assertTrue(rows.get(0).archive().orElseThrow().macs().getAsLong() > 0);
    assertFalse(rows.get(3).accepted());
    assertFalse(Files.exists(run.resolve("base.pt")), "no network was needed");
    assertFalse(Files.exists(run.resolve("variants/wrong-p0.0-int8.pt")));
  }

  @Test
  void theBaselineIsTheNearestToAnUnprunedFp32Network() throws IOException {
    table("0.5,int8,int8.pt,", "0,int8,int8.pt,late");
    assertEquals(0, stage("prepare", "--variants=" + given).exitCode());
    Execution accuracy = stage("accuracy", "--val-subset=50");
    assertEquals(0, accuracy.exitCode(), accuracy.err());
    assertTrue(accuracy.err().contains("compared with late-p0.0-int8"), accuracy.err());
    List<AccuracyRow> rows = AccuracyRow.TABLE.read(run.resolve("accuracy.csv"));
    assertEquals(0.0, rows.get(0).accuracy().delta(), "the same archive");
  }

  @Test
  void theirLayersHaveNoTimesSinceNobodyKnowsTheirOperators() throws IOException {
    Execution prepare =
        stage("prepare", "--variants=" + given, "--precisions=fp32", "--profile-layers");
    assertEquals(0, prepare.exitCode(), prepare.err());
    assertTrue(
        prepare.err().contains("no times of layers: which operators its layers call is known of"),
        prepare.err());
    List<LayerRow> layers = LayerRow.TABLE.read(run.resolve("layers.csv"));
    assertFalse(layers.isEmpty());
    for (LayerRow layer : layers) {
      assertEquals("", layer.expression());
      assertTrue(Double.isNaN(layer.serviceTimeUs()));
    }
  }

  @Test
  void precisionsAndLevelsChooseAmongThem() throws IOException {
    Execution prepare =
        stage("prepare", "--variants=" + given.resolve("variants.csv"), "--precisions=fp32");
    assertEquals(0, prepare.exitCode(), prepare.err());
    assertEquals(List.of(FP32, WIDE), prepared());
    Execution none = stage("prepare", "--variants=" + given, "--precisions=bf16");
    assertEquals(2, none.exitCode());
    assertTrue(
        none.err()
            .contains(
                "precision: no variant of %s has bf16; there are fp32, int8"
                    .formatted(given.resolve("variants.csv"))),
        none.err());
    Execution pair =
        stage("prepare", "--variants=" + given, "--precisions=fp32", "--pruning-levels=0.5");
    assertEquals(2, pair.exitCode());
    assertTrue(pair.err().contains("a pruning level of [0.5] and a precision of [fp32]"));
  }

  @Test
  void aBadTableIsWrongUsageByFileAndLine() throws IOException {
    table("0,fp32,fp32.pt,", "0,fp64,wide.pt,");
    Execution job = job("--variants=" + given);
    assertEquals(2, job.exitCode());
    assertTrue(
        job.err().contains(given.resolve("variants.csv") + ": record 2 (line 3)"), job.err());
    assertFalse(Files.exists(run), "nothing was begun");
  }

  @Test
  void anArchiveThatChangedMakesItAnotherRun() throws IOException {
    assertEquals(3, stage("prepare", "--variants=" + given).exitCode());
    QuantizedArchive.write(given.resolve("wide.pt"), 784, 10);
    Execution job = job("--variants=" + given);
    assertEquals(2, job.exitCode());
    assertTrue(job.err().contains("archives or table of " + given + " have changed"), job.err());
  }

  @Test
  void mergeTakesAFolderForItsManifest() throws IOException {
    stage("prepare", "--variants=" + given);
    Path jmh = Files.writeString(folder.resolve("jmh.json"), "[]");
    Path accuracy = folder.resolve("accuracy.csv");
    AccuracyRow.TABLE.write(accuracy, List.of());
    Path out = folder.resolve("out.csv");
    Execution merge =
        Execution.of(
            "merge", "--variants=" + run, "--jmh=" + jmh, "--accuracy=" + accuracy, "--out=" + out);
    assertEquals(3, merge.exitCode(), merge.err());
    assertEquals(
        List.of(FP32, WIDE, INT8, WRONG),
        SweepTable.read(out).rows().stream().map(row -> row.cell().variant()).toList());
  }

  private void table(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("pruning_level,precision,path,label"));
    lines.addAll(List.of(rows));
    Files.write(given.resolve("variants.csv"), lines);
  }

  private Execution job(String... flags) {
    List<String> words = new ArrayList<>(List.of("--run=" + run));
    words.addAll(List.of(flags));
    return Execution.of(words.toArray(String[]::new));
  }

  private Execution stage(String name, String... flags) {
    List<String> words = new ArrayList<>(List.of(name, "--run=" + run));
    words.addAll(List.of(flags));
    return Execution.of(words.toArray(String[]::new));
  }

  private List<Variant> prepared() throws IOException {
    return ManifestTable.TABLE.read(run.resolve("variants.csv")).stream()
        .map(ManifestEntry::variant)
        .toList();
  }
}
