package io.edgefrontier.cli;

import io.edgefrontier.config.Settings;
import io.edgefrontier.measure.Environment;
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
    String name = UTC.format(Instant.now()) + Environment.revision().map(r -> "-" + r).orElse("");
    return new RunFolder(
        settings.outputDir().resolve("runs").resolve(Environment.machineId()).resolve(name));
  }
}
