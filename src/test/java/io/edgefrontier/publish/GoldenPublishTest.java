package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seals every format, byte by byte, whatever the locale. */
class GoldenPublishTest {
  /** One has a dotless i, the other digits of its own. */
  private static final List<String> LOCALES = List.of("tr-TR", "ar-EG-u-nu-arab");

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void writesTheSameBytesOfOneRun(TableFormat format) throws IOException {
    TableOptions options =
        new TableOptions(List.of(), "", Optional.of(GroupBy.PRECISION), "resnet8-p0.0-fp32");

    assertGolden("one", format, List.of(PublishedRuns.typical()), options);
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void writesTheSameBytesOfTwoRuns(TableFormat format) throws IOException {
    TableOptions options =
        new TableOptions(
            List.of("latency", "accuracy", "memory", "p99", "frontier"),
            "-accuracy",
            Optional.empty(),
            "");

    assertGolden("two", format, List.of(PublishedRuns.typical(), PublishedRuns.slower()), options);
  }

  private static void assertGolden(
      String name, TableFormat format, List<PublishedRun> runs, TableOptions options)
      throws IOException {
    String file = name + "." + format.label();
    Locale before = Locale.getDefault();
    for (String locale : LOCALES) {
      Locale.setDefault(Locale.forLanguageTag(locale));
      try (InputStream golden = GoldenPublishTest.class.getResourceAsStream(file)) {
        String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        String text = format.text(PublishedTable.of(runs, options));
        assertEquals(expected, text, file + " under " + locale);
      } finally {
        Locale.setDefault(before);
      }
    }
  }
}
