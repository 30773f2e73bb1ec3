package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryJsonTest {
  @Test
  void countsEveryCellOnce() {
    for (Findings findings : Sweeps.all()) {
      JsonObject cells = parse(findings).getAsJsonObject("cells");
      assertEquals(findings.rows().size(), cells.get("total").getAsInt());
      assertEquals(
          cells.get("total").getAsInt(),
          cells.get("failed").getAsInt()
              + cells.get("accepted").getAsInt()
              + cells.get("rejected").getAsInt());
    }
  }

  @Test
  void namesTheArchiveToShip() {
    JsonObject cell =
        parse(Sweeps.typical()).getAsJsonObject("recommendation").getAsJsonObject("cell");

    assertEquals("resnet8-p0.0-int8", cell.get("variant").getAsString());
    assertEquals("variants/resnet8-p0.0-int8.pt", cell.get("archive").getAsString());
    assertEquals("ab".repeat(32), cell.get("archive_sha256").getAsString());
  }

  @Test
  void recommendsNullWhereNothingIsAccepted() {
    JsonObject summary = parse(Sweeps.allRejected());

    assertTrue(summary.getAsJsonObject("recommendation").get("cell").isJsonNull());
    assertEquals(0, summary.getAsJsonObject("frontiers").getAsJsonArray("latency").size());
  }

  @Test
  void writesWhatIsAbsentAsNull() {
    Findings absent = Sweeps.absent();
    Findings recommended =
        new Findings(
            absent.rows(),
            "model_memory_mb",
            Double.NaN,
            Sweeps.TRACKED_MB,
            Map.of(),
            Optional.of(absent.rows().get(0).cell()),
            "",
            false);

    JsonObject summary = parse(recommended);

    assertTrue(summary.getAsJsonObject("budgets").get("active_budget_mb").isJsonNull());
    JsonObject cell = summary.getAsJsonObject("recommendation").getAsJsonObject("cell");
    for (String key : List.of("accuracy", "latency_ms", "model_memory_mb", "energy_proxy_j")) {
      assertTrue(cell.get(key).isJsonNull(), key);
    }
  }

  @Test
  void keepsTheOrderOfItsKeys() {
    assertEquals(
        List.of(
            "format_version",
            "rough",
            "cells",
            "budgets",
            "recommendation",
            "frontiers",
            "errors",
            "files"),
        List.copyOf(parse(Sweeps.typical()).keySet()));
  }

  private static JsonObject parse(Findings findings) {
    return JsonParser.parseString(SummaryJson.text(findings, Map.of())).getAsJsonObject();
  }
}
