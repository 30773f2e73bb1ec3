package io.edgefrontier.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals both formats, byte by byte, whatever the locale. */
class GoldenInspectionTest {
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void writesTheSameBytesUnderEveryLocale(String locale) throws IOException {
    assertGolden(
        "ds-cnn.txt", locale, found -> String.join("\n", InspectionText.lines(found)) + "\n");
    assertGolden("ds-cnn.json", locale, found -> InspectionJson.text(found) + "\n");
  }

  private static void assertGolden(String name, String locale, Function<Inspection, String> format)
      throws IOException {
    try (InputStream golden = GoldenInspectionTest.class.getResourceAsStream(name)) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, under(locale, format), name + " under " + locale);
    }
  }

  private static String under(String locale, Function<Inspection, String> format) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      return format.apply(
          Inspection.of("ds-cnn", BuiltInNetworks.create("ds-cnn", Shape.of(1, 28, 28), 10, 0)));
    } finally {
      Locale.setDefault(before);
    }
  }
}
