package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.analysis.ForkScore;
import io.edgefrontier.analysis.SelfTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelfTestReportTest {
  private static final double RATIO = 2.0;

  @Test
  void tellsNoiseVerdictsAndRatesWithTheirIntervals() {
    List<String> lines = report(1.05).lines();
    assertEquals("false alarms              ", lines.get(5).substring(0, 26));
    assertTrue(lines.get(0).startsWith("noise between forks       latency_ratio "), lines.get(0));
    assertTrue(lines.get(1).endsWith("12 forks each: indistinct"), lines.get(1));
    assertTrue(lines.get(2).startsWith("A + 5 % against A"), lines.get(2));
    assertTrue(lines.get(2).endsWith("12 forks each: slower"), lines.get(2));
    assertTrue(
        lines.get(6).startsWith("detections of 5 %         3 of 3 trials of 4 forks"),
        lines.get(6));
  }

  @Test
  void saysNothingOfAnInjectionThatWasNotMade() {
    String text = String.join("\n", report(0).lines());
    assertFalse(text.contains("detections"), text);
    assertFalse(JsonParser.parseString(report(0).json()).getAsJsonObject().has("injection"));
  }

  @Test
  void theJsonHasTheVerdicts() {
    JsonObject json = JsonParser.parseString(report(1.05).json()).getAsJsonObject();
    assertEquals("indistinct", json.getAsJsonObject("labels").get("verdict").getAsString());
    JsonObject injection = json.getAsJsonObject("injection");
    assertEquals("slower", injection.get("verdict").getAsString());
    assertEquals(5, injection.get("delay_percent").getAsDouble());
    assertEquals(3, json.getAsJsonObject("detections").get("hits").getAsInt());
    assertEquals(4, json.getAsJsonArray("detectable").size());
  }

  /** Twelve forks a label, 0.2 % apart from each other. */
  private static SelfTestReport report(double slowdown) {
    Random random = new Random(3);
    SelfTest.Forks forks =
        new SelfTest.Forks(
            forks(random, 1),
            forks(random, 1),
            slowdown == 0 ? List.of() : forks(random, slowdown));
    return new SelfTestReport(SelfTest.of(forks, 4, 7), slowdown == 0 ? 0 : 5);
  }

  private static List<ForkScore> forks(Random random, double factor) {
    List<ForkScore> forks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double ratio = RATIO * factor * (1 + 0.002 * random.nextGaussian());
      forks.add(new ForkScore(ratio, ratio * 0.2));
    }
    return forks;
  }
}
