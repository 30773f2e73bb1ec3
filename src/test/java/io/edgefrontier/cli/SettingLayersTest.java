package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.config.BenchSettings;
import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

class SettingLayersTest {
  @TempDir private Path folder;

  @Test
  void flagsLieOverTheFileAndTheFileOverDefaults() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "seed: 1\nthreads: 2\n");
    Settings settings = SettingOptions.read(parse("--config", file.toString(), "--seed", "3"));
    assertEquals(3, settings.seed());
    assertEquals(List.of(2), settings.bench().threads());
    assertEquals(128, settings.batchSize());
  }

  @Test
  void quickOverridesWhatAFileSaysOfItsKeys() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "min_forks: 5\n");
    Settings settings = SettingOptions.read(parse("--config", file.toString(), "--quick"));
    assertEquals(1, settings.bench().repeats().least());
    assertTrue(settings.rough());
  }

  @Test
  void aRunRemembersWhatItWasMadeWith() throws IOException {
    RunFolder run = new RunFolder(folder);
    run.save(SettingOptions.read(parse("--quick", "--epochs", "4", "--model", "it's.pt")));
    Settings again = SettingOptions.read(parse("--power-watts", "2"), run);
    assertTrue(again.rough());
    assertEquals(1, again.bench().repeats().least());
    assertTrue(again.training().epochsGiven());
    assertEquals("it's.pt", again.model().name());
    assertEquals(2, again.budgets().powerWatts());
    Settings untouched = Settings.of(Map.of());
    assertEquals(untouched.budgets().memory(), again.budgets().memory());
  }

  @Test
  void jmhsOwnFlagsMeanWhatTheyMeanToJmh() throws IOException {
    BenchSettings bench =
        SettingOptions.read(
                parse("--quick", "-f", "5", "-wi", "2", "-i", "30", "-w", "1", "-r", "20 ms"))
            .bench();
    assertEquals(5, bench.repeats().least());
    assertEquals(5, bench.repeats().most());
    assertEquals(new BenchSettings.Iterations(2, Duration.ofSeconds(1)), bench.warmup());
    assertEquals(new BenchSettings.Iterations(30, Duration.ofMillis(20)), bench.measurement());
  }

  @Test
  void jmhsParametersChooseTheCells() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "batch_sizes: [4]\n");
    Settings settings =
        SettingOptions.read(
            parse(
                ("--config %s -p precision=int8 -p pruningLevel=0.5,0 -p precision=fp32"
                        + " -p batchSize=1,8 -p arrivalRate=50")
                    .formatted(file)
                    .split(" ")));
    assertEquals(List.of(Precision.INT8, Precision.FP32), settings.variants().precisions());
    assertEquals(List.of(0.5, 0.0), settings.variants().pruningLevels());
    assertEquals(List.of(1, 8), settings.bench().batchSizes());
    assertEquals(OptionalDouble.of(50), settings.bench().arrivalRate());
    assertEquals(List.of(1), settings.bench().threads());
  }

  @Test
  void anAxisIsSaidInOneWayOnly() {
    ParseResult both = parse("--precisions", "fp32,int8", "-p", "precision=int8");
    assertEquals(
        "precisions: given twice, as --precisions fp32,int8 and by -p as int8; leave one of them"
            + " out",
        assertThrows(IllegalArgumentException.class, () -> SettingOptions.read(both)).getMessage());
  }

  @Test
  void callersAreJmhsThreads() throws IOException {
    assertEquals(1, SettingOptions.read(parse("--quick")).bench().callers());
    BenchSettings three = SettingOptions.read(parse("--quick", "-t", "3")).bench();
    assertEquals(3, three.callers());
    assertEquals(List.of(1), three.threads(), "those of the engine");
    Settings most = SettingOptions.read(parse("--callers", "max"));
    assertEquals(Runtime.getRuntime().availableProcessors(), most.bench().callers());
    assertEquals("max", most.texts().get(SettingKey.CALLERS));
  }

  @Test
  void anExternalMeterTakesOneCaller() {
    ParseResult flags = parse("-t", "2", "--energy-sensor", "meter");
    String message =
        assertThrows(IllegalArgumentException.class, () -> SettingOptions.read(flags)).getMessage();
    assertTrue(message.startsWith("callers (--callers): expected 1 with energy_sensor"), message);
  }

  @Test
  void jvmArgumentsAreSplitAsJmhSplitsThem() throws IOException {
    BenchSettings.JvmArgs arguments =
        SettingOptions.read(parse("--quick", "-jvmArgsAppend", "-Xmx1g -Dname=\"a b\""))
            .bench()
            .jvmArgs();
    assertEquals(List.of("-Xmx1g", "-Dname=a b"), arguments.append());
    assertEquals(List.of(), arguments.replace());
  }

  @Test
  void aSwitchIsOnUnlessSwitchedOffAndTheCommandLineWins() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "reference: false\n");
    assertTrue(SettingOptions.read(parse("--quick")).bench().reference());
    assertFalse(SettingOptions.read(parse("--no-reference")).bench().reference());
    assertFalse(SettingOptions.read(parse("--config", file.toString())).bench().reference());
    assertTrue(
        SettingOptions.read(parse("--config", file.toString(), "--reference")).bench().reference());
  }

  private static ParseResult parse(String... arguments) {
    return Main.commands().parseArgs(arguments);
  }
}
