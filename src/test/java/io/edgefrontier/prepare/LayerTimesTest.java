package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.engine.OperatorTime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTimesTest {
  private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("weight", List.of());
    EXPECTED.put("quantize", List.of("contiguous", "quantize_per_tensor"));
    EXPECTED.put("conv", List.of("conv2d"));
  }

  @Test
  void addsUpTheOperatorsOfALayer() throws IOException {
    assertEquals(
        Map.of("quantize", 30L, "conv", 5L),
        LayerTimes.match(
            EXPECTED,
            Set.of("conv"),
            List.of(
                new OperatorTime("contiguous", 10),
                new OperatorTime("quantize_per_tensor", 20),
                new OperatorTime("conv2d", 5))));
  }

  @Test
  void whatRepeatsAnotherLayerMayHaveBeenComputedWithIt() throws IOException {
    List<OperatorTime> ran =
        List.of(new OperatorTime("contiguous", 10), new OperatorTime("quantize_per_tensor", 20));
    assertEquals(Map.of("quantize", 30L), LayerTimes.match(EXPECTED, Set.of("conv"), ran));
    IOException error =
        assertThrows(IOException.class, () -> LayerTimes.match(EXPECTED, Set.of("quantize"), ran));
    assertEquals("the engine ran contiguous at layer conv, which calls conv2d", error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "contiguous conv2d,"
        + " the engine ran conv2d at layer quantize; which calls quantize_per_tensor",
    "contiguous quantize_per_tensor,"
        + " the engine ran nothing more at layer conv; which calls conv2d",
    "contiguous quantize_per_tensor conv2d relu, the engine ran relu after the last layer",
    "contiguous quantize_per_tensor conv2d_relu,"
        + " the engine ran conv2d_relu at layer conv; which calls conv2d",
  })
  void otherOperatorsBelongToNoLayer(String ran, String message) {
    List<OperatorTime> times =
        List.of(ran.split(" ", -1)).stream().map(name -> new OperatorTime(name, 1)).toList();
    IOException error =
        assertThrows(IOException.class, () -> LayerTimes.match(EXPECTED, Set.of(), times));
    assertEquals(message.replace(';', ','), error.getMessage());
  }
}
