package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Holds the formats against the rules that their readers publish. */
class ComparisonFormatsTest {
  private static final RunComparison EVERY_VERDICT = Comparisons.everyVerdict();

  @ParameterizedTest
  @CsvSource({"3, a", "1000, a", "3000, &<|@#", "200, \uD83D\uDE00\uD83D\uDE00"})
  void staysBelowTheSizeOfACommentAndCountsWhatItLeavesOut(int cells, String name) {
    String long500 = name.repeat(500 / name.length());
    String text =
        ComparisonMarkdown.text("t", Comparisons.slower(cells, long500), Deltas.defaults());

    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < ComparisonMarkdown.MAX_BYTES, bytes + " bytes");
    int rows = (int) text.lines().filter(line -> line.startsWith("| **regressed**")).count();
    assertTrue(rows > 0);
    if (rows < cells) {
      assertTrue(
          text.contains(
              "\n%d rows are left out here; the JSON has them all.\n".formatted(cells - rows)),
          text.substring(text.length() - 2000));
      assertTrue(bytes > ComparisonMarkdown.MAX_BYTES / 2, bytes + " bytes, but rows are left out");
    } else {
      assertFalse(text.contains("left out"));
    }
  }

  @Test
  void keepsForeignTextFromMeaningAnythingOnGitHub() {
    String text = ComparisonMarkdown.text("#1 @all </b>", EVERY_VERDICT, Deltas.defaults());
    for (String harm : List.of("<script", "</b>", "@everyone", "@all", "#1", "GH-2", "[x](http")) {
      assertFalse(text.contains(harm), harm + " in\n" + text);
    }
    assertEquals(2, text.split("</details>", -1).length - 1, text);
  }

  @Test
  void showsNoControlCharacterInTheTerminal() {
    for (String line : ComparisonTable.lines(EVERY_VERDICT, Deltas.defaults())) {
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
    }
  }

  @Test
  void limitsTheRowsInTheTerminal() {
    List<String> lines = ComparisonTable.lines(Comparisons.slower(1000, "cell"), Deltas.defaults());
    assertEquals(200, lines.stream().filter(line -> line.startsWith("REGRESSED")).count());
    assertTrue(
        lines.contains(
            "and 800 more rows, none of which ranks before these: --json FILE writes them all"),
        lines.toString());
  }

  /** The rules of Jenkins' junit-10.xsd for the elements that are written. */
  @Test
  void writesWhatReadersOfSurefireReportsExpect() throws Exception {
    Document xml = parse(ComparisonJunit.text(EVERY_VERDICT));
    Map<String, Set<String>> required =
        Map.of(
            "testsuites", Set.of(),
            "testsuite", Set.of("name", "tests", "failures", "errors"),
            "properties", Set.of(),
            "property", Set.of("name", "value"),
            "testcase", Set.of("name", "time"),
            "failure", Set.of(),
            "error", Set.of(),
            "skipped", Set.of());
    Map<String, Set<String>> optional =
        Map.of(
            "testsuites", Set.of("name", "time", "tests", "failures", "errors"),
            "testsuite", Set.of("skipped", "time"),
            "testcase", Set.of("classname"),
            "failure", Set.of("type", "message"),
            "error", Set.of("type", "message"),
            "skipped", Set.of("type", "message"));
    Map<String, Set<String>> within =
        Map.of(
            "#document", Set.of("testsuites"),
            "testsuites", Set.of("testsuite"),
            "testsuite", Set.of("properties", "testcase"),
            "properties", Set.of("property"),
            "testcase", Set.of("failure", "error", "skipped"));
    List<Element> elements = elements(xml);
    for (Element element : elements) {
      String name = element.getTagName();
      String parent = element.getParentNode().getNodeName();
      assertTrue(within.getOrDefault(parent, Set.of()).contains(name), name + " in " + parent);
      for (String attribute : required.get(name)) {
        assertTrue(element.hasAttribute(attribute), attribute + " of " + name);
      }
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String attribute = element.getAttributes().item(i).getNodeName();
        assertTrue(
            required.get(name).contains(attribute)
                || optional.getOrDefault(name, Set.of()).contains(attribute),
            attribute + " of " + name);
      }
      if (element.hasAttribute("time")) {
        assertTrue(element.getAttribute("time").matches("[0-9]{0,3}(\\.[0-9]{0,3})?"));
      }
    }
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    for (Map.Entry<String, String> count :
        Map.of("tests", "testcase", "failures", "failure", "errors", "error", "skipped", "skipped")
            .entrySet()) {
      assertEquals(
          String.valueOf(xml.getElementsByTagName(count.getValue()).getLength()),
          suite.getAttribute(count.getKey()),
          count.getKey());
    }
  }

  @Test
  void writesXmlOfAnyText() throws Exception {
    String key = "a \u0001\uFFFE\uD800 <&>\" ]]> \uD83D\uDE00";
    Document xml = parse(ComparisonJunit.text(Comparisons.slower(1, key)));
    Element testCase = (Element) xml.getElementsByTagName("testcase").item(0);
    assertEquals(
        "a \uFFFD\uFFFD\uFFFD <&>\" ]]> \uD83D\uDE000 archive_bytes",
        testCase.getAttribute("name"));
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document xml) {
    List<Element> elements = new ArrayList<>();
    List<Node> open = new ArrayList<>(List.of(xml.getDocumentElement()));
    while (!open.isEmpty()) {
      Node node = open.remove(0);
      if (node instanceof Element element) {
        elements.add(element);
      }
      for (int i = 0; i < node.getChildNodes().getLength(); i++) {
        open.add(node.getChildNodes().item(i));
      }
    }
    return elements;
  }

  /** BenchmarkResult of github-action-benchmark: name, unit: text; value: number; the rest text. */
  @Test
  void exportsWhatGithubActionBenchmarkReads() {
    List<String> names = new ArrayList<>();
    for (JsonElement element :
        JsonParser.parseString(GabJson.text(Comparisons.exported())).getAsJsonArray()) {
      JsonObject entry = element.getAsJsonObject();
      assertTrue(Set.of("name", "unit", "value", "range", "extra").containsAll(entry.keySet()));
      for (String text : List.of("name", "unit", "range", "extra")) {
        boolean isOptional = text.equals("range") || text.equals("extra");
        assertTrue(
            entry.has(text)
                ? entry.getAsJsonPrimitive(text).isString()
                    && !entry.get(text).getAsString().isEmpty()
                : isOptional,
            entry.toString());
      }
      assertTrue(entry.getAsJsonPrimitive("value").isNumber(), entry.toString());
      names.add(entry.get("name").getAsString());
    }
    assertEquals(names.size(), Set.copyOf(names).size(), "the tool finds its history by the name");
    String inverse = "Inference.forward batchSize=1 precision=bf16 inverse_throughput";
    assertTrue(names.contains(inverse), "larger is better, so it has to be turned round");
    assertTrue(names.stream().noneMatch(name -> name.endsWith(" throughput")));
    assertTrue(names.stream().noneMatch(name -> name.endsWith(" accuracy")));
  }

  @Test
  void turnsRoundWhatIsBetterWhenLarger() {
    for (JsonElement element :
        JsonParser.parseString(GabJson.text(Comparisons.exported())).getAsJsonArray()) {
      JsonObject entry = element.getAsJsonObject();
      if (entry.get("name").getAsString().endsWith("inverse_throughput")) {
        assertEquals(12.5, entry.get("value").getAsDouble(), 1e-9); // ms, at 80 per second
        String[] range = entry.get("range").getAsString().split("\\.\\.(?=[0-9])", -1);
        assertTrue(Double.parseDouble(range[0]) < 12.5 && Double.parseDouble(range[1]) > 12.5);
      }
    }
  }

  /** The JSON schema that Bencher publishes, and the limits that its documentation states. */
  @Test
  void exportsTheBencherMetricFormat() {
    JsonObject benchmarks =
        JsonParser.parseString(BencherJson.text(Comparisons.exported())).getAsJsonObject();
    assertFalse(benchmarks.isEmpty());
    benchmarks.asMap().forEach(ComparisonFormatsTest::checkBenchmark);
    JsonObject latency =
        benchmarks
            .getAsJsonObject("Inference.forward batchSize=1 precision=int8")
            .getAsJsonObject("latency");
    assertEquals(500_000, latency.get("value").getAsDouble(), 1e-6, "0.5 ms in nanoseconds");
  }

  private static void checkBenchmark(String name, JsonElement measures) {
    assertTrue(!name.isEmpty() && name.length() <= 1024, name);
    assertFalse(measures.getAsJsonObject().isEmpty(), name);
    measures
        .getAsJsonObject()
        .asMap()
        .forEach(
            (measure, value) -> {
              assertTrue(measure.matches("[a-z0-9]+(-[a-z0-9]+)*"), measure);
              assertTrue(measure.length() <= 64, measure);
              JsonObject metric = value.getAsJsonObject();
              assertTrue(metric.has("value"), name);
              assertTrue(
                  Set.of("value", "lower_value", "upper_value").containsAll(metric.keySet()));
              metric.asMap().values().forEach(n -> assertTrue(n.getAsJsonPrimitive().isNumber()));
              if (metric.has("lower_value")) {
                double typical = metric.get("value").getAsDouble();
                assertTrue(metric.get("lower_value").getAsDouble() <= typical, name + measure);
                assertTrue(metric.get("upper_value").getAsDouble() >= typical, name + measure);
              }
            });
  }

  @Test
  void keepsLongNamesApartWithinBenchersLimit() {
    String name = "x".repeat(1500);
    JsonObject benchmarks =
        JsonParser.parseString(BencherJson.text(Comparisons.slower(3, name).baseline()))
            .getAsJsonObject();
    assertEquals(3, benchmarks.size());
    benchmarks.keySet().forEach(key -> assertTrue(key.length() <= 1024, key));
  }

  @Test
  void listsEveryCellInJson() {
    JsonObject json =
        JsonParser.parseString(ComparisonJson.text(EVERY_VERDICT, Deltas.defaults()))
            .getAsJsonObject();
    assertEquals(1, json.get("format_version").getAsInt());
    assertEquals(EVERY_VERDICT.cells().size(), json.getAsJsonArray("cells").size());
    int counted =
        json.getAsJsonObject("counts").asMap().values().stream()
            .mapToInt(JsonElement::getAsInt)
            .sum();
    assertEquals(16, counted);
  }
}
