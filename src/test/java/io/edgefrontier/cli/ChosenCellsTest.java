package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.config.Settings;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.sweep.Grid;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cells of a prepared run JMH's parameters choose. */
class ChosenCellsTest {
  private static final List<Double> LEVELS = List.of(0.0, 0.3);
  private static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.INT8);

  @TempDir private Path folder;
  private RunFolder run;

  @BeforeEach
  void prepare() throws IOException {
    List<ManifestEntry> manifest = new ArrayList<>();
    for (double level : LEVELS) {
      for (Precision precision : PRECISIONS) {
        manifest.add(ManifestEntry.failed(new Variant("mlp", level, precision), "not needed"));
      }
    }
    run = new RunFolder(folder);
    ManifestTable.TABLE.write(run.manifest(), manifest);
  }

  @Test
  void withoutAnyAllVariantsAreMeasured() throws IOException {
    assertEquals(new Grid("mlp", LEVELS, PRECISIONS, List.of(1), List.of(1)), grid());
  }

  @Test
  void parametersChooseAmongTheVariants() throws IOException {
    assertEquals(
        new Grid("mlp", List.of(0.3), PRECISIONS, List.of(1, 8), List.of(2)),
        grid("-p", "pruningLevel=0.30", "-p", "batchSize=1,8", "--threads", "2"));
    assertEquals(
        new Grid("mlp", LEVELS, List.of(Precision.INT8), List.of(1), List.of(1)),
        grid("-p", "precision=int8"));
  }

  @Test
  void laterStagesSeeTheSameCells() throws IOException {
    run.save(read("-p", "precision=int8", "-t", "2"));
    assertEquals(List.of(Precision.INT8), grid().precisions());
    assertEquals(2, read().bench().callers());
  }

  @Test
  void whatNoVariantHasIsAnErrorThatListsWhatThereIs() {
    String level =
        assertThrows(IllegalArgumentException.class, () -> grid("-p", "pruningLevel=0.25"))
            .getMessage();
    assertEquals("pruningLevel: no variant of this run has 0.25; there are 0.0, 0.3", level);
    String precision =
        assertThrows(IllegalArgumentException.class, () -> grid("-p", "precision=bf16,int8"))
            .getMessage();
    assertEquals("precision: no variant of this run has bf16; there are fp32, int8", precision);
  }

  @Test
  void aBenchThatIsRefusedLeavesTheRunAsItWas() {
    Execution bench =
        Execution.of("bench", "--run=" + folder, "--energy-sensor=none", "-p", "precision=fp16");
    assertEquals(2, bench.exitCode());
    assertTrue(bench.err().contains("no variant of this run has fp16"), bench.err());
    assertTrue(Files.notExists(run.config()));
  }

  private Grid grid(String... flags) throws IOException {
    return SweepPlans.grid(ManifestTable.TABLE.read(run.manifest()), read(flags));
  }

  private Settings read(String... flags) throws IOException {
    String[] words = new String[flags.length + 1];
    words[0] = "bench";
    System.arraycopy(flags, 0, words, 1, flags.length);
    return SettingOptions.read(Main.commands().parseArgs(words).subcommand(), run);
  }
}
