package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.report.DisplayWidth;
import io.edgefrontier.report.Sweeps;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Whatever a model, a machine or an error is called, a table stays a table. */
class HostileTableTest {
  private static final Set<String> LATEX_COMMANDS =
      Set.of(
          "usepackage",
          "begin",
          "end",
          "centering",
          "footnotesize",
          "setlength",
          "tabcolsep",
          "caption",
          "label",
          "toprule",
          "midrule",
          "bottomrule",
          "cmidrule",
          "multicolumn",
          "textit",
          "textbf",
          "texttt",
          "smallskip",
          "linewidth",
          "scriptsize",
          "raggedright",
          "par",
          "pm",
          "mu",
          "ldots",
          "char",
          "textbackslash",
          "textasciitilde",
          "textasciicircum",
          "shortstack",
          "sbox",
          "ifdim",
          "wd",
          "resizebox",
          "usebox",
          "else",
          "fi",
          "textbar",
          "textless",
          "textgreater");

  static Stream<String> labels() {
    return Stream.of(
        "<script>alert(1)</script>",
        "<img src=x onerror=\"alert('1')\"> &lt; </table></figure>",
        "**b** _i_ `c` [x](javascript:alert) ![y](http://z) | # h ~~s~~",
        "\n# heading\n\n- list\n```\ncode\n",
        "``````",
        "\\input{/etc/passwd} $x$ 50% # _ ^ ~ & { } \"' `",
        "[1cm] & \\\\ \\end{table}",
        "*{9}",
        "=HYPERLINK(\"http://example.org\",\"x\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        " \r\n=1+1",
        "\uFF1D1+1",
        "x".repeat(10_000),
        "e\u0301".repeat(5) + "\u0301".repeat(3000),
        "invoice\u202Egpj.exe",
        "\u2066a\u2069\u200F\u061C\u200B\uFEFF\u2028\u2029b",
        "\u001b[31mred\u0000\u0007\u0085\u007f",
        "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA",
        "half \uD800",
        "\uDB40\uDC01hidden",
        "\u65E5\u672C\u8A9E \u0627\u0644\u0639\u0631\u0628\u064A\u0629 gar\u00E7on",
        "a, \"b\"; c");
  }

  private static PublishedTable table(String label) {
    SweepRow row =
        Sweeps.row(
            Sweeps.cell(label, 0, Precision.FP32),
            Sweeps.latency(0.3, 0.2, 0.4, 0.5),
            Sweeps.wilson(350, 360),
            0.1);
    SweepRow failed = Sweeps.failed(Sweeps.cell(label, 0.5, Precision.INT8), label);
    PublishedRun one = PublishedRuns.labelled(label, Sweeps.findings(List.of(row, failed)));
    PublishedRun two = PublishedRuns.labelled(label + "2", Sweeps.findings(List.of(row)));
    return PublishedTable.of(
        List.of(one, two),
        new TableOptions(
            List.of("model", "latency", "accuracy", "budget"), "", Optional.of(GroupBy.MODEL), ""));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void showsEveryCharacterThatItHas(String label) {
    for (TableFormat format : TableFormat.values()) {
      String text = format.text(table(label));
      String hidden =
          text.codePoints()
              .filter(c -> c != '\n' && c != '\r' && c != 0x200D)
              .filter(
                  c ->
                      Character.isISOControl(c)
                          || Character.getType(c) == Character.FORMAT
                          || Character.getType(c) == Character.SURROGATE)
              .mapToObj(Integer::toHexString)
              .toList()
              .toString();
      assertEquals("[]", hidden, format + ": " + text);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void keepsTheElementsOfAPage(String label)
      throws ParserConfigurationException, IOException, SAXException {
    String html = TableFormat.HTML.text(table(label));

    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));

    assertEquals("figure", page.getDocumentElement().getTagName());
    Set<String> known =
        Set.of(
            "figure",
            "table",
            "caption",
            "colgroup",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "strong",
            "figcaption",
            "ul",
            "li",
            "p",
            "pre",
            "code");
    NodeList elements = page.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      assertTrue(known.contains(elements.item(i).getNodeName()), elements.item(i).getNodeName());
    }
    assertEquals(
        VisibleText.label(label),
        page.getElementsByTagName("tbody")
            .item(0)
            .getChildNodes()
            .item(3)
            .getFirstChild()
            .getTextContent());
  }

