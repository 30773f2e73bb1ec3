package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "prepare",
        "bench",
        "accuracy",
        "merge",
        "frontier",
        "report",
        "inspect",
        "publish",
        "jmh"
      })
  void everyCommandTeachesByExample(String command) {
    Execution help = Execution.of(command, "--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("java -jar benchmarks.jar " + command), help.out());
  }

  @Test
  void theMainHelpNamesCommandsAndExitCodes() {
    Execution help = Execution.of("--help");
    assertEquals(0, help.exitCode());
    for (String word : new String[] {"prepare", "jmh", "--quick", "Exit codes", "--config"}) {
      assertTrue(help.out().contains(word), word);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--active-memory-budget-mb | 0          | a number > 0",
        "--memory-budgets-mb       | 1,NaN      | a number > 0",
        "--pruning-levels          | 0,1.5      | levels in [0, 1)",
        "--pruning-levels          | 0.5,0.5    | every value once",
        "--precisions              | fp32,int4  | unknown precision 'int4'; available: fp32",
        "--model                   | resnet9    | unknown model 'resnet9'; available: SmallCNN",
        "--model                   | none.pt    | none.pt",
        "--dataset                 | imagenet   | unknown dataset 'imagenet'; available: digits",
        "--dataset                 | idx:none   | none",
        "--config                  | none.yaml  | none.yaml: no such configuration file",
        "-p                        | precison=a | unknown parameter 'precison'; did you mean 'precision'",
        "-p                        | precision=int4 | unknown precision 'int4'; available: fp32",
        "-p                        | batchSize=0 | batch_sizes (--batch-sizes): expected whole numbers",
        "-p                        | int8       | -p: expected NAME=VALUE,..., found 'int8'",
        "-t                        | 0          | callers (--callers): expected a whole number >= 1",
        "--seed                    | x          | seed (--seed): expected a number, found 'x'"
      })
  void badInputIsAnErrorBeforeAnyWork(String flag, String value, String expected) {
    Path output = folder.resolve("results");
    Execution run = Execution.of(flag, value, "--output-dir", output.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(Files.exists(output), "nothing is written for it");
  }

  @Test
  void namesTheFlagThatWasMeant() {
    Execution run = Execution.of("--prunning-levels", "0");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--pruning-levels"), run.err());
  }

  @Test
  void namesTheKeyThatWasMeant() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "precision: [fp32]\n");
    Execution run = Execution.of("--config", config.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("did you mean 'precisions'"), run.err());
  }

  @Test
  void saysHowToGetARunWhereThereIsNone() {
    Execution merge = Execution.of("merge", "--output-dir", folder.toString());
    assertEquals(2, merge.exitCode());
    assertTrue(merge.err().contains("no run there; make one with 'prepare'"), merge.err());
  }

  @Test
  void aRunThatIsNotThereIsNotMade() {
    Path run = folder.resolve("typo");
    Execution merge = Execution.of("merge", "--run", run.toString());
    assertEquals(2, merge.exitCode());
    assertTrue(merge.err().contains("make a run with 'prepare --run DIR' first"), merge.err());
    assertFalse(Files.exists(run));
  }

  @Test
  void aLongOptionMakesJmhsFlagsThoseOfTheWholeJob() {
    Path output = folder.resolve("results");
    assertEquals(2, Main.run("-p", "precision=int4", "--quick", "--output-dir=" + output));
    assertEquals(0, Main.run("-t", "2", "--help"));
    // The value of a JVM argument is no option of ours, so this is JMH's run, which only lists.
    assertEquals(0, Main.run("-jvmArgsAppend", "--add-opens=java.base/java.lang=ALL", "-l"));
    assertFalse(Files.exists(output), "nothing is written for it");
  }

  @Test
  void handsWhatIsNoCommandToJmh() {
    assertEquals(0, Main.run("-l"));
    assertEquals(2, Main.run("--no-such-flag"));
    assertEquals(2, Main.run("-nosuchjmhoption"));
  }
}
