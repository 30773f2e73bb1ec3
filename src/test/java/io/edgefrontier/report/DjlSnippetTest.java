package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjlSnippetTest {
  private static ShippedArchive archive(String path, List<Integer> shape) {
    return new ShippedArchive(Path.of(path), "ab", shape, 1, ShippedArchive.State.VERIFIED);
  }

  @Test
  void isFiveLinesWithTheArchiveAndItsInput() {
    assertEquals(
        """
        try (Model model = Model.newInstance("net-p0.5-int8", Device.cpu(), "PyTorch")) {
          model.load(Path.of("runs/x/variants"), "net-p0.5-int8.pt");
          NDArray input = model.getNDManager().create(new float[6144], new Shape(2, 3, 32, 32));
          float[] output = model.newPredictor(new NoopTranslator()).predict(new NDList(input)).get(0).toFloatArray();
        }""",
        String.join(
            "\n",
            DjlSnippet.lines(archive("runs/x/variants/net-p0.5-int8.pt", List.of(2, 3, 32, 32)))));
  }

  @Test
  void namesTheWorkingFolderWhereThePathHasNone() {
    String line = DjlSnippet.lines(archive("net", List.of(1, 4))).get(1);
    assertEquals("  model.load(Path.of(\".\"), \"net\");", line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a\"b         | \"a\\\"b\"",
        "a\\u0022b    | \"a\\\\u0022b\"",
        "é\uD83D\uDE00| \"\\u00e9\\ud83d\\ude00\"",
        "\u2028\u202E | \"\\u2028\\u202e\"",
      })
  void quotesWhateverAPathHolds(String text, String literal) {
    assertEquals(literal, DjlSnippet.literal(text));
  }

  // A Unicode escape of a line end would end the line, so these are octal.
  @Test
  void controlCharactersAreOctalEscapes() {
    assertEquals("\"\\012\\015\\000\\0331\\011\"", DjlSnippet.literal("\n\r\0\u001b1\t"));
    assertEquals("\"\\u007f\"", DjlSnippet.literal("\u007f"));
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      String line = DjlSnippet.lines(archive("é/net.pt", List.of(12, 28))).get(2);
      assertTrue(line.endsWith("new float[336], new Shape(12, 28));"), line);
      assertEquals("\"\\u00e9\"", DjlSnippet.literal("é"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
