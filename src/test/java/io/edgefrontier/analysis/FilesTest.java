package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merge and frontier from file to file. */
class FilesTest {
  private static final Locale DEFAULT = Locale.getDefault();
  private static final String VARIANTS =
      """
      model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,parameters,macs,model_memory_bytes,peak_activation_bytes,error
      resnet8,0,fp32,a.pt,aa,100,1x28x28,10,1000,16777216,1048576,
      resnet8,0.5,int8,b.pt,bb,50,1x28x28,5,500,4194304,524288,
      resnet8,0.75,int8,,,,,,,,,no scale for conv1
      """;
  private static final String ACCURACY =
      """
      model,pruning_level,precision,accuracy
      resnet8,0,fp32,0.975
      resnet8,0.50,int8,0.95
      """;

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String forward(String level, String precision, int batchSize, String raw) {
    return """
        {"benchmark":"io.edgefrontier.bench.InferenceBenchmark.forward","mode":"sample","forks":2,
         "jvmArgs":["-Xmx1g","-Dai.djl.pytorch.num_threads=1"],
         "params":{"pruningLevel":"%s","precision":"%s","batchSize":"%s"},
         "primaryMetric":{"score":1,"scoreUnit":"us/op","rawDataHistogram":%s},
         "secondaryMetrics":{"load":{"score":9,"scoreUnit":"ms","rawData":[[7.0],[9.0]]},
           "rss.peak":{"score":1,"scoreUnit":"MiB","rawData":[[470.0,480.0],[500.0]]}}}"""
        .formatted(level, precision, batchSize, raw);
  }

  private static final String COLD =
      """
      {"benchmark":"io.edgefrontier.bench.ColdStartBenchmark.loadAndFirstInference","mode":"ss",
       "forks":3,"jvmArgs":[],
       "params":{"pruningLevel":"0.5","precision":"int8","batchSize":"1"},
       "primaryMetric":{"score":1,"scoreUnit":"ms/op","rawData":[[120.0],[100.0],[140.0]]},
       "secondaryMetrics":{"load":{"score":1,"scoreUnit":"ms","rawData":[[50.0],[40.0],[60.0]]}}}""";

  private static MergeSettings settings(double watts, double multiplier) {
    MemoryBudgets budgets =
        new MemoryBudgets(List.of(10.0, 20.0), 12, BudgetMetric.MODEL_MEMORY_MB);
    return new MergeSettings(watts, multiplier, budgets, List.of(), List.of());
  }

  private MergeFiles.Sources sources(String jmh, Map<Cell, String> failures) throws IOException {
    return new MergeFiles.Sources(
        write("variants.csv", VARIANTS),
        write("jmh.json", "[" + jmh + "]"),
        Optional.of(write("accuracy.csv", ACCURACY)),
        failures,
        Map.of(),
        Optional.empty());
  }

  private List<SweepRow> merge(String jmh, MergeSettings settings) throws IOException {
    Path target = folder.resolve("sweep_results.csv");
    MergeFiles.Summary summary = MergeFiles.merge(sources(jmh, Map.of()), settings, target);
    List<SweepRow> rows = SweepTable.read(target).rows();
    assertEquals(rows.size(), summary.rows());
    assertEquals(rows.stream().filter(SweepRow::accepted).count(), summary.accepted());
    assertEquals(rows.stream().filter(row -> !row.error().isEmpty()).count(), summary.failed());
    return rows;
  }

  @Test
  void aStartThatJmhRepeatedIsNoColdStart() throws IOException {
    String warm = COLD.replace("[[120.0],[100.0],[140.0]]", "[[120.0, 6.0, 5.0]]");
    String latency = forward("0.5", "int8", 1, "[[[[200,12]]]]");
    List<SweepRow> rows = merge(latency + "," + warm, settings(5, 1));
    assertEquals(Double.NaN, rows.get(1).startup().coldStartMs());
    assertEquals(0.2, rows.get(1).latency().medianMs(), 1e-15);
  }

