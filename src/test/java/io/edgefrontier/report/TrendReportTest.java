package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.track.Answers;
import io.edgefrontier.track.History;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.Sample;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;
import io.edgefrontier.track.Trend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals what trends look like, whatever the locale. */
class TrendReportTest {
  private static final Locale DEFAULT = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  private static List<Trend> trends() {
    List<TrackedRun> runs = new ArrayList<>();
    for (int day = 0; day < 26; day++) {
      double wave = 0.01 * (day * 7 % 5);
      Map<Metric, Sample> steps = Map.of(Metric.LATENCY, Sample.of((day < 14 ? 1 : 1.25) + wave));
      Map<Metric, Sample> level = Map.of(Metric.LATENCY, Sample.of(2 + wave));
      runs.add(
          new TrackedRun(
              "run" + day,
              "m",
              Instant.parse("2026-01-01T00:00:00Z").plusSeconds(day * 86_400L),
              "%08x".formatted(0xabc00 + day),
              List.of(
                  cell("forward a<b", "17", steps),
                  cell("forward level", day < 3 ? "17" : "21", level))));
    }
    return History.of(runs, EnumSet.of(Metric.LATENCY), key -> true);
  }

  private static TrackedCell cell(String key, String jdk, Map<Metric, Sample> samples) {
    return new TrackedCell(key, Map.of("jdk", jdk), samples, Map.of(), Answers.NONE, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void looksTheSameUnderEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertGolden("trend.txt", String.join("\n", TrendTable.lines(trends(), false)) + "\n");
    assertGolden("trend.svg", TrendPlot.svg(trends()));
  }

  private static void assertGolden(String name, String found) throws IOException {
    try (InputStream golden = TrendReportTest.class.getResourceAsStream(name)) {
      assertEquals(new String(golden.readAllBytes(), StandardCharsets.UTF_8), found, name);
    }
  }

  @Test
  void sparklineHasBlocksOrAscii() {
    assertEquals("\u2581\u2585\u2588", Sparkline.of(List.of(1.0, 2.1, 3.0), true));
    assertEquals("_+#", Sparkline.of(List.of(1.0, 2.1, 3.0), false));
    assertEquals("__", Sparkline.of(List.of(1.0, 1.0), false));
  }
}
