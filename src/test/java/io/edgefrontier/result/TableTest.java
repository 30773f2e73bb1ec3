package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Divergence;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files: what every published table looks like, byte for byte, in any locale. */
class TableTest {
  private static final Locale DEFAULT = Locale.getDefault();
  private static final Variant FP32 = new Variant("resnet8", 0, Precision.FP32);
  private static final Variant INT8 = new Variant("resnet8", 0.5, Precision.INT8);
  private static final Archive OLD_ARCHIVE =
      new Archive(
          "variants/a.pt", "ab12", 12_345, List.of(1, 28, 28), 77_850, 2_000_000, 1 << 20, 1 << 18);
  private static final Archive ARCHIVE =
      new Archive(
          "variants/a.pt",
          "ab12",
          12_345,
          List.of(1, 28, 28),
          77_850,
          OptionalLong.of(2_000_000),
          1 << 20,
          OptionalLong.of(1 << 18),
          "rule");

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  private Path file() {
    return folder.resolve("table.csv");
  }

  private void assertGolden(String golden) throws IOException {
    assertEquals(golden.replace("\n", "\r\n"), Files.readString(file()));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(file(), text);
  }

  private static final List<ManifestEntry> MANIFEST =
      List.of(
          ManifestEntry.made(FP32, ARCHIVE, new Divergence(0.5, 0.125, 0.875, "256 samples")),
          ManifestEntry.failed(INT8, "conv1: \"scale\" is 0, expected > 0"));

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void manifest(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    ManifestTable.TABLE.write(file(), MANIFEST);
    assertGolden(
        """
        model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,parameters,macs,model_memory_bytes,peak_activation_bytes,error,logit_diff_max,logit_diff_mean,argmax_agreement,logit_diff_source,lowering
        resnet8,0,fp32,variants/a.pt,ab12,12345,1x28x28,77850,2000000,1048576,262144,,0.5,0.125,0.875,256 samples,rule
        resnet8,0.5,int8,,,,,,,,,"conv1: ""scale"" is 0, expected > 0",,,,,
        """);
    assertEquals(MANIFEST, ManifestTable.TABLE.read(file()));
  }

