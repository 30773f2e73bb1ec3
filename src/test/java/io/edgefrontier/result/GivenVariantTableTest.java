package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenVariantTableTest {
  private static final String HEADER = "pruning_level,precision,path,label\n";

  @TempDir private Path folder;

  @Test
  void aLabelIsTheModelAndTheFolderStandsInForIt() throws IOException {
    assertEquals(
        List.of(
            given("quantised", 0, Precision.FP32, "a.pt"),
            given("qat-v2", 0, Precision.INT8, "b/c.pt"),
            given("quantised", 0.5, Precision.INT8, "a, b.pt")),
        read(HEADER + "0,fp32,a.pt,\n-0.0,INT8,b/c.pt,qat-v2\n0.50,int8,\"a, b.pt\",\n"));
  }

  @Test
  void aTableNeedsNoLabels() throws IOException {
    assertEquals(
        List.of(given("quantised", 0, Precision.BF16, "a.pt")),
        read("path,precision,pruning_level,remark\na.pt,bf16,0,best so far\n"));
  }

  @Test
  void theManifestOfARunIsATableToo() throws IOException {
    Variant variant = new Variant("mlp", 0.25, Precision.FP16);
    Path manifest = folder.resolve("variants.csv");
    ManifestTable.TABLE.write(manifest, List.of(ManifestEntry.failed(variant, "for a reason")));
    assertEquals(
        List.of(new GivenVariant(variant, "")), GivenVariantTable.read(manifest, "quantised"));
  }

  @Test
  void aBadTableIsRefusedByFileAndLine() throws IOException {
    refuses("", "is empty");
    refuses(
        "pruning_level,path\n0,a.pt\n",
        "header (line 1) has no column 'precision'; found: pruning_level, path; expected:"
            + " pruning_level, precision, path and optionally label");
    refuses(HEADER, "has no row below the header (line 1)");
    refuses(
        HEADER + "0,fp32,a.pt,\n0,int4,b.pt,\n",
        "record 2 (line 3), column 'precision': unknown precision 'int4'");
    refuses(HEADER + "1,fp32,a.pt,\n", "record 1 (line 2), column 'pruning_level': found '1'");
    refuses(HEADER + "none,fp32,a.pt,\n", "column 'pruning_level': found 'none'");
    refuses(HEADER + "0,fp32,a.pt\n", "record 1 (line 2) has 3 fields, the header has 4");
    refuses(HEADER + "0,fp32,a.pt,../x\n", "column 'label': found '../x', expected at most 64");
    refuses(HEADER + "0,fp32,a.pt," + "x".repeat(65) + "\n", "expected at most 64");
  }

  @Test
  void twoRowsOfOneCellNeedLabels() throws IOException {
    refuses(
        HEADER + "0,int8,a.pt,\n0,fp32,a.pt,\n0.0,int8,b.pt,\n",
        "record 3 (line 4): is int8 at pruning level 0.0 of 'quantised', as record 1 is; give each"
            + " a label of its own");
    refuses(HEADER + "0,int8,a.pt,x\n0,int8,b.pt,x\n", "of 'x', as record 1 is");
    assertEquals(2, read(HEADER + "0,int8,a.pt,x\n0,int8,b.pt,\n").size());
  }

  @Test
  void aFolderWithoutATableSaysWhatIsExpected() {
    Path absent = folder.resolve("absent.csv");
    String message =
        assertThrows(IOException.class, () -> GivenVariantTable.read(absent, "x")).getMessage();
    assertEquals(
        absent
            + ": no such file; expected a table with the columns pruning_level, precision, path and"
            + " optionally label",
        message);
  }

  @Test
  void endlessTablesAreRefused() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i <= 10_000; i++) {
      rows.append("0,fp32,a.pt,x").append(i).append('\n');
    }
    refuses(rows.toString(), "record 10001 (line 10002): is more than 10000 rows");
  }

  private void refuses(String table, String expected) throws IOException {
    String message = assertThrows(IOException.class, () -> read(table)).getMessage();
    assertTrue(message.startsWith(folder.resolve("variants.csv") + ": "), message);
    assertTrue(message.contains(expected), message);
  }

  private List<GivenVariant> read(String table) throws IOException {
    return GivenVariantTable.read(
        Files.writeString(folder.resolve("variants.csv"), table), "quantised");
  }

  private static GivenVariant given(String model, double level, Precision precision, String path) {
    return new GivenVariant(new Variant(model, level, precision), path);
  }
}
