package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.analysis.AccuracyBasis;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page's pure scripts, run by Rhino: what they draw of a run, and what they say. */
class ChartsTest {
  private static final ScriptEngine ENGINE =
      ScriptEngine.of(Stream.of(Scripts.DRAWING, Scripts.CHARTS).flatMap(List::stream).toList());

  private static final String HOSTILE = "<b onload=x>\"'&\u202e\u0001\uD83D\uDE00]]>";

  @TempDir private Path folder;

  @Test
  void drawsTheSamplesOfEveryCell() throws IOException {
    JsonObject data = data(new SyntheticRun("net").withCells(3, 1, 8), 4, 100);
    String svg = ENGINE.call("EF_CHARTS.distributions", data, json("{width: 800}"));
    assertEquals(svg, ENGINE.call("EF_CHARTS.distributions", data, json("{width: 800}")));
    List<Element> rows = ofClass(parsed(svg), "distribution");
    assertEquals(24, rows.size());
    for (int i = 0; i < 24; i++) {
      JsonObject cell = data.getAsJsonArray("cells").get(i).getAsJsonObject();
      assertEquals(String.valueOf(i), rows.get(i).getAttribute("data-index"));
      assertTrue(title(rows.get(i)).contains(": 400 samples, "), title(rows.get(i)));
      String outline = ofClass(rows.get(i), "bins").get(0).getAttribute("d");
      // One step for each bin, and one back to the base.
      assertEquals(
          cell.getAsJsonArray("distribution").size() + 1, outline.split("V", -1).length - 1);
    }
  }

  @Test
  void drawsEveryForkAndMarksThoseThatWereDisturbed() throws IOException {
    JsonObject data = data(new SyntheticRun("net").withCells(3, 1), 5, 10);
    for (String measure : List.of("ratio", "ms")) {
      String all = draw(data, -1, measure);
      assertEquals(all, draw(data, -1, measure));
      assertEquals(60, ofClass(parsed(all), "fork").size());
      assertEquals(12, ofClass(parsed(all), "disturbed").size());
      assertEquals(1, ofClass(parsed(all), "running").size());
      List<Element> one = ofClass(parsed(draw(data, 4, measure)), "fork");
      assertEquals(5, one.size());
      assertTrue(title(one.get(1)).endsWith(", disturbed, repeated and not used"));
      assertTrue(title(one.get(2)).endsWith(", quiet"));
    }
  }

  private static String draw(JsonObject data, int cell, String measure) {
    JsonObject options = json("{width: 640}");
    options.addProperty("cell", cell);
    options.addProperty("measure", measure);
    return ENGINE.call("EF_DRIFT.draw", data, options);
  }

  @Test
  void comparesForksWithTheMedianOfTheirOwnCell() throws IOException {
    JsonObject data = data(new SyntheticRun("net").withCells(1, 1), 0, 0);
    data.getAsJsonArray("cells")
        .get(1)
        .getAsJsonObject()
        .add("forks", JsonParser.parseString("[[0,2,null,0,1],[3,4,null,1,0],[5,2.5,null,0,1]]"));
    assertEquals(List.of("ms"), names(ENGINE.call("EF_DRIFT.measures", data)));
    JsonArray forks =
        JsonParser.parseString(
                ENGINE.call("EF_DRIFT.forks", data, new JsonPrimitive(-1), new JsonPrimitive("ms")))
            .getAsJsonArray();
    double[] percent = {100 * (2 / 2.25 - 1), 100 * (4 / 2.25 - 1), 100 * (2.5 / 2.25 - 1)};
    int[] places = {1, 4, 6};
    assertEquals(3, forks.size());
    for (int i = 0; i < 3; i++) {
      JsonObject fork = forks.get(i).getAsJsonObject();
      assertEquals(percent[i], fork.get("value").getAsDouble(), 1e-9);
      assertEquals(places[i], fork.get("place").getAsInt());
    }
  }

  @Test
  void drawsABarForEachLayerThatCosts() throws IOException {
    JsonArray rows =
        JsonParser.parseString(
                "[[\"conv\",\"Conv2d\",1000,4096,null],[\"call\",\"opaque\",null,0,null],"
                    + "[\"fc\",\"Linear\",250,2048,null]]")
            .getAsJsonArray();
    assertEquals(List.of("macs", "bytes"), names(ENGINE.call("EF_CHARTS.measures", rows)));
    Document drawn = parsed(layers(rows, "macs"));
    List<Element> bars = ofClass(drawn, "bar");
    assertEquals(2, bars.size());
    double longest = Double.parseDouble(bars.get(0).getAttribute("width"));
    assertEquals(longest / 4, Double.parseDouble(bars.get(1).getAttribute("width")), 0.1);
    assertEquals("conv, Conv2d: 1 k, 80.0 %", title(ofClass(drawn, "layer").get(0)));
    assertEquals(
        "Stored bytes of 2 layers, in all 6 KiB",
        parsed(layers(rows, "bytes")).getDocumentElement().getAttribute("aria-label"));
  }

