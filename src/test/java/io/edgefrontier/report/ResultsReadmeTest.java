package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsReadmeTest {
  private static final String UNESCAPED_PIPE = "(?<!\\\\)\\|";

  /** The HTML of a picture, with nothing in its attributes that could end them. */
  private static final String PICTURE =
      """
      <picture>
        <source media="\\(prefers-color-scheme: dark\\)" srcset="[\\w%./~-]+">
        <img alt="[^\"<>\n]+" src="[\\w%./~-]+">
      </picture>
      """;

  @Test
  void givesEveryRowOfTheTableTheSameColumns() {
    for (Findings findings : Sweeps.all()) {
      List<String> lines = MarkdownTable.lines(findings);
      int columns = lines.get(0).split(UNESCAPED_PIPE, -1).length;
      for (String line : lines) {
        assertEquals(columns, line.split(UNESCAPED_PIPE, -1).length, line);
        assertEquals(lines.get(0).length(), line.codePointCount(0, line.length()), line);
      }
    }
  }

  @Test
  void rendersHostileTextAsText() {
    String name = Sweeps.hostileName();
    List<RunNotes.Picture> pictures = List.of(new RunNotes.Picture(name, name, name));
    RunNotes notes =
        new RunNotes(name, "run ```` " + name, Map.of(name, name), pictures, Map.of(name, name));

    String page = ResultsReadme.text(Sweeps.hostile(), notes);

    String outsideOfCode = page.replaceAll("(?s)`````sh\n.*?\n`````\n", "");
    assertTrue(page.length() > outsideOfCode.length(), "the fence outgrows the backticks within");
    String withoutPicture = outsideOfCode.replaceFirst(PICTURE, "");
    assertTrue(outsideOfCode.length() > withoutPicture.length(), outsideOfCode);
    assertFalse(Pattern.compile("<(?!=)").matcher(withoutPicture).find(), outsideOfCode);
    assertFalse(outsideOfCode.contains("\u001b"), outsideOfCode);
    assertFalse(outsideOfCode.contains(" http://"), outsideOfCode);
    Matcher links = Pattern.compile("(?<!\\\\)\\]\\((.*?)\\)").matcher(withoutPicture);
    assertEquals(1, links.results().count(), "only the file is linked");
    links.reset().results().forEach(link -> assertTrue(link.group(1).matches("[\\w%./~-]+")));
    assertFalse(outsideOfCode.contains("\n# e"), outsideOfCode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "model_memory_mb <= 0.15 => model_memory_mb <= 0.15",
        "_a_ **b** ~~c~~ => \\_a\\_ \\*\\*b\\*\\* \\~\\~c\\~\\~",
        "97.2 [95.0, 98.5] => 97.2 [95.0, 98.5]",
        "![a](b) => ![a\\](b)",
        "# a => \\# a",
        "<b>&amp; => &lt;b>&amp;amp;",
        "see https://a.b or www.c.d => see https\\://a.b or www\\.c.d"
      })
  void escapesOnlyWhatMarkdownWouldRead(String text, String expected) {
    assertEquals(expected, Markdown.text(text));
  }

  @Test
  void encodesWhatAPathMustNotSayInALink() {
    assertEquals("a%20b/%28c%29%3Cd%3E%C3%A9.svg", Markdown.target("a b/(c)<d>\u00e9.svg"));
    assertEquals("javascript%3Aalert%281%29", Markdown.target("javascript:alert(1)"));
  }

  @Test
  void listsFailedCellsWithTheirReason() {
    String page = ResultsReadme.text(Sweeps.typical(), Sweeps.notes());

    assertTrue(
        page.contains(
            "## Failed cells\n\n- resnet8-p0.25-fp16, batch size 1, threads 1: fork 2: exit 134"),
        page);
  }

  @Test
  void namesOpaqueOperatorsAndTheFirstOfTheirPlaces() {
    Map<String, List<String>> opaque = new LinkedHashMap<>();
    opaque.put("torch.lstm", List.of("encoder.lstm"));
    opaque.put("torch.fill", List.of("a", "b", "c", "d", "e", "f", "g"));
    RunNotes notes =
        new RunNotes("Results", "java -jar x.jar", Map.of(), List.of(), Map.of(), opaque);

    String page = ResultsReadme.text(Sweeps.none(), notes);

    assertTrue(page.contains("## Opaque operators\n\nThe network calls these functions"), page);
    assertTrue(
        page.contains("- torch.lstm at encoder.lstm\n- torch.fill at a, b, c, d, e and 2 more\n"),
        page);
  }

  @Test
  void leavesOutWhatThereIsNothingToSayAbout() {
    RunNotes bare = new RunNotes("Results", "java -jar x.jar", Map.of(), List.of(), Map.of());

    String page = ResultsReadme.text(Sweeps.none(), bare);

    assertFalse(page.contains("## Environment"), page);
    assertFalse(page.contains("## Files"), page);
    assertFalse(page.contains("## Opaque"), page);
    assertFalse(page.contains("## Failed cells"), page);
    assertTrue(page.endsWith("```\n"), page);
  }
}
