package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge to the scripts, and the scales and numbers that pictures are made with. */
class ScriptEngineTest {
  private final ScriptEngine engine = ScriptEngine.drawing();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java",
        "Packages",
        "javax",
        "org",
        "com",
        "getClass",
        "JavaAdapter",
        "JavaImporter",
        "importPackage",
        "importClass",
        "load",
        "print",
        "readFile",
        "require",
        "exports"
      })
  void scriptsSeeNoJavaAndNoFiles(String name) {
    assertEquals("undefined", engine.call("(function () { return typeof " + name + "; })"));
  }

  @Test
  void valuesGoInAsDataWhateverTheyHold() {
    JsonObject hostile = new JsonObject();
    hostile.addProperty("__proto__", "\u2028'\"</script>\\");
    hostile.addProperty("constructor", "x");
    assertEquals(
        hostile.get("__proto__").getAsString(),
        engine.call(
            "(function (o) { return Object.getOwnPropertyDescriptor(o, '__proto__').value; })",
            hostile));
    assertEquals("x", engine.call("(function (o) { return o.constructor; })", hostile));
  }

  @Test
  void aFailureNamesScriptAndCause() {
    JsonObject options = new JsonObject();
    options.addProperty("x", "weight");
    options.addProperty("y", "accuracy");
    JsonObject data = new JsonObject();
    data.add("cells", new com.google.gson.JsonArray());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> engine.call("EF_PLOT.draw", data, options));
    assertTrue(e.getMessage().contains("EF_PLOT.draw failed"), e.getMessage());
    assertTrue(e.getMessage().contains("no figure 'weight'; available: accuracy,"), e.getMessage());
    assertTrue(e.getMessage().contains("metric.js"), e.getMessage());
  }

  @Test
  void everyScriptDefinesOneObjectAndKeepsItsLinesShort() {
    for (String name : Scripts.DRAWING) {
      String text = Scripts.text(name);
      assertTrue(text.startsWith("\"use strict\";\n\n/**"), name);
      assertEquals(1, text.lines().filter(line -> line.startsWith("const EF_")).count(), name);
      text.lines().forEach(line -> assertTrue(line.length() <= 120, name + ": " + line));
      assertTrue(text.lines().count() < 400, name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.1; 0.7; 0.1 0.2 0.3 0.4 0.5 0.6 0.7",
        "82.4; 99.4; 85 90 95",
        "0.0000011; 0.0000019; 0.0000012 0.0000014 0.0000016 0.0000018",
        "1234; 9876; 2000 4000 6000 8000",
        "-1; 1; -1.0 -0.5 0.0 0.5 1.0",
        "0.1; 1.5; 0.1 0.2 0.5 1",
        "0.03; 70; 0.05 0.1 0.2 0.5 1 2 5 10 20 50",
        "0.001; 5000; 0.001 0.01 0.1 1 10 100 1000",
        "5; 5; 4.6 4.8 5.0 5.2 5.4"
      })
  void ticksAreRoundNumbersWithinTheRange(double low, double high, String ticks) {
    assertEquals(
        ticks,
        engine.call(
            "(function (low, high) { return EF_SCALE.fitting([high, null, low], 0, 300, 0).ticks()"
                + ".map((tick) => tick.label).join(' '); })",
            new JsonPrimitive(low),
            new JsonPrimitive(high)));
  }

  @ParameterizedTest
  @CsvSource({
    "[0.1;10], 0.1, 20",
    "[0.1;10], 1, 70",
    "[0.1;10], 10, 120",
    "[0.1;10], 0.01, 20",
    "[1;3], 2, 70",
    "[0.25;0.25], 0.25, 70",
    "[0;0], 0, 70",
    "[], 0.5, 70",
    "[0;10;1000], 500, 70"
  })
  void mapsValuesToPixels(String values, double value, double pixel) {
    String answer =
        engine.call(
            "(function (value) { return String(EF_SCALE.fitting("
                + values.replace(';', ',')
                + ", 20, 120, 0).pixel(value)); })",
            new JsonPrimitive(value));
    assertEquals(pixel, Double.parseDouble(answer), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001234567, 3, 0.000123",
    "1234.5, 3, 1230",
    "0.1, 3, 0.1",
    "99.95, 3, 100",
    "0, 3, 0",
    "-0.25, 3, -0.25",
    "0.30000000000000004, 15, 0.3",
    "1e-7, 3, 0.0000001",
    "123456789, 15, 123456789"
  })
  void printsNumbersWithoutExponent(double value, int digits, String text) {
    assertEquals(
        text,
        engine.call("EF_SVG.significant", new JsonPrimitive(value), new JsonPrimitive(digits)));
  }

  @Test
  void anInsetMovesNoValueOutOfTheAxis() {
    for (int high : new int[] {3, 300}) {
      String answer =
          engine.call(
              "(function (high) { const scale = EF_SCALE.fitting([1, high], 400, 100, 15);"
                  + " return [1, high, -1e9, 1e9].map(scale.pixel).join(' '); })",
              new JsonPrimitive(high));
      String[] pixels = answer.split(" ", -1);
      assertEquals(385, Double.parseDouble(pixels[0]), 1e-9);
      assertEquals(115, Double.parseDouble(pixels[1]), 1e-9);
      assertEquals(400, Double.parseDouble(pixels[2]), 1e-9);
      assertEquals(100, Double.parseDouble(pixels[3]), 1e-9);
    }
  }
}