  @Test
  void joinsOnBenchmarkModeAndParameters() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    String jmh =
        String.join(
            ",",
            forward("0.50", "int8", 1, "[[[[200,12],[300,8]]],[[[400,20]]]]"),
            forward("0", "fp32", 1, "[[[[1000,1]]]]"),
            COLD,
            forward("0", "fp32", 1, "[[[[1,1]]]]").replace("\"sample\"", "\"avgt\""));
    List<SweepRow> rows = merge(jmh, settings(5, 2));
    assertEquals(
        List.of("resnet8-p0.0-fp32", "resnet8-p0.5-int8", "resnet8-p0.75-int8"),
        rows.stream().map(row -> row.cell().variant().id()).toList());
    SweepRow int8 = rows.get(1);
    assertEquals("", int8.error());
    assertTrue(int8.accepted());
    assertEquals(0.3, int8.latency().rawMs(), 1e-15);
    assertEquals(0.6, int8.latency().medianMs(), 1e-15);
    assertEquals(0.4, int8.latency().ci95LowMs());
    assertEquals(0.8, int8.latency().ci95HighMs());
    assertEquals(0.64, int8.latency().meanMs(), 1e-12);
    assertEquals(0.7, int8.latency().percentiles().p50Ms(), 1e-12);
    assertEquals(Double.NaN, int8.latency().percentiles().p90Ms(), "only 4 of 40 samples beyond");
    assertEquals(5 * 0.6 / 1000, int8.energy().proxyJ(), 1e-15);
    assertEquals(new Startup(240, 200, 280, 100), int8.startup(), "load is the cold start's");
    assertEquals(490, int8.memory().resident().peakMb());
    assertEquals(4, int8.memory().modelMb());
    assertEquals(0.5, int8.memory().peakActivationMb());
    assertEquals(2, int8.evidence().forks());
    assertEquals(40, int8.evidence().samples());
    assertEquals(List.of(Optional.of(false), Optional.of(false)), int8.violations());
    assertEquals(16, rows.get(0).startup().modelLoadMs(), "no cold start: the warm one's");
    assertEquals(List.of(Optional.of(true), Optional.of(false)), rows.get(0).violations());
    assertEquals("no scale for conv1", rows.get(2).error());
  }

  @Test
  void theOrderOfTheOtherFilesDoesNotMatter() throws IOException {
    StringBuilder variants = new StringBuilder(VARIANTS.lines().findFirst().orElseThrow());
    List<String> entries = new ArrayList<>();
    List<String> accuracies = new ArrayList<>();
    for (int i = 0; i < 3000; i++) { // enough for the tables to grow
      String level = String.valueOf(i / 4000.0);
      variants.append("\nresnet8," + level + ",fp32,a.pt,aa,100,1x28x28,10,1000,16777216,1048576,");
      entries.add(forward(level, "fp32", 1, "[[[[%d,20]]]]".formatted(i + 1)));
      accuracies.add("resnet8," + level + ",fp32,0." + (1000 + i) + "\n");
    }
    MergeFiles.Sources sources =
        MergeFiles.Sources.of(
            write("variants.csv", variants.toString()),
            write("jmh.json", entries.toString()),
            Optional.of(
                write(
                    "accuracy.csv",
                    "model,pruning_level,precision,accuracy\n" + join(accuracies))));
    Path inOrder = folder.resolve("in_order.csv");
    MergeFiles.merge(sources, settings(5, 1), inOrder);
    SweepRow last = SweepTable.read(inOrder).rows().get(2999);
    assertEquals(0.3999, last.accuracy().top1());
    assertEquals(3, last.latency().medianMs());
    Collections.shuffle(entries, new Random(1));
    Collections.shuffle(accuracies, new Random(2));
    write("jmh.json", entries.toString());
    write("accuracy.csv", "model,pruning_level,precision,accuracy\n" + join(accuracies));
    Path shuffled = folder.resolve("shuffled.csv");
    MergeFiles.merge(sources, settings(5, 1), shuffled);
    assertEquals(Files.readString(inOrder), Files.readString(shuffled));
  }

  private static String join(List<String> lines) {
    return String.join("", lines);
  }

  @Test
  void energyAndActivationsAreSharedOutOverTheBatch() throws IOException {
    SweepRow row = merge(forward("0.5", "int8", 4, "[[[[4000,1]]]]"), settings(5, 1)).get(1);
    assertEquals(5 * 0.004 / 4, row.energy().proxyJ(), 1e-15);
    assertEquals(2, row.memory().peakActivationMb());
    assertEquals(1000, row.throughputSps(), 1e-9);
  }

  @Test
  void whatIsMissingIsARowThatSaysWhere() throws IOException {
    String jmh =
        forward("0.5", "int8", 1, "[[[[1,1]]]]") + "," + forward("0.9", "bf16", 1, "[[[[1,1]]]]");
    List<SweepRow> rows = merge(jmh, settings(5, 1));
    assertEquals(
        "no latency: jmh.json has no entry of io.edgefrontier.bench.InferenceBenchmark.forward"
            + " (sample) for pruningLevel=0.0, precision=fp32, batchSize=1, threads=1",
        rows.get(0).error());
    assertEquals(0.975, rows.get(0).accuracy().top1(), "what is known stays");
    assertEquals(
        "no variant: variants.csv has no row for resnet8-p0.9-bf16; no accuracy: accuracy.csv has"
            + " no row for resnet8-p0.9-bf16",
        rows.get(3).error());
  }

  @Test
  void saysWhyACellFailedWhereThatIsKnown() throws IOException {
    Path target = folder.resolve("sweep_results.csv");
    MergeFiles.merge(
        sources("", Map.of(Rows.cell(0, Precision.FP32), "fork died with exit code 134")),
        settings(5, 1),
        target);
    List<SweepRow> rows = SweepTable.read(target).rows();
    assertEquals("no latency: fork died with exit code 134", rows.get(0).error());
    assertEquals(3, rows.size());
  }

  private String messageOfMerging(String jmh) {
    return assertThrows(IOException.class, () -> merge(jmh, settings(5, 1)))
        .getMessage()
        .replace(folder + "/", "");
  }

  @Test
  void refusesEntriesItCannotPlace() {
    String fine = forward("0.5", "int8", 1, "[[[[1,1]]]]");
    assertTrue(
        messageOfMerging(fine + "," + forward("0.50", "int8", 1, "[[[[1,1]]]]"))
            .contains("entry 1 (at $[2]): repeats an earlier entry of io.edgefrontier"));
    assertTrue(
        messageOfMerging(forward("0.5", "int4", 1, "[[[[1,1]]]]"))
            .contains("unknown precision 'int4'; available: fp32, bf16, fp16, int8"));
    assertTrue(
        messageOfMerging(forward("half", "int8", 1, "[[[[1,1]]]]"))
            .contains("parameter 'pruningLevel': found 'half', expected a number"));
    assertTrue(
        messageOfMerging(fine.replace("batchSize", "batch"))
            .contains("has no parameter 'batchSize', only [batch, precision, pruningLevel]"));
  }

  @Test
  void refusesAManifestThatRepeatsAVariant() throws IOException {
    Path twice = write("variants.csv", VARIANTS + "resnet8,0.0,fp32,a.pt,aa,1,1x1,1,1,1,1,\n");
    IOException error =
        assertThrows(
            IOException.class,
            () ->
                MergeFiles.merge(
                    MergeFiles.Sources.of(
                        twice,
                        write("jmh.json", "[]"),
                        Optional.of(write("accuracy.csv", ACCURACY))),
                    settings(5, 1),
                    folder.resolve("out.csv")));
    assertEquals(twice + ": record 4 (line 5): repeats resnet8-p0.0-fp32", error.getMessage());
    assertTrue(Files.notExists(folder.resolve("out.csv")));
  }

  @Test
  void settingsRefuseWhatCannotBe() {
    assertEquals(
        "power must be finite and > 0, got NaN",
        assertThrows(IllegalArgumentException.class, () -> settings(Double.NaN, 1)).getMessage());
    assertEquals(
        "latency multiplier must be finite and > 0, got 0.0",
        assertThrows(IllegalArgumentException.class, () -> settings(1, 0)).getMessage());
  }

  private List<Integer> frontier(Path source, String x, String accuracy) throws IOException {
    return FrontierFiles.write(
        source,
        List.of(
            new FrontierFiles.Request(
                x, Worth.ofColumn(accuracy), folder.resolve("frontier.csv"))));
  }

  @Test
  void aFrontierKeepsAllColumnsOfAForeignTable() throws IOException {
    Path source =
        write(
            "mine.csv",
            """
            name,ms,top1

            "größe, ""a\""",3,0.9
            b,2,0.9
            c,1,0.5

            d,4,
            "e
            e",5,0.95
            """);
    assertEquals(List.of(3), frontier(source, "ms", "top1"));
    assertEquals(
        "name,ms,top1,frontier_rank,place\r\nc,1,0.5,1,\r\nb,2,0.9,2,\r\n\"e\ne\",5,0.95,3,\r\n",
        Files.readString(folder.resolve("frontier.csv")));
  }

  @Test
  void onlyAcceptedRowsTakePartWhereThereIsSuchAColumn() throws IOException {
    Path source = write("mine.csv", "ms,top1,accepted\r\n1,0.9,False\r\n2,0.8,\r\n");
    assertEquals(List.of(0), frontier(source, "ms", "top1"));
    assertEquals(
        "ms,top1,accepted,frontier_rank,place\r\n",
        Files.readString(folder.resolve("frontier.csv")));
  }

  @Test
  void aFrontierOfAFrontierIsRefusedAndSoIsAMissingColumn() throws IOException {
    Path source = write("mine.csv", "ms,top1\r\n1,0.9\r\n");
    assertEquals(
        source + ": no column 'latency_ms'; columns found: ms, top1",
        assertThrows(IOException.class, () -> frontier(source, "latency_ms", "top1")).getMessage());
    frontier(source, "ms", "top1");
    Path frontier = folder.resolve("frontier.csv");
    assertEquals(
        frontier
            + ": has column 'frontier_rank' already, so it is a frontier; give the table it was"
            + " made from",
        assertThrows(IOException.class, () -> frontier(frontier, "ms", "top1")).getMessage());
  }

  @Test
  void theFileHasTheRowsThatTheFunctionFinds() throws IOException {
    List<SweepRow> rows =
        List.of(
            Rows.row(Rows.cell(0, Precision.FP32), 9, 350, true),
            Rows.failed(Rows.cell(0.1, Precision.FP32)),
            Rows.row(Rows.cell(0.5, Precision.INT8), 1, 200, true),
            Rows.row(Rows.cell(0.6, Precision.INT8), 1.5, 100, true),
            Rows.row(Rows.cell(0.7, Precision.INT8), 8.8, 349, true));
    Path source = folder.resolve("sweep_results.csv");
    new SweepTable(List.of(), rows).write(source);
    for (Objective objective : Objective.values()) {
      FrontierFiles.Request request =
          FrontierFiles.Request.of(objective, Worth.of(AccuracyBasis.TOP1), folder);
      FrontierFiles.write(source, List.of(request));
      List<FrontierRow> expected = ParetoFrontier.of(rows, objective, AccuracyBasis.TOP1);
      List<FrontierRow> found = FrontierRow.read(request.target());
      assertEquals(
          expected.stream().map(row -> row.row().cell() + " " + row.rank() + row.place()).toList(),
          found.stream().map(row -> row.row().cell() + " " + row.rank() + row.place()).toList());
    }
  }
}