  private static String layers(JsonArray rows, String measure) {
    return ENGINE.call(
        "EF_CHARTS.layers",
        rows,
        new JsonPrimitive(measure),
        json("{width: 700, precision: int8}"));
  }

  @Test
  void keepsForeignTextFromBeingMarkup() throws IOException {
    JsonObject data = data(new SyntheticRun(HOSTILE).withCells(2, 1, 2), 3, 10);
    JsonArray rows = new JsonArray();
    rows.add(JsonParser.parseString("[\"\",\"\",5,5,5]"));
    rows.get(0).getAsJsonArray().set(0, new JsonPrimitive(HOSTILE.repeat(9)));
    rows.get(0).getAsJsonArray().set(1, new JsonPrimitive(HOSTILE));
    for (String svg :
        List.of(
            ENGINE.call("EF_CHARTS.distributions", data, json("{width: 300}")),
            draw(data, -1, "ms"),
            layers(rows, "time"))) {
      NodeList elements = parsed(svg).getElementsByTagName("*");
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        assertFalse(element.getTagName().equals("b"), svg);
        assertFalse(element.hasAttribute("onload"), svg);
      }
    }
  }

  @Test
  void drawsNothingOutsideThePictureOnATelephone() throws IOException {
    JsonObject data =
        data(new SyntheticRun("a_network_with_a_long_name").withCells(4, 1, 16), 3, 9);
    Document drawn = parsed(ENGINE.call("EF_CHARTS.distributions", data, json("{width: 320}")));
    for (String attribute : List.of("x", "x1", "x2")) {
      NodeList elements = drawn.getElementsByTagName("*");
      for (int i = 0; i < elements.getLength(); i++) {
        String x = ((Element) elements.item(i)).getAttribute(attribute);
        assertTrue(x.isEmpty() || (Double.parseDouble(x) >= 0 && Double.parseDouble(x) <= 320), x);
      }
    }
  }

  @Test
  void stopsAtEveryBudgetThatDecides() throws IOException {
    JsonObject data = data(new SyntheticRun("net").withCells(2, 1), 0, 0);
    List<Double> expected = new ArrayList<>(List.of(0.0, 1.0, SyntheticRun.ACTIVE_MB));
    data.getAsJsonArray("cells")
        .forEach(cell -> expected.add(cell.getAsJsonObject().get("budgetMb").getAsDouble()));
    List<Double> stops = new ArrayList<>();
    JsonParser.parseString(ENGINE.call("EF_ADVICE.stops", data))
        .getAsJsonArray()
        .forEach(stop -> stops.add(stop.getAsDouble()));
    double least = expected.stream().skip(3).min(Double::compare).orElseThrow();
    assertEquals(
        expected.stream().filter(stop -> stop > 0 || least <= 1).distinct().sorted().toList(),
        stops);
  }

  @Test
  void advisesWhatTheRunItselfSaidAtItsOwnBudget() throws IOException {
    JsonObject data = data(new SyntheticRun("net").withCells(2, 1), 0, 0);
    assertEquals("Ship net.", sentence(data, SyntheticRun.ACTIVE_MB));
    assertEquals("Within 0 MiB: nothing to ship, no variant fits.", sentence(data, 0));
    assertTrue(sentence(data, 100).startsWith("Within 100 MiB: ship net-p"), sentence(data, 100));
    data.addProperty("hasAccuracy", false);
    assertTrue(
        sentence(data, 100)
            .startsWith(
                "Within 100 MiB: accuracy was not measured, so no variant is recommended;"));
  }

  private static String sentence(JsonObject data, double budgetMb) {
    return ENGINE.call("EF_ADVICE.sentence", data, new JsonPrimitive(budgetMb));
  }

  private JsonObject data(SyntheticRun run, int forks, int samples) throws IOException {
    JsonObject data = PageData.of(run.findings(), AccuracyBasis.TOP1, "title");
    RunData.add(data, run.findings(), run.notes(), run.raw(folder, forks, samples));
    return data;
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static List<String> names(String measures) {
    List<String> names = new ArrayList<>();
    JsonParser.parseString(measures)
        .getAsJsonArray()
        .forEach(measure -> names.add(measure.getAsJsonObject().get("name").getAsString()));
    return names;
  }

  private static Document parsed(String svg) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("not well-formed: " + svg, e);
    }
  }

  private static List<Element> ofClass(Document drawn, String name) {
    return ofClass(drawn.getDocumentElement(), name);
  }

  private static List<Element> ofClass(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList elements = parent.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      if (((Element) elements.item(i)).getAttribute("class").equals(name)) {
        found.add((Element) elements.item(i));
      }
    }
    return found;
  }

  private static String title(Element element) {
    return element.getElementsByTagName("title").item(0).getTextContent();
  }
}
