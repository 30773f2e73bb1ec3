package io.edgefrontier.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a run as a whole, from its folder's name, environment.json and run.json.
 *
 * @param conditions that hold for all cells
 */
record RunFacts(
    String name, String machineId, Instant time, String commit, Map<String, String> conditions) {
  static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern FOLDER =
      Pattern.compile("([0-9]{8}T[0-9]{6}Z)(?:-([0-9a-f]{8}))?(?:-.*)?");

  /** Facts of environment.json that must be equal, and what the conditions call them. */
  private static final Map<String, String> CONDITIONS =
      Map.of(
          "jdk_vendor", "jdk_vendor",
          "djl_version", "djl",
          "libtorch_version", "libtorch",
          "affinity", "affinity",
          "nice", "nice");

  RunFacts {
    conditions = Map.copyOf(conditions);
  }

  /**
   * Reads the facts of a run's folder; where nothing says when it started, it is as old as its
   * results.
   *
   * @throws IOException naming the file that cannot be read
   */
  static RunFacts ofFolder(Path folder) throws IOException {
    RunIdentity identity = identity(folder);
    JsonFacts environment = JsonFacts.read(folder.resolve("environment.json"));
    Map<String, String> conditions = new TreeMap<>();
    CONDITIONS.forEach(
        (fact, condition) -> {
          if (!environment.text(fact).isEmpty()) {
            conditions.put(condition, environment.text(fact));
          }
        });
    Instant time =
        identity.time().isPresent()
            ? identity.time().get()
            : Files.getLastModifiedTime(folder.resolve("jmh.json")).toInstant();
    return new RunFacts(identity.name(), identity.machineId(), time, identity.commit(), conditions);
  }

  /**
   * Reads which run a folder holds.
   *
   * @throws IOException naming the file that cannot be read
   */
  static RunIdentity identity(Path folder) throws IOException {
    JsonFacts environment = JsonFacts.read(folder.resolve("environment.json"));
    JsonFacts imported = JsonFacts.read(folder.resolve("run.json"));
    Path absolute = folder.toAbsolutePath().normalize();
    Matcher name = FOLDER.matcher(fileName(absolute));
    Path parent = absolute.getParent();
    boolean inStore = parent != null && name.matches();
    return new RunIdentity(
        fileName(absolute),
        first(
            imported.text("machine_id"),
            environment.text("machine_id"),
            inStore ? fileName(parent) : ""),
        time(folder, imported.text("time"), name),
        first(
            imported.text("commit"),
            environment.text("commit"),
            name.matches() && name.group(2) != null ? name.group(2) : ""));
  }

  /** Returns what is known of a file on its own: its name, and when it was written. */
  static RunFacts ofFile(Path file) throws IOException {
    return new RunFacts(
        fileName(file), "", Files.getLastModifiedTime(file).toInstant(), "", Map.of());
  }

  private static Optional<Instant> time(Path folder, String written, Matcher name)
      throws IOException {
    try {
      if (!written.isEmpty()) {
        return Optional.of(Instant.parse(written));
      }
      return name.matches()
          ? Optional.of(Instant.from(UTC.parse(name.group(1))))
          : Optional.empty();
    } catch (DateTimeException e) {
      throw new IOException(
          "%s: '%s' is no time, expected one such as 2026-11-22T22:27:19Z"
              .formatted(
                  written.isEmpty() ? folder : folder.resolve("run.json"),
                  written.isEmpty() ? name.group(1) : written),
          e);
    }
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
