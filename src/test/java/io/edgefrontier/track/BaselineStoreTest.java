package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineStoreTest {
  private static final String MACHINE = "fe767307";

  @TempDir private Path results;
  private Path run;
  private BaselineStore store;

  @BeforeEach
  void copyARealRun() throws IOException {
    run = copy(RunReaderTest.PAIRED, results);
    store = new BaselineStore(results);
  }

  /** Copies what tracking reads of a run into a folder of results. */
  static Path copy(Path source, Path results) throws IOException {
    Path target = results.resolve("runs").resolve(MACHINE).resolve(source.getFileName().toString());
    Files.createDirectories(target);
    for (String file :
        List.of(
            "jmh.json",
            "forks.jsonl",
            "environment.json",
            "variants.csv",
            "predictions.csv",
            "sweep_results.csv")) {
      Files.copy(source.resolve(file), target.resolve(file));
    }
    return target;
  }

  @Test
  void writesAPointerThatMergesInGit() throws IOException {
    Path file = store.set("main", run);

    assertEquals(results.resolve("baselines/fe767307/main.json"), file);
    assertEquals(
        """
        {
          "commit": "305b5a064b77d8e0175ba386f107aa9b1ebe748c",
          "run": "runs/fe767307/20261122T222719Z-305b5a06",
          "sha256": {
            "environment.json": "2b8a6c654522181c43c6041a4b308945e5f511d23fca6ef78dd6d1c1e1f6bc5e",
            "forks.jsonl": "3be8f666c80b11706004abcb6bf5189e49e04e006fff1fbe3de26e982d6042d6",
            "jmh.json": "387a488fd363b45284e77f71b22833619749744886fec9d58d254ebb0ef3e4e4",
            "predictions.csv": "4f04a8cf69f3b0fe224eb92274af71bcf9642f14b7613c05d83b13b46baea4c8",
            "variants.csv": "5d328e2ab6b42b86845fc10fce96aa33f068c028dafdae17eb8d42d955c4c372"
          },
          "time": "2026-11-22T22:27:19Z"
        }
        """,
        Files.readString(file));
  }

  @Test
  void writesTheSameUnderEveryLocale() throws IOException {
    String before = Files.readString(store.set("main", run));
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
      assertEquals(before, Files.readString(store.set("main", run)));
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void findsTheRunAgain() throws IOException {
    store.set("main", run);

    Baseline expected =
        new Baseline(
            "main",
            MACHINE,
            run,
            "305b5a064b77d8e0175ba386f107aa9b1ebe748c",
            Instant.parse("2026-11-22T22:27:19Z"));
    assertEquals(expected, store.resolve(MACHINE, "main"));
    assertEquals(List.of(expected), store.list());
    store.remove(MACHINE, "main");
    assertEquals(List.of(), store.list());
    assertTrue(Files.isDirectory(run), "the run stays");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jmh.json", "forks.jsonl", "predictions.csv", "variants.csv"})
  void refusesARunThatHasChanged(String file) throws IOException {
    store.set("main", run);
    Files.writeString(run.resolve(file), Files.readString(run.resolve(file)) + "\n");

    IOException thrown = assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));
    assertTrue(
        thrown.getMessage().contains(file + " of " + run + " is not what it was"),
        thrown.getMessage());
  }

  @Test
  void refusesARunThatLacksAFileOrIsNotThere() throws IOException {
    store.set("main", run);
    Files.delete(run.resolve("forks.jsonl"));
    assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));

    Files.move(run, results.resolve("elsewhere"));
    IOException thrown = assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));
    assertTrue(thrown.getMessage().contains("is not there; fetch it"), thrown.getMessage());
  }

  @Test
  void letsTablesBeMadeAgain() throws IOException {
    store.set("main", run);
    Files.delete(run.resolve("sweep_results.csv"));

    assertEquals(run, store.resolve(MACHINE, "main").run());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../secret",
        "runs/../../x",
        "runs/fe767307/..",
        "runs/./20261122T222719Z-305b5a06",
        "/runs/fe767307/20261122T222719Z-305b5a06",
        "runs/fe767307/a/b",
        "runs//x",
        "runs\\\\fe767307\\\\x",
        "selftests/fe767307/20261122T222719Z-305b5a06",
      })
  void followsNoPointerThatIsNotToARun(String pointer) throws IOException {
    Path file = store.set("main", run);
    Files.writeString(
        file, Files.readString(file).replace("runs/fe767307/20261122T222719Z-305b5a06", pointer));

    IOException thrown = assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));
    assertTrue(thrown.getMessage().contains("expected runs/<machine>/<run>"), thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a b", "ä", ".hidden", "a\u0000"})
  void takesOnlyNamesThatStayInTheirFolder(String name) {
    assertThrows(IllegalArgumentException.class, () -> store.set(name, run));
    assertThrows(IllegalArgumentException.class, () -> store.resolve(MACHINE, name));
    assertThrows(IllegalArgumentException.class, () -> store.remove(name, "main"));
    assertFalse(store.has(MACHINE, name));
  }

  @Test
  void boundsNames() throws IOException {
    store.set("x".repeat(64), run);
    assertThrows(IllegalArgumentException.class, () -> store.set("x".repeat(65), run));
  }

  @Test
  void namesOnlyRunsOfTheStore() {
    IOException thrown =
        assertThrows(IOException.class, () -> store.set("main", RunReaderTest.PAIRED));
    assertTrue(thrown.getMessage().contains("use 'import' for JMH files"), thrown.getMessage());
    assertThrows(IOException.class, () -> store.set("main", run.resolve("jmh.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"run\": 1", "{\"run\": {}}", "{\"run\": null}", "{}"})
  void refusesFilesThatAreNoBaseline(String text) throws IOException {
    Path file = store.set("main", run);
    Files.writeString(file, text);

    IOException thrown = assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));
    assertTrue(thrown.getMessage().startsWith(file.toString()), thrown.getMessage());
  }

  @Test
  void listsWhatThereIsWhenANameIsUnknown() throws IOException {
    IOException none = assertThrows(IOException.class, () -> store.resolve(MACHINE, "main"));
    assertTrue(none.getMessage().contains("'baseline set NAME RUN'"), none.getMessage());
    store.set("main", run);
    IOException other = assertThrows(IOException.class, () -> store.resolve(MACHINE, "v1"));
    assertEquals(
        "no baseline 'v1' of machine fe767307; there are fe767307/main", other.getMessage());
  }
}
