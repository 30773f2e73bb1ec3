package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Limits;
import io.edgefrontier.analysis.Preference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceReportTest {
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void writesTheSameBytesUnderEveryLocale(String locale) throws IOException {
    assertGolden("advice.txt", locale, () -> Advices.typical().text());
    assertGolden("advice.json", locale, () -> Advices.typical().json());
    assertGolden("advice-own.txt", locale, () -> Advices.own().text());
    assertGolden("advice-batches.txt", locale, () -> Advices.batches().text());
    assertGolden("advice-none.txt", locale, () -> Advices.nothingFits().text());
    assertGolden("advice-none.json", locale, () -> Advices.nothingFits().json());
  }

  @Test
  void hostileNamesStayText() {
    String text = Advices.hostile().text();
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), text);
    assertTrue(
        text.startsWith(
            "Ship <script>alert(1)</script>|`a`*b*[c](http://d)&\"'?[31m? # e?-p0.0-fp32"),
        text);
    JsonObject json = JsonParser.parseString(Advices.hostile().json()).getAsJsonObject();
    assertEquals(
        Wording.encodable(Sweeps.hostileName()),
        json.getAsJsonObject("ship").get("model").getAsString());
  }

  @Test
  void noLineOfProseIsLongerThanATerminal() {
    for (Advices advices :
        List.of(Advices.typical(), Advices.own(), Advices.nothingFits(), Advices.hostile())) {
      for (String line : AdviceText.lines(advices.advice(), advices.notes())) {
        assertTrue(
            line.length() <= 100 || line.contains(");") || line.startsWith("Archive: "), line);
      }
    }
    List<String> lines = Paragraph.lines("a " + "b".repeat(250) + " c", 4);
    assertEquals(List.of("    a", "      " + "b".repeat(94)), lines.subList(0, 2));
    assertEquals("      " + "b".repeat(62) + " c", lines.get(3));
  }

  @Test
  void saysWhatIsDoubtful() {
    String text = Advices.typical().with(true, 2.5, ShippedArchive.State.CHANGED).text();
    assertTrue(text.contains("Rough figures (--quick)"), text);
    assertTrue(
        text.contains("Latencies are modelled: measured on the run's machine, times 2.5."), text);
    assertTrue(text.contains("its bytes are not those that were"), text);
    String missing = Advices.typical().with(false, 1, ShippedArchive.State.MISSING).text();
    assertTrue(missing.contains("The file is not there: make the variants again."), missing);
    assertFalse(missing.contains("Rough"), missing);
  }

  @Test
  void saysThatNothingDecidesWithoutAccuracy() {
    Advices absent = Advices.of(Sweeps.absent().rows(), Limits.NONE, Preference.ACCURACY, false);
    assertTrue(
        absent
            .text()
            .startsWith(
                "1 fits of 1 cell, but none is recommended, since none has what decides: accuracy and"),
        absent.text());
    assertEquals(
        "undecided",
        JsonParser.parseString(absent.json()).getAsJsonObject().get("verdict").getAsString());
  }

  @Test
  void everyCellFailedIsNothingThatFits() {
    Advices failed =
        Advices.of(
            Sweeps.onlyErrors().rows(),
            Limits.NONE.with(LimitKind.MAX_LATENCY_MS, 1),
            Preference.ACCURACY,
            false);
    assertEquals(
        """
        Nothing fits: no cell has figures. Limit: latency <= 1 ms.

        2 cells failed and could not be considered.
        """,
        failed.text());
  }

  private static void assertGolden(String name, String locale, Supplier<String> report)
      throws IOException {
    try (InputStream golden = AdviceReportTest.class.getResourceAsStream(name)) {
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
