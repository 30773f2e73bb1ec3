package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Place;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, frontiers and advice where accuracy was left out on purpose. */
class WithoutAccuracyTest {
  private static final String VARIANTS =
      """
      model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,parameters,macs,model_memory_bytes,peak_activation_bytes,error
      net,0,fp32,a.pt,aa,100,3x8x8,10,1000,16777216,1048576,
      net,0,int8,,,,,,,,,int8 needs samples
      """;
  private static final String JMH =
      """
      [{"benchmark":"io.edgefrontier.bench.InferenceBenchmark.forward","mode":"sample","forks":1,
        "jvmArgs":[],"params":{"pruningLevel":"0","precision":"fp32","batchSize":"1"},
        "primaryMetric":{"score":1,"scoreUnit":"ms/op","rawDataHistogram":[[[[2,9]]]]},
        "secondaryMetrics":{}}]""";

  @TempDir Path folder;

  @Test
  void aCellWithoutAccuracyIsNoErrorThen() throws IOException {
    Path variants = Files.writeString(folder.resolve("variants.csv"), VARIANTS);
    Path jmh = Files.writeString(folder.resolve("jmh.json"), JMH);
    Path target = folder.resolve("sweep_results.csv");
    MergeSettings settings =
        new MergeSettings(
            5,
            1,
            new MemoryBudgets(List.of(10.0), 20, BudgetMetric.MODEL_MEMORY_MB),
            List.of(),
            List.of());
    MergeFiles.Summary summary =
        MergeFiles.merge(MergeFiles.Sources.of(variants, jmh, Optional.empty()), settings, target);
    assertEquals(1, summary.accepted());
    List<SweepRow> rows = SweepTable.read(target).rows();
    assertEquals("", rows.get(0).error());
    assertTrue(rows.get(0).accepted());
    assertTrue(Double.isNaN(rows.get(0).accuracy().top1()));
    assertEquals(2.0, rows.get(0).latency().medianMs());
    assertEquals("int8 needs samples", rows.get(1).error());
  }

  @Test
  void frontiersAreThoseOfBruteForceOverLatencyAndMemory() throws IOException {
    Random random = new Random(5);
    List<SweepRow> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double ms = 1 + random.nextInt(20);
      rows.add(row(i / 100.0, ms, 1 + random.nextInt(20), random.nextInt(5) > 0));
    }
    Path source = folder.resolve("sweep_results.csv");
    new SweepTable(List.of(), rows).write(source);
    for (Objective objective : Objective.values()) {
      FrontierFiles.Request request =
          FrontierFiles.Request.of(objective, Worth.insteadOfAccuracy(objective), folder);
      FrontierFiles.write(source, List.of(request));
      List<FrontierRow> found = FrontierRow.read(request.target());
      Objective other = objective == Objective.MEMORY ? Objective.LATENCY : Objective.MEMORY;
      List<String> expected =
          rows.stream()
              .filter(SweepRow::accepted)
              .filter(row -> rows.stream().noneMatch(rival -> beats(rival, row, objective, other)))
              .sorted(Comparator.comparingDouble(objective::of))
              .map(row -> objective.of(row) + " " + other.of(row))
              .distinct()
              .toList();
      assertTrue(expected.size() > 2, "a frontier worth the name");
      assertEquals(
          expected,
          found.stream().map(row -> objective.of(row.row()) + " " + other.of(row.row())).toList());
    }
  }

  private static boolean beats(SweepRow rival, SweepRow row, Objective x, Objective y) {
    double dx = x.of(rival) - x.of(row);
    double dy = y.of(rival) - y.of(row);
    return rival.accepted() && dx <= 0 && dy <= 0 && (dx < 0 || dy < 0);
  }

  // Intervals are 10 % to both sides of the latency; memory is counted.
  @Test
  void aPlaceIsSafeWhereLatencyIntervalsLieApart() throws IOException {
    Path source = folder.resolve("sweep_results.csv");
    new SweepTable(
            List.of(), List.of(row(0, 1, 9, true), row(0.1, 1.1, 8, true), row(0.2, 2, 7, true)))
        .write(source);
    for (Objective objective : List.of(Objective.LATENCY, Objective.MEMORY)) {
      FrontierFiles.Request request =
          FrontierFiles.Request.of(objective, Worth.insteadOfAccuracy(objective), folder);
      FrontierFiles.write(source, List.of(request));
      List<Optional<Place>> byLatency =
          FrontierRow.read(request.target()).stream()
              .sorted(Comparator.comparingDouble(row -> row.row().latency().medianMs()))
              .map(FrontierRow::place)
              .toList();
      assertEquals(Optional.of(Place.TIE), byLatency.get(0), "as slow as the next");
      assertEquals(Optional.of(Place.DISTINCT), byLatency.get(1), "smaller than the one before");
      assertEquals(Optional.of(Place.DISTINCT), byLatency.get(2));
    }
  }

  @Test
  void severalObjectivesDoWithoutAccuracy() throws IOException {
    Path source = folder.resolve("sweep_results.csv");
    new SweepTable(
            List.of(), List.of(row(0, 1, 9, true), row(0.1, 2, 9, true), row(0.2, 2, 7, true)))
        .write(source);
    Path target = folder.resolve("objectives.csv");
    int size =
        ObjectivesFile.write(source, List.of("latency_ms", "memory_mb"), Optional.empty(), target);
    assertEquals(2, size);
    assertEquals(
        List.of(0.0, 0.2),
        SweepTable.read(target).rows().stream()
            .map(row -> row.cell().variant().pruningLevel())
            .toList());
  }

  @Test
  void nothingIsRecommendedButTheEndsAreNamed() {
    List<SweepRow> rows =
        List.of(
            row(0, 3, 9, true),
            row(0.5, 1, 4, true),
            row(0.75, 2, 2, true),
            row(0.9, 0.1, 1, false));
    assertEquals(Optional.empty(), Recommendation.of(rows));
    assertEquals(
        "Accuracy was not measured, so no variant is recommended; the fastest accepted one is"
            + " resnet8-p0.5-fp32 (1.000 ms at batch size 1, 4.000 MiB), the smallest"
            + " resnet8-p0.75-fp32 (2.000 ms at batch size 1, 2.000 MiB).",
        Recommendation.withoutAccuracy(rows).orElseThrow());
    assertEquals(Optional.empty(), Recommendation.withoutAccuracy(rows.subList(3, 4)));
  }

  /** Returns a row of six forks, whose intervals count. */
  private static SweepRow row(double level, double ms, double modelMb, boolean accepted) {
    SweepRow like = Rows.row(Rows.cell(level, Precision.FP32), ms, 1, accepted);
    return new SweepRow(
        like.cell(),
        accepted,
        "",
        like.activeBudgetMb(),
        Accuracy.ABSENT,
        like.latency(),
        like.startup(),
        like.load(),
        new Memory(modelMb, 0.5, ResidentMemory.ABSENT),
        like.energy(),
        like.archive(),
        like.violations(),
        new Evidence(6, 100, OptionalInt.empty()));
  }
}
