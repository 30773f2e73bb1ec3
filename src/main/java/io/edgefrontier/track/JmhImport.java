package io.edgefrontier.track;

import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts JMH files of any project into the store, as a run of their own.
 *
 * @param results the folder of all results
 * @param machineId of the machine that measured
 * @param time when it was measured; of a second only the whole counts
 * @param commit that was measured, 7 to 40 hexadecimal digits; empty where it is not known
 * @param source what the figures are from; empty for the names of the files
 */
public record JmhImport(
    Path results, String machineId, Instant time, String commit, String source) {
  private static final Pattern COMMIT = Pattern.compile("|[0-9a-f]{7,40}");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  private static final int SHORT_COMMIT = 8;
  private static final long MAX_JOINED_BYTES = 1L << 28;

  public JmhImport {
    StoreName.require("machine", machineId);
    if (!COMMIT.matcher(commit).matches()) {
      throw new IllegalArgumentException(
          "commit '%s': expected 7 to 40 hexadecimal digits in lower case".formatted(commit));
    }
    if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
      throw new IllegalArgumentException(
          "time %s: expected one of the years 1970 to 9999".formatted(time));
    }
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Makes the run; a single file is kept byte for byte, several become one.
   *
   * @return what was read, with the name of its folder
   * @throws IOException naming the file that is no JMH file, or that measures the same as another;
   *     or the run if it is already there
   */
  public TrackedRun run(List<Path> files) throws IOException {
    for (Path file : files) {
      requireEntries(file);
    }
    Path target = folder();
    if (Files.exists(target)) {
      throw new IOException(
          target + ": is already there, and a run is never changed; give another --time");
    }
    Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      copy(files, draft.resolve("jmh.json"));
      Json.write(draft.resolve("run.json"), facts(files));
      RunReader.read(draft);
      Files.move(draft, target);
    } finally {
      delete(draft);
    }
    return RunReader.read(target);
  }

  /** Returns the folder of the run. */
  public Path folder() {
    String label =
        commit.isEmpty()
            ? "imported"
            : commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    return results
        .resolve("runs")
        .resolve(machineId)
        .resolve(RunFacts.UTC.format(time) + "-" + label);
  }

  private static void requireEntries(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file; expected what JMH writes with -rf json");
    }
    if (RunReader.readJmh(file).cells().isEmpty()) {
      throw new IOException(file + ": has no entry, so there is nothing to import");
    }
  }

  private Map<String, String> facts(List<Path> files) {
    String names =
        files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
    return Map.of(
        "commit",
        commit,
        "machine_id",
        machineId,
        "source",
        source.isEmpty() ? names : source,
        "time",
        time.toString());
  }

  private static void copy(List<Path> files, Path target) throws IOException {
    AtomicFile.writeBytes(
        target,
        out -> {
          if (files.size() == 1) {
            Files.copy(files.get(0), out);
          } else {
            join(files, out);
          }
        });
  }

  /** Writes one JSON array of the entries of all files. */
  private static void join(List<Path> files, OutputStream out) throws IOException {
    String separator = "[";
    for (Path file : files) {
      if (Files.size(file) > MAX_JOINED_BYTES) {
        throw new IOException(
            "%s: has %d bytes, of several files at most %d each are read; import it alone"
                .formatted(file, Files.size(file), MAX_JOINED_BYTES));
      }
      String text = Files.readString(file).strip();
      if (!text.startsWith("[") || !text.endsWith("]")) {
        throw new IOException(file + ": is no JSON array alone, which JMH would have written");
      }
      String entries = text.substring(1, text.length() - 1).strip();
      out.write((separator + entries).getBytes(StandardCharsets.UTF_8));
      separator = ",\n";
    }
    out.write("]\n".getBytes(StandardCharsets.UTF_8));
  }

  private static void delete(Path draft) throws IOException {
    if (!Files.exists(draft)) {
      return;
    }
    try (Stream<Path> files = Files.list(draft)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(draft);
  }
}
