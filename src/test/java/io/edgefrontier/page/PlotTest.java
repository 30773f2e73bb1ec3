package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.Sweeps;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads pictures back: what is in them, and where. */
class PlotTest {
  private static final List<String> FIGURES =
      List.of("latency", "energy", "memory", "size", "coldStart", "p99", "accuracy");
  private static final Rectangle2D AREA = new Rectangle2D.Double(72, 78, 612, 358);

  @Test
  void isWellFormedSelfContainedAndWithoutScript() {
    for (Findings findings : Sweeps.all()) {
      JsonObject data = Drawing.data(findings);
      for (String x : FIGURES) {
        checkInert(Drawing.of(data, Map.of("x", x, "y", "accuracy", "theme", "dark")));
        checkInert(
            Drawing.of(
                data,
                Map.of("x", x, "y", "memory", "theme", "page", "standalone", false, "width", 400)));
      }
    }
  }

  private static void checkInert(Drawing drawing) {
    for (Element element : drawing.elements("*")) {
      assertFalse(element.getTagName().matches("script|image|use|style|a|foreignObject"));
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Node attribute = element.getAttributes().item(i);
        assertFalse(attribute.getNodeName().matches("on.*|.*href"), attribute.toString());
        assertFalse(
            attribute.getNodeValue().matches("(?s).*(NaN|Infinity|undefined).*"),
            attribute.toString());
      }
    }
  }

  @Test
  void drawsEveryCellWithBothFiguresOnceAndInsideTheArea() {
    for (Findings findings : List.of(Sweeps.typical(), Sweeps.twoBatchSizes())) {
      for (String x : List.of("latency", "energy", "memory", "size", "p99")) {
        Drawing drawing = Drawing.of(findings, x, "accuracy");
        Set<Integer> drawn = new HashSet<>();
        for (Element point : drawing.ofClass("point")) {
          assertTrue(drawn.add(Integer.valueOf(point.getAttribute("data-index"))), "twice");
          Element marker = Drawing.elements(point, "path").get(0);
          assertTrue(AREA.contains(start(marker.getAttribute("d"))), marker.getAttribute("d"));
        }
        Set<Integer> measured = new HashSet<>();
        for (int i = 0; i < findings.rows().size(); i++) {
          if (findings.rows().get(i).error().isEmpty()) {
            measured.add(i);
          }
        }
        assertEquals(measured, drawn, x);
      }
    }
  }

  /** Returns where a path starts: on the rim of its marker. */
  private static Point2D start(String path) {
    Matcher start = Pattern.compile("M([0-9.]+) ([0-9.]+)").matcher(path);
    assertTrue(start.find(), path);
    return new Point2D.Double(
        Double.parseDouble(start.group(1)), Double.parseDouble(start.group(2)));
  }

  @Test
  void drawsRejectedPointsHollowAndRingsTheRecommendedOne() {
    Findings findings = Sweeps.typical();
    Drawing drawing = Drawing.of(findings, "latency", "accuracy");
    int hollow = 0;
    for (Element point : drawing.ofClass("point")) {
      int index = Integer.parseInt(point.getAttribute("data-index"));
      Element marker = Drawing.elements(point, "path").get(0);
      boolean filled = !marker.getAttribute("fill").equals("#ffffff");
      assertEquals(findings.rows().get(index).accepted(), filled, point.getTextContent());
      hollow += filled ? 0 : 1;
    }
    assertEquals(4, hollow);
    assertEquals(2, drawing.ofClass("ring").size(), "one at the point, one in the legend");
    assertTrue(
        drawing.document().getDocumentElement().getTextContent().contains("over the budget"));
  }

  @Test
  void followsTheBudgetAsTheSliderMovesIt() {
    JsonObject data = Drawing.data(Sweeps.typical());
    Drawing none = Drawing.of(data, Map.of("x", "latency", "y", "accuracy", "budgetMb", 0.001));
    assertEquals(List.of(), none.ofClass("frontier"));
    assertEquals(List.of(), none.ofClass("ring"));
    assertTrue(none.text("desc").contains("16 cells, 0 accepted, 1 failed."), none.text("desc"));
    assertTrue(none.text("desc").contains("The frontier is empty."), none.text("desc"));
    Drawing all = Drawing.of(data, Map.of("x", "latency", "y", "accuracy", "budgetMb", 10));
    assertTrue(all.text("desc").contains("16 cells, 15 accepted, 1 failed."), all.text("desc"));
    assertTrue(
        all.ofClass("marker").stream().noneMatch(m -> m.getAttribute("fill").equals("#ffffff")));
  }

  @Test
  void drawsTheFrontierAsStepsThatOnlyRise() {
    Drawing drawing = Drawing.of(Sweeps.typical(), "latency", "accuracy");
    String path = drawing.ofClass("frontier").get(0).getAttribute("d");
    Matcher steps = Pattern.compile("H([0-9.]+)V([0-9.]+)").matcher(path);
    double x = 0;
    double y = 437;
    int count = 0;
    while (steps.find()) {
      assertTrue(Double.parseDouble(steps.group(1)) > x, path);
      assertTrue(Double.parseDouble(steps.group(2)) < y, path);
      x = Double.parseDouble(steps.group(1));
      y = Double.parseDouble(steps.group(2));
      count++;
    }
    assertEquals(4, count, path);
    assertTrue(path.endsWith("H684"), path);
  }

  @Test
  void fallsWhereTheFrontierIsOfTwoCosts() {
    Drawing drawing = Drawing.of(Sweeps.typical(), "latency", "memory");
    String path = drawing.ofClass("frontier").get(0).getAttribute("d");
    assertTrue(path.matches("M[0-9.]+ 78H.*"), "starts at the upper edge: " + path);
    assertEquals("resnet8 on digits: model memory against latency", drawing.text("title"));
    Drawing mirrored = Drawing.of(Sweeps.typical(), "accuracy", "latency");
    String back = mirrored.ofClass("frontier").get(0).getAttribute("d");
    assertTrue(back.endsWith("H72"), "accuracy is better to the right: " + back);
    assertEquals(List.of(), Drawing.of(Sweeps.typical(), "latency", "latency").ofClass("frontier"));
  }

  @Test
  void describesItselfToAScreenReader() {
    Drawing drawing = Drawing.of(Sweeps.typical(), "latency", "accuracy");
    Element root = drawing.document().getDocumentElement();
    assertEquals("img", root.getAttribute("role"));
    assertEquals("title desc", root.getAttribute("aria-labelledby"));
    assertEquals("resnet8 on digits: accuracy against latency", drawing.text("title"));
    String description = drawing.text("desc");
    assertTrue(
        description.startsWith(
            "16 cells, 11 accepted, 1 failed. Accepted: model_memory_mb <= 0.15 MiB."
                + " On the frontier: resnet8-p0.7-int8 (0.105 ms, 85.6 %); "),
        description);
    assertTrue(description.endsWith(" Recommended: resnet8-p0.0-int8."), description);
  }

  @Test
  void letsAKeyboardVisitEachPointOfThePageFromLeftToRight() {
    Drawing page =
        Drawing.of(
            Drawing.data(Sweeps.typical()),
            Map.of("x", "latency", "y", "accuracy", "theme", "page", "standalone", false));
    assertEquals("group", page.document().getDocumentElement().getAttribute("role"));
    double last = 0;
    for (Element point : page.ofClass("point")) {
      assertEquals("0", point.getAttribute("tabindex"));
      assertEquals("img", point.getAttribute("role"));
      assertEquals(
          Drawing.elements(point, "title").get(0).getTextContent(),
          point.getAttribute("aria-label"));
      double x = Double.parseDouble(Drawing.elements(point, "circle").get(0).getAttribute("cx"));
      assertTrue(x >= last, point.getAttribute("aria-label"));
      last = x;
    }
    assertTrue(
        page.ofClass("point").get(0).getAttribute("aria-label").endsWith(", on the frontier"));
    assertFalse(page.svg().matches("(?s).*#[0-9a-f]{6}.*"), "colours are the page's");
  }

  @Test
  void hidesAPrecisionAndMovesNothingElse() {
    JsonObject data = Drawing.data(Sweeps.typical());
    Map<String, String> axes = Map.of("x", "latency", "y", "accuracy");
    Drawing all = Drawing.of(data, axes);
    Drawing some =
        Drawing.of(
            data, Map.of("x", "latency", "y", "accuracy", "hidden", List.of("fp32", "fp16")));
    assertEquals(15, all.ofClass("point").size());
    assertEquals(8, some.ofClass("point").size());
    assertEquals(
        all.ofClass("frontier").get(0).getAttribute("d"),
        some.ofClass("frontier").get(0).getAttribute("d"));
    Set<String> places = new HashSet<>();
    all.ofClass("marker").forEach(marker -> places.add(marker.getAttribute("d")));
    some.ofClass("point")
        .forEach(
            point ->
                assertTrue(
                    places.contains(Drawing.elements(point, "path").get(0).getAttribute("d"))));
  }

  @Test
  void joinsThePrecisionsOfAPruningLevel() {
    assertEquals(4, Drawing.of(Sweeps.typical(), "latency", "accuracy").ofClass("level").size());
    assertEquals(
        8, Drawing.of(Sweeps.twoBatchSizes(), "latency", "accuracy").ofClass("level").size());
  }

  @Test
  void keepsLabelsApartAndOffTheMarkers() {
    for (Findings findings : Sweeps.all()) {
      Drawing drawing = Drawing.of(findings, "latency", "accuracy");
      List<Rectangle2D> taken = new ArrayList<>();
      for (Element point : drawing.ofClass("point")) {
        Point2D start = start(Drawing.elements(point, "path").get(0).getAttribute("d"));
        taken.add(new Rectangle2D.Double(start.getX() - 1, start.getY() - 1, 2, 2));
      }
      for (Element group : drawing.ofClass("labels")) {
        for (Element text : Drawing.elements(group, "text")) {
          double width = 6 * text.getTextContent().length();
          double x = Double.parseDouble(text.getAttribute("x"));
          double y = Double.parseDouble(text.getAttribute("y"));
          Rectangle2D box = new Rectangle2D.Double(x - width / 2, y - 8, width, 8);
          assertTrue(taken.stream().noneMatch(box::intersects), text.getTextContent());
          assertTrue(AREA.contains(box), text.getTextContent());
          taken.add(box);
        }
      }
    }
  }

  @Test
  void labelsPointsWithWhatTellsThemApart() {
    Set<String> labels = new HashSet<>();
    Drawing drawing = Drawing.of(Sweeps.twoBatchSizes(), "latency", "accuracy");
    Drawing.elements(drawing.ofClass("labels").get(0), "text")
        .forEach(text -> labels.add(text.getTextContent()));
    assertTrue(labels.contains("0.7 b1") && labels.contains("0.7 b32"), labels.toString());
    assertTrue(labels.contains("0 b1 int8"), "the recommended one: " + labels);
  }

  @Test
  void takesALogarithmOnlyForMoreThanTenfold() {
    assertTrue(
        Drawing.of(Sweeps.typical(), "latency", "accuracy").svg().contains("(ms, log scale)"));
    assertTrue(
        Drawing.of(Sweeps.allRejected(), "latency", "accuracy").svg().contains(">Latency (ms), "));
  }

  @Test
  void saysWhenFiguresAreRoughMissingOrAbsent() {
    Drawing rough = Drawing.of(Sweeps.rough(Sweeps.typical()), "latency", "accuracy");
    assertTrue(rough.svg().contains("Rough figures (--quick)."), rough.svg());
    assertTrue(rough.svg().contains("1 cell without figures, not drawn; batch size 1"));
    assertFalse(Drawing.of(Sweeps.typical(), "latency", "accuracy").svg().contains("Rough"));
    for (Findings empty : List.of(Sweeps.onlyErrors(), Sweeps.none(), Sweeps.absent())) {
      assertTrue(Drawing.of(empty, "memory", "accuracy").svg().contains("nothing to draw"));
    }
  }

  @Test
  void showsHostileTextAsText() {
    Drawing drawing = Drawing.of(Sweeps.hostile(), "latency", "accuracy");
    String name = drawing.ofClass("point").get(0).getTextContent();
    assertTrue(name.startsWith("<script>alert(1)</script>|`a`"), name);
    JsonObject data = Drawing.data(Sweeps.typical());
    data.addProperty("title", "\u202e\u05d0</title><script>" + "\ud83d\ude00".repeat(60));
    Drawing titled = Drawing.of(data, Map.of("x", "latency", "y", "accuracy"));
    String title = titled.text("title");
    assertTrue(title.startsWith("\u05d0</title><script>\ud83d\ude00"), title);
    assertTrue(title.endsWith("\ud83d\ude00...: accuracy against latency"), title);
    assertTrue(
        titled.elements("tspan").stream()
            .anyMatch(part -> part.getAttribute("unicode-bidi").equals("isolate")));
  }

  @Test
  void keepsTheColourAndShapeOfAPrecisionInEveryPicture() {
    Element alone = Drawing.of(Sweeps.single(), "latency", "accuracy").ofClass("marker").get(0);
    Drawing many = Drawing.of(Sweeps.typical(), "latency", "accuracy");
    Element int8 =
        many.ofClass("point").stream()
            .filter(point -> point.getTextContent().startsWith("resnet8-p0.7-int8"))
            .map(point -> Drawing.elements(point, "path").get(0))
            .findFirst()
            .orElseThrow();
    assertEquals(alone.getAttribute("fill"), int8.getAttribute("fill"));
    Set<String> colours = new HashSet<>();
    many.ofClass("marker").stream()
        .map(marker -> marker.getAttribute("fill"))
        .filter(fill -> !fill.equals("#ffffff"))
        .forEach(colours::add);
    assertEquals(4, colours.size());
  }
}
