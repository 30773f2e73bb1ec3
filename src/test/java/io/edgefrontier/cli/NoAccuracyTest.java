package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps that leave accuracy out, with and without samples. */
class NoAccuracyTest {
  private static final List<String> SHORT =
      List.of(
          "--no-accuracy",
          "--active-memory-budget-mb=1",
          "--benchmark-repeats=1",
          "--benchmark-iterations=5",
          "--benchmark-time=20ms",
          "--benchmark-warmup-time=50ms",
          "--cold-start-repeats=0");

  @TempDir private Path folder;
  private Path net;
  private Path run;

  @BeforeEach
  void make() throws IOException {
    net = folder.resolve("net.pt");
    run = folder.resolve("run");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", Shape.of(3, 12, 12), 7, 1), net);
  }

  @Test
  void aShapeIsAllThatASweepNeedsButInt8SaysThatItNeedsSamples() throws IOException {
    Execution job =
        job(
            "--model=" + net,
            "--input-shape=3,12,12",
            "--pruning-levels=0,0.5",
            "--precisions=fp32,int8");
    assertEquals(3, job.exitCode(), job.err());
    assertTrue(job.out().contains("Accuracy was not measured, so no variant is recommended;"));
    assertFalse(Files.exists(run.resolve("accuracy.csv")));
    assertFalse(Files.exists(run.resolve("predictions.csv")));
    List<SweepRow> rows = SweepTable.read(run.resolve("sweep_results.csv")).rows();
    assertEquals(4, rows.size());
    for (SweepRow row : rows) {
      assertTrue(Double.isNaN(row.accuracy().top1()));
      assertTrue(Double.isNaN(row.accuracy().pValue()));
    }
    for (int fp32 : List.of(0, 2)) {
      assertEquals("", rows.get(fp32).error());
      assertTrue(rows.get(fp32).latency().medianMs() > 0);
    }
    for (int int8 : List.of(1, 3)) {
      assertEquals(
          "int8 needs samples to calibrate activation ranges and there are none; name some with"
              + " --dataset (with --no-accuracy they serve calibration alone)",
          rows.get(int8).error());
    }
    List<FrontierRow> frontier = FrontierRow.read(run.resolve("pareto_frontier_latency.csv"));
    double smallest = rows.get(2).memory().modelMb();
    assertTrue(
        frontier.stream().anyMatch(row -> row.row().memory().modelMb() == smallest),
        "the smallest is on the frontier whatever its latency");
    assertTrue(Files.exists(run.resolve("frontier_latency_dark.svg")));
    assertFalse(Files.exists(run.resolve("frontier_memory_light.svg")), "memory against memory");
    String page = Files.readString(run.resolve("README.md"));
    assertTrue(page.contains("net on no dataset"), page);
    assertTrue(page.contains("model memory against latency"), page);
  }

  @Test
  void aDatasetThenServesCalibrationAndItsClassesDoNotMatter() throws IOException {
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", Shape.of(1, 28, 28), 7, 1), net);
    Execution job =
        job("--model=" + net, "--dataset=digits", "--pruning-levels=0", "--precisions=fp32,int8");
    assertEquals(0, job.exitCode(), job.err());
    List<SweepRow> rows = SweepTable.read(run.resolve("sweep_results.csv")).rows();
    assertEquals("", rows.get(1).error());
    assertTrue(Double.isNaN(rows.get(1).accuracy().top1()));
    assertTrue(rows.get(1).memory().modelMb() < rows.get(0).memory().modelMb() / 2);
    assertTrue(Files.readString(run.resolve("precision_tradeoffs.csv")).lines().count() == 2);
    Execution accuracy = Execution.of("accuracy", "--run=" + run, "--accuracy");
    assertEquals(3, accuracy.exitCode(), "7 classes are none of digits");
    Execution merge = Execution.of("merge", "--run=" + run);
    assertEquals(3, merge.exitCode(), "the run is one with accuracy now");
    assertTrue(
        SweepTable.read(run.resolve("sweep_results.csv"))
            .rows()
            .get(0)
            .error()
            .startsWith("no accuracy: "));
  }

  @Test
  void archivesMadeElsewhereNeedNoSamplesEither() throws IOException {
    Path given = Files.createDirectories(folder.resolve("given"));
    Files.copy(net, given.resolve("net.pt"));
    Files.writeString(
        given.resolve("variants.csv"), "pruning_level,precision,path\n0,fp32,net.pt\n");
    Execution job = job("--variants=" + given, "--input-shape=3,12,12");
    assertEquals(0, job.exitCode(), job.err());
    SweepRow row = SweepTable.read(run.resolve("sweep_results.csv")).rows().get(0);
    assertTrue(row.latency().medianMs() > 0);
    assertTrue(Double.isNaN(row.accuracy().top1()));
    Execution wrong =
        Execution.of(
            "prepare",
            "--run=" + folder.resolve("other"),
            "--variants=" + given,
            "--input-shape=1,12,12",
            "--no-accuracy");
    assertEquals(3, wrong.exitCode());
    ManifestEntry entry = ManifestTable.TABLE.read(folder.resolve("other/variants.csv")).get(0);
    assertTrue(entry.error().contains("net.pt"), entry.error());
  }

  @Test
  void accuracyOfSuchARunMustBeAskedFor() throws IOException {
    Execution prepare =
        Execution.of(
            "prepare",
            "--run=" + run,
            "--model=" + net,
            "--input-shape=3,12,12",
            "--precisions=fp32",
            "--pruning-levels=0",
            "--no-accuracy");
    assertEquals(0, prepare.exitCode(), prepare.err());
    Execution accuracy = Execution.of("accuracy", "--run=" + run);
    assertEquals(2, accuracy.exitCode());
    assertTrue(
        accuracy
            .err()
            .contains(
                run
                    + " was made with --no-accuracy; give --accuracy, and a --dataset if it has"
                    + " none"),
        accuracy.err());
  }

  @Test
  void whatNeedsSamplesSaysSoBeforeLongWork() {
    Execution tuning = job("--model=" + net, "--input-shape=3,12,12", "--fine-tune-epochs=1");
    assertEquals(2, tuning.exitCode());
    assertTrue(
        tuning.err().contains("fine_tune_epochs: training needs samples; name some with --dataset"),
        tuning.err());
    Execution builtIn = job("--model=mlp", "--dataset=none", "--input-shape=1,28,28");
    assertEquals(2, builtIn.exitCode());
    assertTrue(builtIn.err().contains("dataset: a built-in network is trained"), builtIn.err());
    assertFalse(Files.exists(run.resolve("variants.csv")));
  }

  private Execution job(String... flags) {
    List<String> words = new ArrayList<>(SHORT);
    words.add("--run=" + run);
    words.addAll(List.of(flags));
    return Execution.of(words.toArray(String[]::new));
  }
}
