package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  @TempDir private Path results;
  private Path newer;
  private Path older;
  private Runs runs;

  @BeforeEach
  void copyTwoRealRuns() throws IOException {
    newer = BaselineStoreTest.copy(RunReaderTest.PAIRED, results);
    older = BaselineStoreTest.copy(RunReaderTest.UNPAIRED, results);
    Files.createDirectories(results.resolve("runs/fe767307/20991231T000000Z-not-measured"));
    runs = new Runs(results, "fe767307");
  }

  @Test
  void findsRunsByEveryName() throws IOException {
    new BaselineStore(results).set("main", older);

    assertEquals(older, runs.locate(older.toString()));
    assertEquals(newer.resolve("jmh.json"), runs.locate(newer.resolve("jmh.json").toString()));
    assertEquals(newer, runs.locate("latest"));
    assertEquals(older, runs.locate("baseline:main"));
    assertEquals(older, runs.locate("baseline:fe767307/main"));
    assertEquals(older, runs.locate("main"));
    assertEquals(newer, runs.locate("20261122T22"));
    assertEquals(older, runs.locate("bf48"));
    assertEquals("20261122T193622Z-bf483b41", runs.resolve("main").name());
    assertEquals(List.of(newer, older), runs.all());
    assertEquals(List.of(newer, older), runs.of("fe767307"));
    assertEquals(List.of(), runs.of("other"));
  }

  @Test
  void takesTheNewestOfThisMachineAsLatest() throws IOException {
    Path other = results.resolve("runs/aaaaaaaa/20270101T000000Z-12345678");
    Files.createDirectories(other);
    Files.copy(newer.resolve("jmh.json"), other.resolve("jmh.json"));

    assertEquals(newer, runs.locate("latest"));
    assertEquals(other, new Runs(results, "bbbbbbbb").locate("latest"));
  }

  @Test
  void namesWhatThereIs() throws IOException {
    new BaselineStore(results).set("main", older);

    assertMessage(
        "mian",
        "'mian' is no run: no such file, baseline, or beginning of a run's name; runs:"
            + " 20261122T222719Z-305b5a06, 20261122T193622Z-bf483b41; baselines: fe767307/main");
    assertMessage(
        "2026",
        "'2026' begins 2 runs: 20261122T222719Z-305b5a06, 20261122T193622Z-bf483b41; name one");
    assertMessage("baseline:v1", "no baseline 'v1' of machine fe767307; there are fe767307/main");
    assertTrue(message("").startsWith("'' is no run"), message(""));
  }

  @Test
  void saysWhereItLookedForTheLatest() {
    Path empty = results.resolve("empty");
    IOException thrown =
        assertThrows(IOException.class, () -> new Runs(empty, "fe767307").locate("latest"));
    assertTrue(thrown.getMessage().startsWith(empty.resolve("runs").toString()));
  }

  private void assertMessage(String name, String expected) {
    assertEquals(expected, message(name));
  }

  private String message(String name) {
    return assertThrows(IOException.class, () -> runs.locate(name)).getMessage();
  }
}
