package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class CombinedResultsTest {
  @TempDir private Path folder;

  @Test
  void writesWhatJmhWritesForSeveralForksInEveryMode() throws Exception {
    Path jmh = folder.resolve("jmh.json");
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(UnrulyBenchmark.NAME)
        .mode(Mode.SampleTime)
        .mode(Mode.Throughput)
        .mode(Mode.AverageTime)
        .mode(Mode.SingleShotTime)
        .forks(3)
        .warmupIterations(0)
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(10))
        .jvmArgs("-XX:TieredStopAtLevel=1", "-Xmx64m", "-Dodd=<a;b> & \"c\"")
        .addProfiler(IterationCounter.class)
        .resultFormat(ResultFormatType.JSON)
        .result(jmh.toString());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Runner(
            options.build(), OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT))
        .run();

    SplitForks.assertPutTogetherAgain(jmh, folder);
  }

  @Test
  void namesTheForkThatIsNoJmhFile() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.json"), "[]");
    Path target = folder.resolve("jmh.json");
    IOException refused =
        assertThrows(
            IOException.class, () -> CombinedResults.write(target, List.of(List.of(empty))));
    assertEquals(empty + ": has 0 entries, expected that of one fork", refused.getMessage());

    Path torn = Files.writeString(folder.resolve("torn.json"), "[{\"primaryMetric\": {");
    assertTrue(
        assertThrows(IOException.class, () -> CombinedResults.read(torn))
            .getMessage()
            .startsWith(torn + ": is not what JMH writes: "));

    Path noRaw =
        Files.writeString(folder.resolve("raw.json"), "[{\"primaryMetric\": {\"rawData\": []}}]");
    assertTrue(
        assertThrows(IOException.class, () -> CombinedResults.read(noRaw))
            .getMessage()
            .contains("has the raw data of 0 forks, expected one"));
  }
}
