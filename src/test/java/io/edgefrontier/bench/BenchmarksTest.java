package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Real forks of each benchmark, as short as they can be, and what JMH's JSON then holds. */
class BenchmarksTest {
  private static final Shape SAMPLE = Shape.of(1, 8, 8);
  private static final String SHORT = " -f 1 -wi 1 -w 50ms -i 3 -r 50ms";

  @TempDir private Path folder;

  @BeforeEach
  void makeVariant() throws IOException {
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("resnet8", SAMPLE, 10, 1), file);
    Archive archive = new Archive("net.pt", Sha256.of(file), 1, SAMPLE.dims(), 1, 1, 1, 1);
    ManifestTable.TABLE.write(
        folder.resolve("variants.csv"),
        List.of(ManifestEntry.made(new Variant("net", 0.5, Precision.FP32), archive)));
  }

  @Test
  void timesTheReferenceAroundEveryIteration() throws Exception {
    JsonObject paired = run("InferenceBenchmark.forward" + SHORT, "edgefrontier.reference=true");

    JsonObject reference = secondary(paired, "reference");
    List<Double> values = onlyFork(reference);
    assertEquals(3, values.size());
    assertEquals("ms/op", reference.get("scoreUnit").getAsString());
    assertEquals(mean(values), reference.get("score").getAsDouble(), 1e-12);
    assertEquals(1, onlyFork(secondary(paired, "load")).size());
    assertEquals(1, onlyFork(secondary(paired, "first")).size());
    assertEquals(Set.of("load", "first", "reference"), facts(paired));
  }

  @Test
  void severalCallersShareTheIterationAndItsReference() throws Exception {
    JsonObject one = run("InferenceBenchmark.forward -t 1" + SHORT, "edgefrontier.reference=true");
    JsonObject two = run("InferenceBenchmark.forward -t 2" + SHORT, "edgefrontier.reference=true");

    assertEquals(2, two.get("threads").getAsInt());
    assertEquals(3, onlyFork(secondary(two, "reference")).size(), "one for each iteration");
    // Their archives were loaded side by side, so their times and memory are nobody's.
    assertEquals(Set.of("reference"), facts(two));
    // Two callers need two cores, so on one core both times double, and their ratio stays.
    double alone = typical(one) / mean(onlyFork(secondary(one, "reference")));
    double together = typical(two) / mean(onlyFork(secondary(two, "reference")));
    assertEquals(1, together / alone, 0.6, together + " against " + alone);
  }

  @Test
  void measuresMemoryWhenTheReferenceIsOff() throws Exception {
    JsonObject plain = run("InferenceBenchmark.forward" + SHORT);

    assertFalse(facts(plain).contains("reference"));
    assertTrue(facts(plain).containsAll(Set.of("load", "first")));
    assertEquals(Files.isReadable(Path.of("/proc/self/smaps")), facts(plain).contains("rss.model"));
  }

  @Test
  void measuresMemoryBehindTheOneColdShot() throws Exception {
    JsonObject cold = run("ColdStartBenchmark -f 1");

    double shot = cold.getAsJsonObject("primaryMetric").get("score").getAsDouble();
    double load = onlyFork(secondary(cold, "load")).get(0);
    double first = onlyFork(secondary(cold, "first")).get(0);
    assertEquals(shot, load + first, 0.05 * shot);
    if (Files.isReadable(Path.of("/proc/self/smaps"))) {
      assertEquals(Set.of("load", "first", "rss.peak", "rss.model", "rss.growth"), facts(cold));
      double peak = onlyFork(secondary(cold, "rss.peak")).get(0);
      double model = onlyFork(secondary(cold, "rss.model")).get(0);
      assertTrue(model > 0 && model < 64 && peak > 100, model + " of " + peak + " MiB");
    } else {
      assertEquals(Set.of("load", "first"), facts(cold));
    }
  }

  @Test
  void spinsAShareOfEachCall() throws Exception {
    JsonObject delayed =
        run("InjectedDelayBenchmark -p delayPercent=100 -f 1 -wi 5 -w 100ms -i 5 -r 100ms");
    JsonObject plain =
        run("InjectedDelayBenchmark -p delayPercent=0 -f 1 -wi 5 -w 100ms -i 5 -r 100ms");

    // Minima, for others may share this machine.
    double ratio = minimum(delayed) / minimum(plain);
    assertEquals(2, ratio, 0.5);
  }

  @Test
  void recordsResponsesOfMeasurementIterationsOnly() throws Exception {
    JsonObject open = run("OpenLoopBenchmark -p arrivalRate=200 -f 1 -wi 1 -w 1s -i 2 -r 200ms");

    assertEquals("thrpt", open.get("mode").getAsString());
    double count = onlyFork(secondary(open, "response.count")).get(0);
    assertTrue(count >= 20 && count < 200, count + " of about 80, after 200 of warm-up");
    double median = onlyFork(secondary(open, "response.p50")).get(0);
    double max = onlyFork(secondary(open, "response.max")).get(0);
    assertTrue(0 < median && median <= max, median + " of " + max);
    assertFalse(facts(open).contains("response.p99"));
  }

  /** A counter that rises by 1 J every 20 ms, as a package of 50 W would make it. */
  @Test
  void readsASensorOverEachMeasurementIteration() throws Exception {
    Path zone = Files.createDirectories(folder.resolve("sys/class/powercap/intel-rapl:0"));
    Files.writeString(zone.resolve("name"), "package-0\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
    Path counter = zone.resolve("energy_uj");
    AtomicLong microjoules = new AtomicLong(100_000_000_000L);
    Files.writeString(counter, microjoules.get() + "\n");
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    JsonObject measured;
    try (FileChannel file = FileChannel.open(counter, StandardOpenOption.WRITE)) {
      ScheduledFuture<?> ticks =
          timer.scheduleAtFixedRate(
              () -> overwrite(file, microjoules.addAndGet(1_000_000)),
              20,
              20,
              TimeUnit.MILLISECONDS);
      measured =
          run(
              "EnergyBenchmark -prof io.edgefrontier.bench.EnergyProfiler -f 1 -wi 1 -w 50ms -i 2"
                  + " -r 1200ms",
              "edgefrontier.energy=powercap",
              "edgefrontier.sensor_root=" + folder,
              "edgefrontier.idle_watts=10");
      assertFalse(ticks.isDone(), "the counter stood still");
    } finally {
      timer.shutdownNow();
      assertTrue(timer.awaitTermination(1, TimeUnit.MINUTES));
    }

    List<Double> gross = onlyFork(secondary(measured, "energy@powercap:package-0"));
    List<Double> net = onlyFork(secondary(measured, "energy.net@powercap:package-0"));
    List<Double> start = onlyFork(secondary(measured, "window.start"));
    List<Double> end = onlyFork(secondary(measured, "window.end"));
    double secondsPerCall =
        measured.getAsJsonObject("primaryMetric").get("score").getAsDouble() / 1e3;
    assertEquals(2, gross.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(1.2, end.get(i) - start.get(i), 0.4);
      assertEquals(10, (gross.get(i) - net.get(i)) / secondsPerCall, 5);
      assertEquals(50, gross.get(i) / secondsPerCall, 35);
    }
  }

  @Test
  void givesWindowsWithoutASensor() throws Exception {
    JsonObject measured =
        run(
            "EnergyBenchmark -prof io.edgefrontier.bench.EnergyProfiler" + SHORT,
            "edgefrontier.energy=none");

    assertEquals(3, onlyFork(secondary(measured, "window.start")).size());
    assertTrue(facts(measured).stream().noneMatch(name -> name.startsWith("energy")));
  }

  private static void overwrite(FileChannel file, long microjoules) {
    ByteBuffer text = ByteBuffer.wrap((microjoules + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      file.write(text, 0); // of the same length each time, so a reader never sees half of it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double typical(JsonObject result) {
    return result
        .getAsJsonObject("primaryMetric")
        .getAsJsonObject("scorePercentiles")
        .get("50.0")
        .getAsDouble();
  }

  private static double minimum(JsonObject result) {
    return result
        .getAsJsonObject("primaryMetric")
        .getAsJsonObject("scorePercentiles")
        .get("0.0")
        .getAsDouble();
  }

  /** Runs one benchmark in one fork; {@code properties} are for its JVM. */
  private JsonObject run(String commandLine, String... properties)
      throws CommandLineOptionException, RunnerException {
    List<String> jvm = new ArrayList<>(List.of("-Dedgefrontier.variants=" + folder));
    Stream.of(properties).map("-D"::concat).forEach(jvm::add);
    Stream.of("ai.djl.offline", "OPT_OUT_TRACKING", "ai.djl.pytorch.num_threads")
        .filter(key -> System.getProperty(key) != null)
        .forEach(key -> jvm.add("-D%s=%s".formatted(key, System.getProperty(key))));
    var options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(commandLine.split(" ", -1)))
            .param("pruningLevel", "0.5")
            .param("precision", "fp32")
            .jvmArgsAppend(jvm.toArray(String[]::new))
            .addProfiler(ForkFactsProfiler.class)
            .shouldFailOnError(true)
            .build();
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    List<RunResult> results =
        List.copyOf(
            new Runner(options, OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
                .run());
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(json, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    out.flush();
    JsonArray array =
        JsonParser.parseString(json.toString(StandardCharsets.UTF_8)).getAsJsonArray();
    assertEquals(1, array.size());
    return array.get(0).getAsJsonObject();
  }

  private static JsonObject secondary(JsonObject result, String name) {
    JsonObject found = result.getAsJsonObject("secondaryMetrics").getAsJsonObject(name);
    assertTrue(found != null, () -> name + " is not among " + facts(result));
    return found;
  }

  /** Returns the names of the secondary results that are not JMH's own percentiles. */
  private static Set<String> facts(JsonObject result) {
    Set<String> names = new TreeSet<>(result.getAsJsonObject("secondaryMetrics").keySet());
    names.removeIf(name -> name.matches("p[01][.].*"));
    return names;
  }

  private static List<Double> onlyFork(JsonObject metric) {
    JsonArray forks = metric.getAsJsonArray("rawData");
    assertEquals(1, forks.size());
    return forks.get(0).getAsJsonArray().asList().stream().map(JsonElement::getAsDouble).toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
