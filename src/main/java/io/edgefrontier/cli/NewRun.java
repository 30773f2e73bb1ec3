package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.measure.Machine;
import io.edgefrontier.measure.SourceRevision;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names the folder of a new run: {@code runs/<machineId>/<utc>-<commit8>[-dirty]}. */
final class NewRun {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private NewRun() {}

  static RunFolder folder(Settings settings) {
    return below(settings, "runs");
  }

  /** Names the folder of a new self-test, which is no run: {@code selftests/<machineId>/...}. */
  static RunFolder selfTest(Settings settings) {
    return below(settings, "selftests");
  }

  private static RunFolder below(Settings settings, String kind) {
    String commit =
        SourceRevision.of(Path.of(""))
            .map(found -> "-" + found.commit().substring(0, 8) + (found.dirty() ? "-dirty" : ""))
            .orElse("");
    String name = UTC.format(Instant.now()) + commit;
    return new RunFolder(
        settings.outputDir().resolve(kind).resolve(Machine.capture().id()).resolve(name));
  }
}
