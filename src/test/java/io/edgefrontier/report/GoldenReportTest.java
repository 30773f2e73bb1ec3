package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals every published format, byte by byte, whatever the locale. */
class GoldenReportTest {
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void writesTheSameBytesUnderEveryLocale(String locale) throws IOException {
    Findings typical = Sweeps.typical();
    assertGolden("table.txt", locale, () -> table(typical));
    assertGolden("table-batches.txt", locale, () -> table(Sweeps.twoBatchSizes()));
    assertGolden("table-paired.txt", locale, () -> table(Sweeps.paired()));
    assertGolden("readme-paired.md", locale, GoldenReportTest::pairedReadme);
    assertGolden(
        "readme.md", locale, () -> ResultsReadme.text(Sweeps.rough(typical), Sweeps.notes()));
    assertGolden(
        "summary.json",
        locale,
        () -> SummaryJson.text(typical, Map.of("sweep_results.csv", "every cell")));
  }

  private static String pairedReadme() {
    return ResultsReadme.text(
        Sweeps.paired(), new RunNotes("Paired", "java -jar", Map.of(), List.of(), Map.of()));
  }

  private static String table(Findings findings) {
    return String.join("\n", TerminalTable.lines(findings)) + "\n";
  }

  private static void assertGolden(String name, String locale, Supplier<String> report)
      throws IOException {
    try (InputStream golden = GoldenReportTest.class.getResourceAsStream(name)) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, under(locale, report), name + " under " + locale);
    }
  }

  private static String under(String locale, Supplier<String> report) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      return report.get();
    } finally {
      Locale.setDefault(before);
    }
  }
}
