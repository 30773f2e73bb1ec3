package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendRowTest {
  private static final Locale DEFAULT = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void readsWhatItWrites(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    List<TrendRow> rows =
        List.of(
            new TrendRow("f a=1,2", "latency", time, "ab12", "r1", 0.5, "", true, 1, false),
            new TrendRow("f a=1,2", "peak_rss", time, "", "r1", 1234.5, "MiB", false, 2, true));
    Path file = folder.resolve("trend.csv");
    TrendRow.TABLE.write(file, rows);
    assertEquals(
        """
        cell,metric,time,commit,run,value,unit,paired,segment,change_point
        "f a=1,2",latency,2026-01-02T03:04:05Z,ab12,r1,0.5,,true,1,false
        "f a=1,2",peak_rss,2026-01-02T03:04:05Z,,r1,1234.5,MiB,false,2,true
        """
            .replace("\n", "\r\n"),
        Files.readString(file));
    assertEquals(rows, TrendRow.TABLE.read(file));
  }
}
