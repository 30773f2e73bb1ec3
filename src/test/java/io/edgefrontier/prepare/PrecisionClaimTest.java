package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.torchscript.ArchiveContents;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionClaimTest {
  @ParameterizedTest
  @CsvSource({
    "float32, fp32",
    "bfloat16, bf16",
    "float16, fp16",
    "qint8, int8",
    "quint8, int8",
    "int8, int8",
    "uint8, int8",
    "float64, none",
  })
  void eachTypeOfWeightsFitsOnePrecision(String type, String fitting) {
    for (Precision precision : Precision.values()) {
      ArchiveContents contents = contents(Map.of(type, 10L));
      if (precision.label().equals(fitting)) {
        assertDoesNotThrow(() -> PrecisionClaim.require("n.pt", precision, contents));
      } else {
        String message = refusal(precision, contents);
        assertTrue(
            message.startsWith(
                "n.pt: called %s, but its weights are all %s; expected "
                    .formatted(precision.label(), type)),
            message);
      }
    }
  }

  @Test
  void halfOfTheWeightsIsEnoughForAllButFp32() {
    ArchiveContents half = contents(Map.of("qint8", 50L, "float32", 50L));
    assertDoesNotThrow(() -> PrecisionClaim.require("n.pt", Precision.INT8, half));
    ArchiveContents less = contents(Map.of("qint8", 49L, "float32", 51L));
    assertEquals(
        "n.pt: called int8, but its weights are float32 (51.0 %), qint8 (49.0 %); expected qint8,"
            + " quint8, int8 or uint8 in at least half of them; convert the network after its"
            + " training or calibration, or correct the table",
        refusal(Precision.INT8, less));
    ArchiveContents one = contents(Map.of("float16", 1L, "float32", 99L));
    assertTrue(refusal(Precision.FP32, one).contains("expected float32 throughout"));
  }

  @Test
  void quantizedTypesAddUp() {
    ArchiveContents mixed = contents(Map.of("qint8", 30L, "quint8", 20L, "float32", 50L));
    assertDoesNotThrow(() -> PrecisionClaim.require("n.pt", Precision.INT8, mixed));
  }

  @Test
  void withoutWeightsNothingFits() {
    for (Precision precision : Precision.values()) {
      assertTrue(refusal(precision, contents(Map.of())).contains("stores no weights"));
    }
  }

  private static String refusal(Precision precision, ArchiveContents contents) {
    return assertThrows(
            IOException.class, () -> PrecisionClaim.require("n.pt", precision, contents))
        .getMessage();
  }

  private static ArchiveContents contents(Map<String, Long> weights) {
    return new ArchiveContents(new TreeMap<>(weights), 0, 0);
  }
}
