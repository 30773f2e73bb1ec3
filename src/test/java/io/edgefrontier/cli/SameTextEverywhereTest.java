package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that is checked in is checked on other machines than the one that wrote it. */
class SameTextEverywhereTest {
  private static final String RUN = "results/runs/fe767307/" + PublishedRunFolder.NAME;

  @TempDir private Path here;
  @TempDir private Path there;

  @ParameterizedTest
  @CsvSource({
    "de-DE, Asia/Kathmandu",
    "ar-EG-u-nu-arab, America/St_Johns",
    "hi-IN-u-nu-deva, UTC",
    "tr-TR, Asia/Tokyo"
  })
  void dependsOnTheRunsFilesOnly(String locale, String zone) throws IOException {
    String expected = text(here, "en-US", "UTC", "model: resnet8", RUN);

    assertEquals(expected, text(there, locale, zone, "model: resnet8", RUN));
    assertFalse(expected.contains(here.toString()), expected);
    assertFalse(expected.contains(Path.of("").toAbsolutePath().toString()), expected);
  }

  @Test
  void doesNotNeedTheNetworkThatItWasMadeOf() throws IOException {
    String expected = text(here, "en-US", "UTC", "model: resnet8", RUN);

    assertEquals(
        expected, text(there, "en-US", "UTC", "model: gone/resnet8.pt\nvariants: gone", RUN));
  }

  @Test
  void doesNotTellTheTimeByFiles() throws IOException {
    String expected = text(here, "en-US", "UTC", "model: resnet8", "mine");

    assertEquals(expected, text(there, "en-US", "UTC", "model: resnet8", "mine"));
    assertFalse(expected.contains("2026-01-01"), expected);
  }

  private static String text(Path folder, String locale, String zone, String model, String name)
      throws IOException {
    Path run = PublishedRunFolder.copyTo(folder);
    Path config = run.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replace("model: resnet8", model));
    age(run, folder.toString().hashCode());
    Path moved = folder.resolve(name);
    if (!moved.equals(run)) {
      Files.move(run, moved);
    }
    Path readme = folder.resolve("README.md");
    StringBuilder text = new StringBuilder();
    for (String content : List.of("table", "page", "summary", "pictures", "table --format html")) {
      text.append(
          "<!-- BEGIN:edge-frontier %s --content %s -->\n<!-- END:edge-frontier -->\n"
              .formatted(name, content));
    }
    Files.writeString(readme, text);
    Locale localeBefore = Locale.getDefault();
    TimeZone zoneBefore = TimeZone.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      Execution done = Execution.of("publish", "--update", readme.toString());
      assertEquals(0, done.exitCode(), done.err());
    } finally {
      Locale.setDefault(localeBefore);
      TimeZone.setDefault(zoneBefore);
    }
    return Files.readString(readme);
  }

  private static void age(Path run, int seed) throws IOException {
    Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(Math.floorMod(seed, 9999));
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }
}