  @Test
  void readsAManifestFromBeforeVariantsWereCompared() throws IOException {
    write(
        """
        model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,parameters,macs,model_memory_bytes,peak_activation_bytes,error
        resnet8,0,fp32,variants/a.pt,ab12,12345,1x28x28,77850,2000000,1048576,262144,
        """);
    assertEquals(
        List.of(ManifestEntry.made(FP32, OLD_ARCHIVE, Divergence.ABSENT)),
        ManifestTable.TABLE.read(file()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void accuracy(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    List<AccuracyRow> rows =
        List.of(
            new AccuracyRow(FP32, 360, 350, new Accuracy(350 / 360.0, 0.95, 0.985, 0, 1), ""),
            AccuracyRow.failed(INT8, "archive does not load"));
    AccuracyRow.TABLE.write(file(), rows);
    assertGolden(
        """
        model,pruning_level,precision,samples,correct,accuracy,accuracy_ci95_low,accuracy_ci95_high,accuracy_delta,accuracy_p_value,error
        resnet8,0,fp32,360,350,0.9722222222222222,0.95,0.985,0,1,
        resnet8,0.5,int8,0,0,,,,,,archive does not load
        """);
    assertEquals(rows, AccuracyRow.TABLE.read(file()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void layersPredictionsAndErrors(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    List<LayerRow> layers =
        List.of(
            new LayerRow(
                INT8,
                "conv1",
                "conv2d",
                List.of(16, 28, 28),
                160,
                640,
                OptionalLong.of(112_896),
                "aten::contiguous + aten::quantize_per_tensor",
                12.5),
            new LayerRow(
                INT8,
                "map",
                "opaque torch.einsum",
                List.of(9),
                0,
                0,
                OptionalLong.empty(),
                "",
                Double.NaN));
    LayerRow.TABLE.write(file(), layers);
    assertGolden(
        """
        model,pruning_level,precision,layer,op,output_shape,parameters,stored_bytes,macs,expression,service_time_us
        resnet8,0.5,int8,conv1,conv2d,16x28x28,160,640,112896,aten::contiguous + aten::quantize_per_tensor,12.5
        resnet8,0.5,int8,map,opaque torch.einsum,9,0,0,,,
        """);
    assertEquals(layers, LayerRow.TABLE.read(file()));

    Predictions predictions =
        new Predictions(
            List.of(FP32.id(), INT8.id()),
            List.of(
                new Predictions.Sample(0, 7, List.of(7, 1)),
                new Predictions.Sample(1, 3, List.of(3, 3))));
    predictions.write(file());
    assertGolden(
        """
        sample,label,resnet8-p0.0-fp32,resnet8-p0.5-int8
        0,7,7,1
        1,3,3,3
        """);
    assertEquals(predictions, Predictions.read(file()));

    List<CellError> errors = List.of(new CellError(new Cell(INT8, 32, 2), "fork died, exit 134"));
    CellError.TABLE.write(file(), errors);
    assertGolden(
        """
        model,pruning_level,precision,batch_size,threads,error
        resnet8,0.5,int8,32,2,"fork died, exit 134"
        """);
    assertEquals(errors, CellError.TABLE.read(file()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void tradeoffsAndHardware(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Cell cell = new Cell(INT8, 1, 1);
    List<PrecisionTradeoff> tradeoffs =
        List.of(new PrecisionTradeoff(cell, 0.5, 0.25, -0.0125, Double.NaN));
    PrecisionTradeoff.TABLE.write(file(), tradeoffs);
    assertGolden(
        """
        model,pruning_level,precision,batch_size,threads,latency_ratio_vs_fp32,speedup_vs_fp32,memory_ratio_vs_fp32,accuracy_delta_vs_fp32,energy_proxy_ratio_vs_fp32
        resnet8,0.5,int8,1,1,0.5,2,0.25,-0.0125,
        """);
    assertEquals(tradeoffs, PrecisionTradeoff.TABLE.read(file()));

    List<HardwareUse> uses =
        List.of(
            new HardwareUse(
                cell, 1000, 8000, 1.5, 0.1875, 8, Optional.of(HardwareUse.Regime.COMPUTE_BOUND)),
            new HardwareUse(new Cell(INT8, 2, 1), 1000, 8000, 1.5, 0.1875, 8, Optional.empty()));
    HardwareUse.TABLE.write(file(), uses);
    assertGolden(
        """
        model,pruning_level,precision,batch_size,threads,bytes,macs,gmac_per_s,gb_per_s,arithmetic_intensity,roofline_regime
        resnet8,0.5,int8,1,1,1000,8000,1.5,0.1875,8,compute-bound
        resnet8,0.5,int8,2,1,1000,8000,1.5,0.1875,8,
        """);
    assertEquals(uses, HardwareUse.TABLE.read(file()));
  }

  private static SweepRow sweepRow() {
    return new SweepRow(
        new Cell(FP32, 4, 2),
        true,
        "",
        12,
        new Accuracy(0.975, 0.95, 0.9875, 0, 1),
        new Latency(
            0.5,
            new ReferenceRatio(1.25, 1, 1.5, 0.2),
            0.25,
            0.4,
            0.6,
            0.55,
            0.1,
            new Percentiles(0.5, 0.7, 0.8, 0.9, Double.NaN)),
        new Startup(120.5, 110, 130.5, 80),
        new UnderLoad(
            4321, new ResponseTime(100, new Percentiles(0.7, 1.5, Double.NaN, 3, Double.NaN))),
        new Memory(1, 0.25 * 4, new ResidentMemory(470.5, 12.25, -0.5)),
        new Energy(1.0E-5, 0.002, 0.001, "rapl:package-0"),
        Optional.of(ARCHIVE),
        List.of(Optional.of(true), Optional.of(false)),
        new Evidence(3, 1_000_000_000_000L, OptionalInt.of(1)),
        new Divergence(0.5, 0.125, Double.NaN, "8 patterns"));
  }

  private static SweepRow failedRow() {
    return new SweepRow(
        new Cell(INT8, 1, 1),
        false,
        "no latency: jmh.json has no entry",
        12,
        Accuracy.ABSENT,
        Latency.ABSENT,
        Startup.ABSENT,
        UnderLoad.ABSENT,
        Memory.ABSENT,
        Energy.ABSENT,
        Optional.empty(),
        List.of(Optional.empty(), Optional.empty()),
        Evidence.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
  void sweep(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    new SweepTable(List.of(0.25, 10.0), List.of(sweepRow(), failedRow())).write(file());
    assertGolden(
        """
        model,pruning_level,precision,batch_size,threads,accepted,error,active_budget_mb,accuracy,accuracy_ci95_low,accuracy_ci95_high,accuracy_delta,accuracy_p_value,latency_ms,latency_ratio,latency_ratio_ci95_low,latency_ratio_ci95_high,reference_ms,latency_raw_ms,latency_ci95_low_ms,latency_ci95_high_ms,latency_mean_ms,latency_std_ms,latency_p50_ms,latency_p90_ms,latency_p95_ms,latency_p99_ms,latency_p999_ms,cold_start_ms,cold_start_ci95_low_ms,cold_start_ci95_high_ms,model_load_ms,throughput_sps,throughput_measured_sps,arrival_rate_per_s,response_p50_ms,response_p90_ms,response_p99_ms,response_p999_ms,memory_mb,model_memory_mb,peak_activation_mb,runtime_memory_mb,peak_rss_mb,model_rss_mb,leak_kb_per_1k,archive_bytes,parameters,macs,energy_proxy_j,energy_j,energy_net_j,energy_source,violates_0.25mb,violates_10mb,forks,samples,disturbed_forks,archive_sha256,logit_diff_max,logit_diff_mean,argmax_agreement,logit_diff_source
        resnet8,0,fp32,4,2,true,,12,0.975,0.95,0.9875,0,1,0.5,1.25,1,1.5,0.2,0.25,0.4,0.6,0.55,0.1,0.5,0.7,0.8,0.9,,120.5,110,130.5,80,8000,4321,100,0.7,1.5,3,,1,1,1,2,470.5,12.25,-0.5,12345,77850,2000000,1.0E-5,0.002,0.001,rapl:package-0,true,false,3,1000000000000,1,ab12,0.5,0.125,,8 patterns
        resnet8,0.5,int8,1,1,false,no latency: jmh.json has no entry,12,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,0,0,,,,,,
        """);
    SweepTable read = SweepTable.read(file());
    assertEquals(List.of(0.25, 10.0), read.budgetsMb());
    assertEquals(failedRow(), read.rows().get(1));
    SweepRow row = read.rows().get(0);
    assertEquals(sweepRow().withArchive(row.archive()), row);
    assertEquals(ARCHIVE.modelBytes(), row.archive().orElseThrow().modelBytes());
    byte[] first = Files.readAllBytes(file());
    read.write(file());
    assertEquals(
        new String(first, StandardCharsets.UTF_8), Files.readString(file()), "a second round trip");
  }

  @Test
  void readsASweepFromBeforeThePairedReference() throws IOException {
    write(
        """
        model,pruning_level,precision,batch_size,threads,accepted,accuracy,latency_ms,latency_ratio,forks,samples
        resnet8,0,fp32,1,1,true,0.975,0.5,,3,100
        """);
    SweepRow row = SweepTable.read(file()).rows().get(0);
    assertEquals(0.5, row.latency().medianMs());
    assertEquals(ReferenceRatio.ABSENT, row.latency().reference());
    assertEquals(Startup.ABSENT, row.startup());
    assertEquals(UnderLoad.ABSENT, row.load());
    assertEquals(new Evidence(3, 100, OptionalInt.empty()), row.evidence());
  }

  @Test
  void keepsTheOrderOfManyRows() throws IOException {
    List<CellError> rows = new ArrayList<>();
    for (int i = 1; i <= 5000; i++) {
      rows.add(new CellError(new Cell(FP32, i, 1), "error " + i));
    }
    CellError.TABLE.write(file(), rows);
    assertEquals(rows, CellError.TABLE.read(file()));
  }

  @Test
  void readsWhatOtherProgramsWrite() throws IOException {
    write(
        """
        \uFEFFcomment,precision,model,pruning_level,accuracy,correct,samples

        größe,INT8,модель,5e-1,1.0,8.0,8
        """);
    AccuracyRow row = AccuracyRow.TABLE.read(file()).get(0);
    assertEquals(new Variant("модель", 0.5, Precision.INT8), row.variant());
    assertEquals(8, row.correct());
    assertEquals("", row.error());
  }

  private String messageOfReading(String text) throws IOException {
    write(text);
    IOException error = assertThrows(IOException.class, () -> AccuracyRow.TABLE.read(file()), text);
    return error.getMessage().replace(folder.toString(), "").substring(1);
  }

  @Test
  void errorsNameFileRecordColumnFoundAndExpected() throws IOException {
    String header = "model,pruning_level,precision,accuracy\n";
    assertEquals(
        "table.csv: record 2 (line 3), column 'accuracy': found '0,9', expected a finite decimal"
            + " number such as 0.25, or nothing",
        messageOfReading(header + "m,0,fp32,0.5\nm,0.5,fp32,\"0,9\"\n"));
    assertEquals(
        "table.csv: record 1 (line 2), column 'accuracy': found '1.5', expected a share in [0, 1]",
        messageOfReading(header + "m,0,fp32,1.5\n"));
    assertEquals(
        "table.csv: record 1 (line 2), column 'precision': unknown precision 'int4'; available:"
            + " fp32, bf16, fp16, int8",
        messageOfReading(header + "m,0,int4,0.5\n"));
    assertEquals(
        "table.csv: record 1 (line 2), column 'pruning_level': found '1', expected a share in [0,"
            + " 1)",
        messageOfReading(header + "m,1,fp32,0.5\n"));
    assertEquals(
        "table.csv: record 1 (line 2) has 3 fields, the header has 4",
        messageOfReading(header + "m,0,fp32\n"));
    assertEquals(
        "table.csv: record 2 (line 3): repeats record 1: Variant[model=m, pruningLevel=0.5,"
            + " precision=FP32]",
        messageOfReading(header + "m,0.5,fp32,1\nm,0.50,fp32,1\n"));
    assertEquals(
        "table.csv: no column 'accuracy' (nearest: 'acuracy'); columns found: model,"
            + " pruning_level, precision, acuracy",
        messageOfReading("model,pruning_level,precision,acuracy\n"));
    assertEquals("table.csv: header has column 'model' twice", messageOfReading("model,model\n"));
    assertEquals("table.csv: is empty, expected a header of column names", messageOfReading(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "1f", "0x1p-3", "1_0", "١", "1e999", "--1", "."})
  void refusesNumbersThatOtherReadersWouldNotTake(String number) throws IOException {
    String message =
        messageOfReading("model,pruning_level,precision,accuracy\nm,0," + "fp32," + number + "\n");
    assertTrue(
        message.startsWith("table.csv: record 1 (line 2), column 'accuracy': found '"), message);
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.write(
        file(),
        "model,pruning_level,precision,accuracy\nm\u00fc,0,fp32,1\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    IOException error = assertThrows(IOException.class, () -> AccuracyRow.TABLE.read(file()));
    assertEquals(
        file() + ": record 1 (line 2), column 'model': text is not UTF-8; save the file as UTF-8",
        error.getMessage());
  }

  @Test
  void refusesAnUnclosedQuote() throws IOException {
    String message = messageOfReading("model,pruning_level,precision,accuracy\n\"m,0,fp32,1\n");
    assertEquals("table.csv: not CSV", message.substring(0, 18));
  }
}
