package io.edgefrontier.sweep;

import io.edgefrontier.result.AtomicFile;
import io.edgefrontier.result.Cell;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The files of a sweep: its conditions, a result per fork, the journal of forks, the combined
 * result. A fork counts once its line is in the journal; its result is in place before that.
 */
final class SweepFolder {
  private final Path folder;
  private final Journal journal;

  SweepFolder(Path folder) {
    this.folder = folder;
    this.journal = new Journal(folder.resolve("forks.jsonl"));
  }

  Path forks() {
    return folder.resolve("forks");
  }

  Path jmhJson() {
    return folder.resolve("jmh.json");
  }

  Path conditions() {
    return folder.resolve("sweep.json");
  }

  Journal journal() {
    return journal;
  }

  Path result(Fork fork) {
    return forks().resolve(fork.fileName() + ".json");
  }

  /** Returns whether a sweep has put something here that can be continued. */
  boolean isTaken() {
    return journal.exists() || Files.exists(conditions());
  }

  /** Removes all that an earlier sweep left. */
  void clear() throws IOException {
    journal.delete();
    Files.deleteIfExists(jmhJson());
    Files.deleteIfExists(conditions());
    if (Files.isDirectory(forks())) {
      for (Path file : list()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Returns the forks of the journal whose results are there, and makes the folder agree with them:
   * what the journal does not know, such as the result of a fork that ended as its sweep was
   * killed, goes.
   *
   * @throws IOException if the journal is not of these cells
   */
  List<ForkRecord> open(Collection<Cell> cells) throws IOException {
    Files.createDirectories(forks());
    List<ForkRecord> kept = new ArrayList<>();
    for (ForkRecord record : journal.read(cells)) {
      if (!record.ok() || isReadable(result(record.fork()))) {
        kept.add(record);
      }
    }
    Set<Path> known =
        kept.stream()
            .filter(ForkRecord::ok)
            .map(record -> result(record.fork()))
            .collect(Collectors.toSet());
    for (Path file : list()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".tmp") || (name.endsWith(".json") && !known.contains(file))) {
        Files.delete(file);
      }
    }
    journal.write(kept);
    return kept;
  }

  private static boolean isReadable(Path result) {
    try {
      CombinedResults.read(result);
      return true;
    } catch (IOException e) {
      return false; // missing or broken, so the fork is run again
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(forks())) {
      return files.toList();
    }
  }

  /** Writes a fork's result, or its log if it has none. */
  void write(ForkOutcome outcome) throws IOException {
    Path target = result(outcome.fork());
    if (outcome.result().isPresent()) {
      List<RunResult> only = List.of(outcome.result().get().jmh());
      AtomicFile.writeBytes(
          target,
          stream -> {
            PrintStream out = new PrintStream(stream, false, StandardCharsets.UTF_8);
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(only);
            out.flush();
          });
    } else {
      String log = outcome.log().text();
      Path file = forks().resolve(outcome.fork().fileName() + ".log");
      AtomicFile.writeText(file, writer -> writer.write(log));
    }
  }
}
