package io.edgefrontier.track;

import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Named runs to compare with: {@code baselines/<machineId>/<name>.json} below the folder of
 * results. Each points to a run and has the SHA-256 of what was measured in it, so that a run that
 * has changed since is found out.
 */
public final class BaselineStore {
  /** Files of a run that verdicts rest on; those that {@code merge} makes of them may change. */
  private static final List<String> MEASURED =
      List.of(
          "environment.json",
          "forks.jsonl",
          "jmh.json",
          "predictions.csv",
          "run.json",
          "variants.csv");

  private static final String SUFFIX = ".json";

  private final Path results;

  /**
   * Uses the store below a folder.
   *
   * @param results the folder of all results
   */
  public BaselineStore(Path results) {
    this.results = results;
  }

  /**
   * Names a run; an earlier baseline of this name on the run's machine is replaced.
   *
   * @param run folder of a run in the store
   * @return the file that was written
   * @throws IOException if the run is not in the store or cannot be read
   */
  public Path set(String name, Path run) throws IOException {
    StoreName.require("baseline", name);
    Path folder = run.toAbsolutePath().normalize();
    Path runs = results.resolve("runs").toAbsolutePath().normalize();
    if (!folder.startsWith(runs) || runs.relativize(folder).getNameCount() != 2) {
      throw new IOException(
          "%s: is no run below %s, where a baseline finds it again; use 'import' for JMH files"
              .formatted(run, results.resolve("runs")));
    }
    TrackedRun tracked = RunReader.read(folder);
    String machineId = folder.getParent().getFileName().toString();
    Map<String, Object> facts = new TreeMap<>();
    facts.put("commit", tracked.commit());
    facts.put("run", "runs/" + machineId + "/" + folder.getFileName());
    facts.put("sha256", checksums(folder));
    facts.put("time", tracked.time().toString());
    Path file = file(machineId, name);
    Json.write(file, facts);
    return file;
  }

  private static Map<String, String> checksums(Path run) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    for (String name : MEASURED) {
      Path file = run.resolve(name);
      if (Files.isRegularFile(file)) {
        checksums.put(name, Sha256.of(file));
      }
    }
    return checksums;
  }

  private Path file(String machineId, String name) {
    return folder().resolve(machineId).resolve(name + SUFFIX);
  }

  private Path folder() {
    return results.resolve("baselines");
  }

  /**
   * Returns all baselines by machine and name, whether or not their runs are there.
   *
   * @throws IOException naming the file that is none
   */
  public List<Baseline> list() throws IOException {
    if (!Files.isDirectory(folder())) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder(), 2)) {
      files =
          found
              .filter(path -> path.getNameCount() - folder().getNameCount() == 2)
              .filter(path -> isBaseline(path.getFileName().toString()))
              .sorted(Comparator.naturalOrder())
              .toList();
    }
    List<Baseline> baselines = new ArrayList<>();
    for (Path file : files) {
      baselines.add(read(file));
    }
    return baselines;
  }

  private static boolean isBaseline(String fileName) {
    return fileName.endsWith(SUFFIX)
        && StoreName.isOne(fileName.substring(0, fileName.length() - SUFFIX.length()));
  }

  /** Returns whether a machine has a baseline of this name. */
  public boolean has(String machineId, String name) {
    return StoreName.isOne(machineId)
        && StoreName.isOne(name)
        && Files.isRegularFile(file(machineId, name));
  }

  /**
   * Removes a baseline; its run stays.
   *
   * @return the file that was removed
   * @throws IOException listing the machine's baselines if there is none of this name
   */
  public Path remove(String machineId, String name) throws IOException {
    require(machineId, name);
    Path file = file(machineId, name);
    Files.delete(file);
    return file;
  }

  /**
   * Returns a baseline whose run is there as it was when it was named.
   *
   * @throws IOException listing the machine's baselines if there is none of this name; naming what
   *     is missing or has changed in the run
   */
  public Baseline resolve(String machineId, String name) throws IOException {
    require(machineId, name);
    Path file = file(machineId, name);
    Baseline baseline = read(file);
    Map<String, String> expected = JsonFacts.read(file).requiredTexts("sha256");
    if (!Files.isDirectory(baseline.run())) {
      throw new IOException(
          "%s: its run %s is not there; fetch it, or set the baseline to another run"
              .formatted(file, baseline.run()));
    }
    Map<String, String> actual = checksums(baseline.run());
    if (!actual.equals(expected)) {
      throw new IOException(
          "%s: %s of %s is not what it was when the baseline was set; restore it, or set the"
                  .formatted(file, differences(expected, actual), baseline.run())
              + " baseline again");
    }
    return baseline;
  }

  private static String differences(Map<String, String> expected, Map<String, String> actual) {
    return MEASURED.stream()
        .filter(name -> !expected.getOrDefault(name, "").equals(actual.getOrDefault(name, "")))
        .findFirst()
        .orElse("a file");
  }

  private void require(String machineId, String name) throws IOException {
    StoreName.require("machine", machineId);
    StoreName.require("baseline", name);
    if (!has(machineId, name)) {
      List<String> known =
          list().stream().map(found -> found.machineId() + "/" + found.name()).toList();
      throw new IOException(
          "no baseline '%s' of machine %s; %s"
              .formatted(
                  name,
                  machineId,
                  known.isEmpty()
                      ? "there is none yet; make one with 'baseline set NAME RUN'"
                      : "there are " + String.join(", ", known)));
    }
  }

  private Baseline read(Path file) throws IOException {
    JsonFacts facts = JsonFacts.read(file);
    String machineId = file.getParent().getFileName().toString();
    String fileName = file.getFileName().toString();
    return new Baseline(
        fileName.substring(0, fileName.length() - SUFFIX.length()),
        machineId,
        run(file, facts.requiredText("run")),
        facts.text("commit"),
        time(file, facts.requiredText("time")));
  }

  /** The pointer came from a stranger's commit, so it may only name a run. */
  private Path run(Path file, String pointer) throws IOException {
    String[] parts = pointer.split("/", -1);
    if (parts.length != 3
        || !parts[0].equals("runs")
        || !StoreName.isOne(parts[1])
        || !StoreName.isOne(parts[2])) {
      throw new IOException(
          "%s: 'run' is '%s', expected runs/<machine>/<run>".formatted(file, pointer));
    }
    return results.resolve(parts[0]).resolve(parts[1]).resolve(parts[2]);
  }

  private static Instant time(Path file, String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(
          "%s: 'time' is '%s', expected one such as 2026-11-22T22:27:19Z".formatted(file, text), e);
    }
  }
}
