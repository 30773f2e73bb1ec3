package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.config.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnBudgetsTest {
  @TempDir Path folder;

  private Map<SettingKey, String> with(SettingKey key, String value) throws IOException {
    Map<SettingKey, String> values = new EnumMap<>(Map.of(key, value));
    OwnBudgets.addTo(values);
    return values;
  }

  @Test
  void anArchiveIsHeldAgainstItsOwnSizeRoundedUp() throws IOException {
    Path archive = folder.resolve("net.pt");
    Files.write(archive, new byte[123_457_000]); // 117.74 MiB
    Map<SettingKey, String> values = with(SettingKey.MODEL, archive.toString());
    assertEquals("120", values.get(SettingKey.ACTIVE_MEMORY_BUDGET_MB));
    assertEquals("30,59,120", values.get(SettingKey.MEMORY_BUDGETS_MB));
    Files.write(archive, new byte[10_000]); // 0.0095367 MiB
    values = with(SettingKey.MODEL, archive.toString());
    assertEquals("0.0024,0.0048,0.0096", values.get(SettingKey.MEMORY_BUDGETS_MB));
  }

  @Test
  void theLargestOfThoseMadeElsewhereDecides() throws IOException {
    Files.write(folder.resolve("a.pt"), new byte[1 << 20]);
    Files.write(folder.resolve("b.pt"), new byte[4 << 20]);
    Files.writeString(
        folder.resolve("variants.csv"),
        "pruning_level,precision,path\n0,fp32,b.pt\n0,int8,a.pt\n0.5,int8,missing.pt\n");
    Map<SettingKey, String> values = with(SettingKey.VARIANTS, folder.toString());
    assertEquals("1,2,4", values.get(SettingKey.MEMORY_BUDGETS_MB));
  }

  @Test
  void whatIsSaidStays() throws IOException {
    assertEquals(1, with(SettingKey.MODEL, "resnet8").size());
    assertEquals(1, with(SettingKey.MODEL, folder.resolve("missing.pt").toString()).size());
    Path archive = Files.write(folder.resolve("net.pt"), new byte[1 << 20]);
    for (SettingKey key :
        new SettingKey[] {SettingKey.ACTIVE_MEMORY_BUDGET_MB, SettingKey.BUDGET_METRIC}) {
      Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
      values.put(SettingKey.MODEL, archive.toString());
      values.put(key, "x");
      OwnBudgets.addTo(values);
      assertEquals(2, values.size());
    }
  }
}
