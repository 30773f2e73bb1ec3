package io.edgefrontier.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files in which crashed JVMs explain themselves. */
final class CrashLogs {
  private static final String PREFIX = "hs_err_pid";
  private static final int FIRST_LINES = 30;

  private final Path folder;
  private final Set<Path> before;

  /** Remembers which files are there already. */
  CrashLogs(Path folder) throws IOException {
    this.folder = folder;
    this.before = list();
  }

  /** Returns the JVM arguments that bring the files here; they go to the working directory else. */
  static List<String> jvmArguments(Path folder) {
    return List.of(
        "-XX:ErrorFile=" + folder.resolve(PREFIX + "%p.log"),
        // As large as the process, and nobody asked for it.
        "-XX:-CreateCoredumpOnCrash");
  }

  /** Returns what the file that came since says: signal, place and file name. */
  Optional<String> newest() throws IOException {
    Set<Path> since = new HashSet<>(list());
    since.removeAll(before);
    Optional<Path> log = since.stream().findFirst();
    return log.isEmpty() ? Optional.empty() : Optional.of(summary(log.get()));
  }

  private static String summary(Path log) throws IOException {
    // In the default charset of the crashed JVM, of which only ASCII is of interest here.
    List<String> lines;
    try (Stream<String> all = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      lines = all.limit(FIRST_LINES).map(line -> line.replaceFirst("^# *", "").strip()).toList();
    }
    String signal = lines.stream().filter(line -> line.contains(" at pc=")).findFirst().orElse("");
    int frame = lines.indexOf("Problematic frame:");
    String place = frame >= 0 && frame + 1 < lines.size() ? lines.get(frame + 1) : "";
    return Stream.of(signal.replaceFirst(" at pc=.*", ""), place, "see " + log.getFileName())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private Set<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(PREFIX))
          .collect(Collectors.toSet());
    }
  }
}