  @ParameterizedTest
  @MethodSource("labels")
  void keepsTheLinesAndColumnsOfMarkdown(String label) {
    String text = TableFormat.MARKDOWN.text(table(label));

    String outsideOfCode = text.replaceAll("(?s)\n(`{3,})sh\n.*?\n\\1\n", "\n");
    assertFalse(Pattern.compile("<(?!=)").matcher(outsideOfCode).find(), outsideOfCode);
    assertFalse(outsideOfCode.contains("\n#"), outsideOfCode);
    assertFalse(Pattern.compile("(?<!\\\\)`").matcher(outsideOfCode).find(), outsideOfCode);
    assertFalse(Pattern.compile("(?<!\\\\)\\]\\(").matcher(outsideOfCode).find(), outsideOfCode);
    List<String> lines =
        outsideOfCode.lines().filter(line -> line.startsWith("|")).limit(4).toList();
    for (String line : lines) {
      assertEquals(
          lines.get(0).split("(?<!\\\\)\\|", -1).length,
          line.split("(?<!\\\\)\\|", -1).length,
          line);
      assertEquals(DisplayWidth.of(lines.get(0)), DisplayWidth.of(line), line);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void hasNoFormulaInAnyField(String label) throws IOException {
    String csv = TableFormat.CSV.text(table(label));

    try (CSVParser parser = CSVParser.parse(csv, CSVFormat.RFC4180)) {
      List<CSVRecord> records = parser.getRecords();
      assertEquals(4, records.size());
      for (CSVRecord record : records) {
        assertEquals(records.get(0).size(), record.size());
        for (String field : record) {
          boolean number = field.matches("-?[0-9.]+(E-?[0-9]+)?");
          assertFalse(!number && field.strip().matches("(?s)[=+@\uFF1D-].*"), field);
        }
      }
      String model = records.get(1).get(4);
      assertEquals(VisibleText.of(label), model.startsWith("'") ? model.substring(1) : model);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void leavesLatexNoCommandOfItsOwn(String label) {
    String text = TableFormat.LATEX.text(table(label));

    assertTrue(text.codePoints().allMatch(c -> c < 0x100), text);
    String escaped = text.replaceAll("\\\\[\\\\{}$&#%_]", "");
    Pattern.compile("\\\\([a-zA-Z]+|.)")
        .matcher(escaped)
        .results()
        .forEach(found -> assertTrue(LATEX_COMMANDS.contains(found.group(1)), found.group()));
    assertEquals(2, escaped.split("\\\\begin\\{t|\\\\end\\{table\\}", -1).length - 2, text);
    String body = escaped.substring(escaped.indexOf('\n'));
    assertFalse(body.contains("%"), body);
    assertFalse(body.contains("#"), body);
    assertFalse(body.contains("~"), body);
    assertFalse(body.contains("^"), body);
    assertEquals(
        body.chars().filter(c -> c == '{').count(), body.chars().filter(c -> c == '}').count());
    List<String> rows = text.lines().filter(line -> line.contains(" & ")).toList();
    for (String row : rows.subList(1, rows.size())) {
      assertEquals(11, row.split("(?<!\\\\)&", -1).length, row);
      assertFalse(row.strip().matches("[\\[*].*"), row);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void keepsAllOfItInJson(String label) {
    JsonObject json = JsonParser.parseString(TableFormat.JSON.text(table(label))).getAsJsonObject();

    JsonArray rows = json.getAsJsonArray("rows");
    assertEquals(2, rows.size());
    assertEquals(label, rows.get(0).getAsJsonObject().get("model").getAsString());
    JsonObject run = json.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals(label, run.get("command").getAsString());
  }

  @Test
  void cutsWhatIsTooLongButNotForPrograms() {
    String label = "x".repeat(10_000);

    for (TableFormat format : List.of(TableFormat.MARKDOWN, TableFormat.LATEX, TableFormat.HTML)) {
      String outsideOfCode =
          format.text(table(label)).replaceAll("(?s)```.*?```|<pre>.*?</pre>|texttt\\{.*?\\}", "");
      assertFalse(outsideOfCode.contains("x".repeat(1001)), format.label());
    }
    assertTrue(TableFormat.CSV.text(table(label)).contains(label));
    assertTrue(TableFormat.JSON.text(table(label)).contains(label));
  }
}
