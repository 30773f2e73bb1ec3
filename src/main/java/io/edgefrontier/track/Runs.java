package io.edgefrontier.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds runs by what people call them. All commands that take a run take the same names:
 *
 * <ul>
 *   <li>the path of a run's folder, or of a JMH file;
 *   <li>{@code latest}: the newest run of this machine, or of all where it has none;
 *   <li>{@code baseline:NAME}, {@code baseline:MACHINE/NAME}, or a baseline's name alone;
 *   <li>the beginning of the name of one run's folder, such as {@code 20261122T2227}, or of the
 *       commit in it.
 * </ul>
 */
public final class Runs {
  private static final String LATEST = "latest";
  private static final String BASELINE = "baseline:";
  private static final int MOST_NAMED = 10;

  private final Path results;
  private final String machineId;
  private final BaselineStore baselines;

  /**
   * Looks below a folder.
   *
   * @param results the folder of all results
   * @param machineId of this machine, whose baselines and runs come first
   */
  public Runs(Path results, String machineId) {
    this.results = results;
    this.machineId = machineId;
    this.baselines = new BaselineStore(results);
  }

  /**
   * Reads the run that a text names.
   *
   * @throws IOException as {@link #locate} and {@link RunReader#read}
   */
  public TrackedRun resolve(String text) throws IOException {
    return RunReader.read(locate(text));
  }

  /**
   * Returns the folder or JMH file of the run that a text names.
   *
   * @throws IOException naming what there is if nothing or several have this name, or a baseline's
   *     run has changed
   */
  public Path locate(String text) throws IOException {
    if (text.startsWith(BASELINE)) {
      return baseline(text.substring(BASELINE.length()));
    }
    Optional<Path> path = path(text);
    if (path.isPresent()) {
      return path.get();
    }
    if (text.equals(LATEST)) {
      return latest();
    }
    return baselines.has(machineId, text) ? baseline(text) : byPrefix(text);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text)).filter(path -> !text.isEmpty() && Files.exists(path));
    } catch (InvalidPathException e) {
      return Optional.empty(); // then it is a name of another kind, or none
    }
  }

  private Path baseline(String name) throws IOException {
    int slash = name.indexOf('/');
    return slash < 0
        ? baselines.resolve(machineId, name).run()
        : baselines.resolve(name.substring(0, slash), name.substring(slash + 1)).run();
  }

  private Path latest() throws IOException {
    List<Path> all = all();
    return all.stream()
        .filter(run -> run.getParent().endsWith(machineId))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .orElseThrow(
            () ->
                new IOException(
                    results.resolve("runs")
                        + ": no measured run there; make one, or 'import' a JMH file"));
  }

  private Path byPrefix(String prefix) throws IOException {
    List<Path> all = all();
    List<Path> found = all.stream().filter(run -> begins(run, prefix)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new IOException(
          "'%s' is no run: no such file, baseline, or beginning of a run's name; runs: %s;"
                  .formatted(prefix, runNames(all))
              + " baselines: %s".formatted(baselineNames()));
    }
    throw new IOException(
        "'%s' begins %d runs: %s; name one".formatted(prefix, found.size(), runNames(found)));
  }

  private static boolean begins(Path run, String prefix) {
    String name = run.getFileName().toString();
    int dash = name.indexOf('-');
    return !prefix.isEmpty()
        && (name.startsWith(prefix)
            || (prefix.length() >= 4 && dash > 0 && name.startsWith(prefix, dash + 1)));
  }

  private static String runNames(List<Path> runs) {
    return names(runs.stream().map(run -> run.getFileName().toString()).toList());
  }

  private String baselineNames() throws IOException {
    return names(
        baselines.list().stream().map(found -> found.machineId() + "/" + found.name()).toList());
  }

  private static String names(List<String> known) {
    if (known.isEmpty()) {
      return "none";
    }
    String first = String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size())));
    return known.size() <= MOST_NAMED
        ? first
        : "%s and %d more".formatted(first, known.size() - MOST_NAMED);
  }

  /** Returns the folders of all runs with JMH results, of all machines, the newest first. */
  public List<Path> all() throws IOException {
    return below(results.resolve("runs"), 2);
  }

  /** Returns the folders of a machine's runs with JMH results, the newest first. */
  public List<Path> of(String machine) throws IOException {
    StoreName.require("machine", machine);
    return below(results.resolve("runs").resolve(machine), 1);
  }

  private static List<Path> below(Path folder, int depth) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder, depth)) {
      return paths
          .filter(path -> path.getNameCount() - folder.getNameCount() == depth)
          .filter(path -> Files.isRegularFile(path.resolve("jmh.json")))
          // A run's folder is named after its start in UTC, so names sort by time.
          .sorted(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed())
          .toList();
    }
  }
}
