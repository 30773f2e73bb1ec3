package io.edgefrontier.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.report.Findings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture drawn for a test, and its elements. */
record Drawing(String svg, Document document) {
  private static final ScriptEngine ENGINE = ScriptEngine.drawing();

  static JsonObject data(Findings findings) {
    return PageData.of(findings, AccuracyBasis.TOP1, "resnet8 on digits");
  }

  static Drawing of(Findings findings, String x, String y) {
    return of(data(findings), Map.of("x", x, "y", y, "theme", "light"));
  }

  /** Draws with options of text, numbers, booleans and lists of text. */
  static Drawing of(JsonObject data, Map<String, ?> options) {
    JsonObject json = new JsonObject();
    options.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            json.add(name, new JsonPrimitive(number));
          } else if (value instanceof Boolean flag) {
            json.addProperty(name, flag);
          } else if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(element -> array.add(element.toString()));
            json.add(name, array);
          } else {
            json.addProperty(name, value.toString());
          }
        });
    String svg = ENGINE.call("EF_PLOT.draw", data, json);
    try {
      return new Drawing(svg, parse(svg));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + svg, e);
    }
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  /** Returns the elements of this name, or all with {@code *}. */
  List<Element> elements(String name) {
    return elements(document.getDocumentElement(), name);
  }

  static List<Element> elements(Element within, String name) {
    NodeList nodes = within.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Returns the elements of this class. */
  List<Element> ofClass(String name) {
    return elements("*").stream().filter(e -> e.getAttribute("class").equals(name)).toList();
  }

  String text(String name) {
    return elements(name).get(0).getTextContent();
  }
}
