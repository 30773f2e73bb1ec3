package io.edgefrontier.cli;

import io.edgefrontier.measure.Machine;
import io.edgefrontier.track.JmhImport;
import io.edgefrontier.track.MachineFile;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes JMH files of any project into the store. */
@Command(
    name = "import",
    description = {
      "Put what JMH wrote with -rf json, of any project and with any parameters, into the store as"
          + " a run, so that it can be compared and followed over time.",
      "Several files, such as those of the modules of a project, become one run; nothing may be"
          + " measured twice in it. A run that is already there is never changed."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar import target/jmh-result.json --commit $(git rev-parse HEAD)",
      "  java -jar benchmarks.jar import old.json --commit 1a2b3c4d --time 2026-03-01T12:00:00Z",
      "  java -jar benchmarks.jar import a/jmh.json b/jmh.json --name nightly --machine ci-arm64"
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "JMH's JSON files.")
  private List<Path> files;

  @Option(names = "--commit", paramLabel = "SHA", description = "Commit that was measured.")
  private String commit = "";

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "When it was measured, such as 2026-03-01T12:00:00Z. Default: when the newest of the"
              + " files was written.")
  private String time;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "What the figures are from, for run.json. Default: the names of the files.")
  private String name = "";

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description =
          "Machine that measured, where it was another one: letters, digits, '.', '_', '-'."
              + " Default: this one.")
  private String machine;

  @Override
  public Integer call() throws IOException {
    Machine here = Machine.capture();
    JmhImport request =
        new JmhImport(
            store.results(),
            machine == null ? here.id() : machine,
            time == null ? newest() : parsed(time),
            commit.toLowerCase(Locale.ROOT),
            name);
    TrackedRun run = request.run(files);
    if (machine == null) {
      MachineFile.write(store.results(), here);
    }
    for (TrackedCell cell : run.cells()) {
      if (!cell.error().isEmpty()) {
        store.terminal().warn("%s: %s", cell.key(), cell.error());
      }
    }
    store.terminal().progress("import: %d cells", run.cells().size());
    store.terminal().result(request.folder().toString());
    return ExitCode.DONE;
  }

  private Instant newest() throws IOException {
    Instant newest = Instant.EPOCH;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IOException(file + ": no such file; expected what JMH writes with -rf json");
      }
      Instant written = Files.getLastModifiedTime(file).toInstant();
      newest = written.isAfter(newest) ? written : newest;
    }
    return newest;
  }

  private static Instant parsed(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--time '%s': expected a time with its offset, such as 2026-03-01T12:00:00Z"
              .formatted(text),
          e);
    }
  }
}
