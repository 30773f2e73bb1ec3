package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FrontierPlotTest {
  @Test
  void isWellFormedSelfContainedAndWithoutScript() throws Exception {
    for (Findings findings : Sweeps.all()) {
      for (Axis axis : Axis.values()) {
        String svg = FrontierPlot.svg(findings, axis);
        for (Element element : elements(parse(svg), "*")) {
          assertFalse(element.getTagName().matches("script|image|use|style|a"), svg);
          for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            assertFalse(attribute.getNodeName().matches("on.*|.*href"), attribute.toString());
            assertFalse(attribute.getNodeValue().contains("NaN"), attribute.toString());
            assertFalse(attribute.getNodeValue().contains("Infinity"), attribute.toString());
          }
        }
      }
    }
  }

  @Test
  void showsAHostileNameAsItsText() throws Exception {
    Document document = parse(FrontierPlot.svg(Sweeps.hostile(), Axis.LATENCY));

    String title = elements(document, "title").get(0).getTextContent();
    assertTrue(title.startsWith("<script>alert(1)</script>|`a`"), title);
  }

  @Test
  void describesItselfToAScreenReader() throws Exception {
    Document document = parse(FrontierPlot.svg(Sweeps.typical(), Axis.LATENCY));

    assertEquals("img", document.getDocumentElement().getAttribute("role"));
    assertEquals(
        "resnet8: accuracy against latency", elements(document, "title").get(0).getTextContent());
    String description = elements(document, "desc").get(0).getTextContent();
    assertTrue(
        description.startsWith(
            "16 cells, 11 accepted, 1 failed. On the frontier: resnet8-p0.7-int8 (0.105 ms, 85.6"),
        description);
  }

  @Test
  void drawsTheFrontierAsStepsThatOnlyRise() throws Exception {
    List<String> steps =
        elements(parse(FrontierPlot.svg(Sweeps.typical(), Axis.LATENCY)), "path").stream()
            .map(path -> path.getAttribute("d"))
            .filter(d -> d.contains("H") && !d.endsWith("Z"))
            .toList();

    assertEquals(1, steps.size());
    String path = steps.get(0);
    assertEquals(4, path.chars().filter(c -> c == 'V').count(), path);
    double last = PlotArea.BOTTOM;
    for (String step : path.substring(path.indexOf('V') + 1).split("H[0-9.]+V?", 0)) {
      assertTrue(Double.parseDouble(step) < last, path);
      last = Double.parseDouble(step);
    }
  }

  @Test
  void crossesRejectedPointsAndRingsTheRecommendedOne() throws Exception {
    Document document = parse(FrontierPlot.svg(Sweeps.typical(), Axis.LATENCY));

    // Four rejected points and one in the legend, each with a cross; a ring in both places.
    assertEquals(
        5,
        elements(document, "path").stream()
            .filter(path -> path.getAttribute("stroke-width").equals("1.2"))
            .filter(path -> path.getAttribute("d").matches("M\\S+ \\S+L\\S+ \\S+M\\S+ \\S+L.*"))
            .count());
    assertEquals(2, elements(document, "circle").size());
    assertTrue(
        parse(FrontierPlot.svg(Sweeps.allRejected(), Axis.LATENCY))
            .getDocumentElement()
            .getTextContent()
            .contains("rejected by budget"));
  }

  @Test
  void keepsLabelsApart() throws Exception {
    for (Findings findings : Sweeps.all()) {
      List<Rectangle2D> labels = new ArrayList<>();
      for (Element text : elements(parse(FrontierPlot.svg(findings, Axis.LATENCY)), "text")) {
        if (((Element) text.getParentNode()).getAttribute("paint-order").isEmpty()) {
          continue;
        }
        double width = 6 * text.getTextContent().length();
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        Rectangle2D box = new Rectangle2D.Double(x - width / 2, y - 8, width, 8);
        assertTrue(labels.stream().noneMatch(box::intersects), text.getTextContent());
        labels.add(box);
      }
    }
  }

  @Test
  void takesALogarithmOnlyForMoreThanTenfold() {
    assertTrue(FrontierPlot.svg(Sweeps.typical(), Axis.LATENCY).contains("(ms, log scale)"));
    assertTrue(FrontierPlot.svg(Sweeps.allRejected(), Axis.LATENCY).contains("Latency (ms)<"));
  }

  @Test
  void saysWhenFiguresAreRoughOrThereIsNothingToDraw() {
    String rough = FrontierPlot.svg(Sweeps.rough(Sweeps.typical()), Axis.LATENCY);
    assertTrue(rough.contains("Rough figures (--quick)."), rough);
    assertTrue(FrontierPlot.svg(Sweeps.onlyErrors(), Axis.LATENCY).contains("nothing to draw"));
    assertTrue(FrontierPlot.svg(Sweeps.none(), Axis.MEMORY).contains("nothing to draw"));
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
