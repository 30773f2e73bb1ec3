package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals every format of a comparison and every export, byte by byte, whatever the locale. */
class GoldenComparisonTest {
  private static final RunComparison COMPARISON = Comparisons.everyVerdict();

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void writesTheSameBytesUnderEveryLocale(String locale) throws IOException {
    Deltas deltas = Deltas.defaults();
    assertGolden(
        "comparison.txt",
        locale,
        () -> String.join("\n", ComparisonTable.lines(COMPARISON, deltas)) + "\n");
    assertGolden(
        "comparison.md",
        locale,
        () -> ComparisonMarkdown.text("Benchmarks against main", COMPARISON, deltas));
    assertGolden("comparison.json", locale, () -> ComparisonJson.text(COMPARISON, deltas));
    assertGolden("comparison.xml", locale, () -> ComparisonJunit.text(COMPARISON));
    assertGolden("gab.json", locale, () -> GabJson.text(Comparisons.exported()));
    assertGolden("bencher.json", locale, () -> BencherJson.text(Comparisons.exported()));
  }

  private static void assertGolden(String name, String locale, Supplier<String> report)
      throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try (InputStream golden = GoldenComparisonTest.class.getResourceAsStream(name)) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, report.get(), name + " under " + locale);
    } finally {
      Locale.setDefault(before);
    }
  }
}
