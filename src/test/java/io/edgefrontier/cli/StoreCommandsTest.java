package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.measure.Machine;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCommandsTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String MACHINE = Machine.capture().id();

  @TempDir private Path folder;

  @Test
  void importsAFileAsItIs() throws IOException {
    Path file = jmh("theirs.json", "org.example.Sort.run");

    Execution done =
        run("import", file.toString(), "--commit", COMMIT, "--time", "2026-03-01T13:00:00.5+01:00");

    assertEquals(0, done.exitCode(), done.err());
    Path run = results().resolve("runs/" + MACHINE + "/20260301T120000Z-01234567");
    assertEquals(run + "\n", done.out());
    assertEquals("import: 1 cells\n", done.err());
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(run.resolve("jmh.json")));
    assertEquals(
        """
        {
          "commit": "%s",
          "machine_id": "%s",
          "source": "theirs.json",
          "time": "2026-03-01T12:00:00Z"
        }
        """
            .formatted(COMMIT, MACHINE),
        Files.readString(run.resolve("run.json")));
    assertTrue(Files.exists(results().resolve("machines/" + MACHINE + "/machine.json")));
    TrackedRun read = RunReader.read(run);
    assertEquals(COMMIT, read.commit());
    assertEquals(MACHINE, read.machineId());
    assertEquals(Instant.parse("2026-03-01T12:00:00Z"), read.time());
    assertEquals(3e-6, read.cells().get(0).samples().get(Metric.OPERATION_TIME).values()[0], 1e-15);
  }

  @Test
  void makesOneRunOfTheFilesOfSeveralModules() throws IOException {
    Path first = jmh("a.json", "a.A.run");
    Path second = jmh("b.json", "b.B.run");
    Files.setLastModifiedTime(first, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Files.setLastModifiedTime(second, FileTime.from(Instant.parse("2026-01-01T00:00:09Z")));

    Execution done = run("import", first.toString(), second.toString(), "--machine", "ci-arm64");

    assertEquals(0, done.exitCode(), done.err());
    Path run = results().resolve("runs/ci-arm64/20260101T000009Z-imported");
    assertEquals(
        List.of("a.A.run avgt n=1", "b.B.run avgt n=1"),
        RunReader.read(run).cells().stream().map(cell -> cell.key()).toList());
    assertTrue(Files.readString(run.resolve("run.json")).contains("\"a.json, b.json\""));
    assertFalse(Files.exists(results().resolve("machines")), "of another machine nothing is known");
  }

  @Test
  void changesNoRunThatIsThere() throws IOException {
    String file = jmh("a.json", "a.A.run").toString();
    assertEquals(0, run("import", file, "--time", "2026-03-01T12:00:00Z").exitCode());

    Execution again = run("import", file, "--time", "2026-03-01T12:00:00Z");

    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("is already there, and a run is never changed"), again.err());
  }

  @Test
  void refusesTwoFilesThatMeasureTheSameAndLeavesNothing() throws IOException {
    String first = jmh("a.json", "a.A.run").toString();
    String second = jmh("b.json", "a.A.run").toString();

    Execution done = run("import", first, second);

    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains("repeats an earlier entry of 'a.A.run avgt n=1'"), done.err());
    try (Stream<Path> left = Files.list(results().resolve("runs/" + MACHINE))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--commit, main, expected 7 to 40 hexadecimal digits",
    "--commit, ../../x, expected 7 to 40 hexadecimal digits",
    "--time, yesterday, expected a time with its offset",
    "--time, +12345-01-01T00:00:00Z, the years 1970 to 9999",
    "--machine, ../x, expected 1 to 64 letters",
  })
  void refusesOptionsThatAreNone(String option, String value, String reason) throws IOException {
    Execution done = run("import", jmh("a.json", "a.A.run").toString(), option, value);

    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains(reason), done.err());
    assertFalse(Files.exists(results()));
  }

  @Test
  void refusesFilesWithoutResults() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.json"), "[]");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");

    assertTrue(run("import", empty.toString()).err().contains("nothing to import"));
    assertTrue(run("import", other.toString()).err().contains("expected the JSON that JMH writes"));
    assertEquals(2, run("import", folder.resolve("absent.json").toString()).exitCode());
    assertEquals(2, run("import").exitCode());
  }

  @Test
  void setsListsAndRemovesBaselines() throws IOException {
    String file = jmh("a.json", "a.A.run").toString();
    run("import", file, "--commit", COMMIT, "--time", "2026-03-01T12:00:00Z");

    Execution set = run("baseline", "set", "main", "latest");
    assertEquals(0, set.exitCode(), set.err());
    Path run = results().resolve("runs/" + MACHINE + "/20260301T120000Z-01234567");
    Path pointer = results().resolve("baselines/" + MACHINE + "/main.json");
    assertEquals(pointer + " -> " + run + "\n", set.out());
    assertEquals(
        "%s  main  2026-03-01T12:00:00Z  01234567  %s%n".formatted(MACHINE, run),
        run("baseline", "list").out());

    assertEquals("removed " + pointer + "\n", run("baseline", "rm", "main").out());
    Execution none = run("baseline", "list");
    assertEquals("", none.out());
    assertEquals(0, none.exitCode());
    assertEquals(2, run("baseline", "rm", "main").exitCode());
    assertEquals(2, run("baseline", "set", "main", "nothing").exitCode());
    assertEquals(2, run("baseline").exitCode());
  }

  @Test
  void showsExamples() {
    for (String[] command :
        List.of(
            new String[] {"import", "--help"},
            new String[] {"baseline", "--help"},
            new String[] {"baseline", "set", "-h"})) {
      Execution help = Execution.of(command);
      assertEquals(0, help.exitCode());
      assertTrue(help.out().contains("java -jar benchmarks.jar " + command[0]), help.out());
    }
  }

  private Execution run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    boolean below = all.size() > 1 || !arguments[0].equals("baseline");
    if (below) {
      all.addAll(List.of("--output-dir", results().toString()));
    }
    return Execution.of(all.toArray(String[]::new));
  }

  private Path results() {
    return folder.resolve("results");
  }

  /** Writes 3 ns/op in each of two forks, in the layout of JMH 1.37. */
  private Path jmh(String name, String benchmark) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        [
            {
                "jmhVersion" : "1.37",
                "benchmark" : "%s",
                "mode" : "avgt",
                "threads" : 1,
                "forks" : 2,
                "jvmArgs" : [
                ],
                "jdkVersion" : "21.0.2",
                "vmName" : "OpenJDK 64-Bit Server VM",
                "vmVersion" : "21.0.2+13-LTS",
                "warmupIterations" : 1,
                "warmupTime" : "1 s",
                "warmupBatchSize" : 1,
                "measurementIterations" : 2,
                "measurementTime" : "1 s",
                "measurementBatchSize" : 1,
                "params" : {
                    "n" : "1"
                },
                "primaryMetric" : {
                    "score" : 3.0,
                    "scoreError" : 0.1,
                    "scoreConfidence" : [
                        2.9,
                        3.1
                    ],
                    "scorePercentiles" : {
                        "50.0" : 3.0
                    },
                    "scoreUnit" : "ns/op",
                    "rawData" : [
                        [
                            2.0,
                            4.0
                        ],
                        [
                            3.0,
                            3.0
                        ]
                    ]
                },
                "secondaryMetrics" : {
                }
            }
        ]


        """
            .formatted(benchmark));
  }
}
