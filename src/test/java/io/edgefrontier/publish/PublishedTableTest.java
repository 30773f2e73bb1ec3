package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import io.edgefrontier.report.Sweeps;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedTableTest {
  private static final PublishedRun TYPICAL = PublishedRuns.typical();

  private static PublishedTable table(String columns, String sort, String baseline) {
    List<String> names = columns.isEmpty() ? List.of() : List.of(columns.split(",", -1));
    return PublishedTable.of(
        List.of(TYPICAL), new TableOptions(names, sort, Optional.empty(), baseline));
  }

  private static PublishedTable of(List<SweepRow> rows, String... columns) {
    return PublishedTable.of(
        List.of(PublishedRuns.of("m", Sweeps.findings(rows))),
        new TableOptions(List.of(columns), "", Optional.empty(), ""));
  }

  private static List<Row> rows(PublishedTable table) {
    return table.sections().stream().flatMap(section -> section.rows().stream()).toList();
  }

  private static List<String> texts(PublishedTable table, String column) {
    return entries(table, 0, column).stream().map(Entry::text).toList();
  }

  private static List<Entry> entries(PublishedTable table, int run, String column) {
    List<String> names = table.headings().stream().map(heading -> heading.column().name()).toList();
    return rows(table).stream()
        .map(row -> row.parts().get(run).map(part -> part.entries().get(names.indexOf(column))))
        .map(entry -> entry.orElse(Entry.ABSENT))
        .toList();
  }

  private static SweepRow timed(double level, double ms, double half, int correct, double modelMb) {
    return Sweeps.row(
        Sweeps.cell("mlp", level, Precision.FP32),
        Sweeps.latency(ms, ms - half, ms + half, Double.NaN),
        Sweeps.wilson(correct, 360),
        modelMb);
  }

  @Test
  void makesTheBestAndWhatTiesWithItBold() {
    PublishedTable table =
        of(
            List.of(
                timed(0, 0.30, 0.02, 350, 0.1),
                timed(0.25, 0.33, 0.02, 349, 0.1),
                timed(0.5, 0.36, 0.02, 200, 0.08)),
            "latency",
            "accuracy",
            "memory");

    assertEquals(List.of(true, true, false), bold(table, "latency_ms"));
    assertEquals(List.of(true, true, false), bold(table, "accuracy"));
    assertEquals(List.of(false, false, true), bold(table, "model_memory_mb"));
  }

  private static List<Boolean> bold(PublishedTable table, String column) {
    return entries(table, 0, column).stream().map(Entry::best).toList();
  }

  @Test
  void makesNoRejectedCellBold() {
    PublishedTable table =
        of(List.of(timed(0, 0.1, 0.01, 355, 0.9), timed(0.5, 0.3, 0.01, 300, 0.1)), "latency");

    assertEquals(List.of(false, true), bold(table, "latency_ms"));
  }

  @Test
  void findsTheBestOfEachGroup() {
    PublishedTable table =
        PublishedTable.of(
            List.of(TYPICAL),
            new TableOptions(List.of("latency"), "", Optional.of(GroupBy.PRECISION), ""));

    assertEquals(
        List.of("precision fp32", "precision bf16", "precision fp16", "precision int8"),
        table.sections().stream().map(Section::title).toList());
    for (Section section : table.sections()) {
      assertEquals(
          1,
          section.rows().stream()
              .filter(row -> row.parts().get(0).orElseThrow().entries().get(0).best())
              .count(),
          section.title());
    }
  }

  @Test
  void sortsByLatencyWithFailedCellsLast() {
    PublishedTable table = table("latency", "", "");

    List<Double> figures =
        entries(table, 0, "latency_ms").stream().map(entry -> entry.figure().value()).toList();
    assertEquals(figures.stream().sorted().toList(), figures);
    assertTrue(figures.get(15).isNaN());
    assertEquals("fork 2: exit 134, no result", texts(table, "error").get(15));
  }

  @Test
  void sortsDownwardsWithAbsentFiguresStillLast() {
    List<Double> figures =
        entries(table("accuracy", "-accuracy", ""), 0, "accuracy").stream()
            .map(entry -> -entry.figure().value())
            .toList();

    assertEquals(figures.stream().sorted().toList(), figures);
    assertTrue(figures.get(15).isNaN());
  }

  @Test
  void sortsByWordsAndByColumnsThatAreNotShown() {
    List<String> verdicts = texts(table("budget,latency", "-budget", ""), "budget");

    assertEquals("rejected", verdicts.get(0));
    assertEquals("failed", verdicts.get(15));
    assertEquals("0.00", rows(table("accuracy", "pruning_level", "")).get(0).keys().get(0).text());
  }

  @Test
  void tellsVerdictsInWords() {
    PublishedTable table = table("budget,exceeds,frontier", "", "");

    assertEquals(List.of("accepted", "failed", "rejected"), distinct(table, "budget"));
    assertEquals(List.of("", "0.05", "0.05, 0.15", "none"), distinct(table, "exceeds"));
    assertTrue(distinct(table, "frontier").contains("latency, energy, memory"));
    assertTrue(distinct(table, "frontier").contains("none"));
  }

  private static List<String> distinct(PublishedTable table, String column) {
    return texts(table, column).stream().distinct().sorted().toList();
  }

  @Test
  void dividesLatencyByTheBaselines() {
    List<Entry> ofVariant = entries(table("", "", "resnet8-p0.0-fp32"), 0, "latency_to_baseline");
    List<Entry> ofPrecision = entries(table("", "", "fp32"), 0, "latency_to_baseline");

    assertEquals(1, ofVariant.stream().filter(entry -> entry.text().equals("1")).count());
    assertEquals(4, ofPrecision.stream().filter(entry -> entry.text().equals("1")).count());
    Figure fastest = ofVariant.get(0).figure();
    assertEquals(0.1047 / 0.3262, fastest.value(), 1e-12);
    assertTrue(fastest.low() < fastest.value() && fastest.value() < fastest.high());
    assertEquals("", ofVariant.get(15).text(), "a failed cell has no ratio");
  }

  @Test
  void leavesAbsentFiguresAbsentInEveryFormat() {
    Cell cell = Sweeps.cell("mlp", 0, Precision.FP32);
    SweepRow row =
        Sweeps.row(
            cell,
            Sweeps.latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
            Sweeps.wilson(1, 2),
            0.1);
    PublishedTable table = of(List.of(row), "latency", "energy", "cold_start", "p99");

    assertEquals(List.of(""), texts(table, "latency_ms"));
    assertTrue(TableFormat.MARKDOWN.text(table).contains("| fp32      |            - |"));
    assertTrue(
        TableFormat.CSV.text(table).contains(",true,true,,,,,false,,,,false,,,,false,,false\r\n"));
    assertTrue(TableFormat.JSON.text(table).contains("\"latency_ms\": null"));
    assertTrue(TableFormat.HTML.text(table).contains("<td class=\"number\">-</td>"));
    assertTrue(TableFormat.LATEX.text(table).contains("0 & fp32 & - & - & - & - \\\\"));
  }

  @Test
  void joinsRunsAndLeavesOutWhatOneLacks() {
    PublishedTable table =
        PublishedTable.of(
            List.of(TYPICAL, PublishedRuns.slower()),
            new TableOptions(List.of("latency"), "", Optional.empty(), ""));

    assertEquals(
        List.of("fe767307", "ci-arm64"), table.runs().stream().map(NamedRun::name).toList());
    assertEquals(16, rows(table).size());
    assertEquals(
        14, entries(table, 1, "latency_ms").stream().filter(e -> !e.text().isEmpty()).count());
    assertEquals(2, rows(table).stream().filter(row -> row.parts().get(1).isEmpty()).count());
    Heading latency = table.headings().get(0);
    assertEquals("latency (ms)", latency.text());
    assertEquals(
        List.of("fe767307", "ci-arm64 (latency modelled)"),
        table.runs().stream().map(NamedRun::heading).toList());
  }

  @Test
  void namesRunsByWhatTellsThemApart() {
    PublishedRun again =
        new PublishedRun(
            "t",
            TYPICAL.findings(),
            "fe767307",
            "0123456789",
            "T2",
            "",
            false,
            TYPICAL.environment());

    assertEquals(List.of("305b5a06", "01234567"), names(TYPICAL, again));
    assertEquals(
        List.of("2026-11-22T22:27:19Z", "2026-11-22T22:27:19Z #2"), names(TYPICAL, TYPICAL));
    assertEquals(
        List.of("fe767307 305b5a06", "fe767307 01234567", "ci-arm64 305b5a06"),
        names(TYPICAL, again, PublishedRuns.slower()));
    assertEquals(
        List.of("305b5a06 2026-11-22T22:27:19Z", "01234567 T2", "01234567 T2 #2"),
        names(TYPICAL, again, again));
  }

  private static List<String> names(PublishedRun... runs) {
    return RunNaming.of(List.of(runs)).stream().map(NamedRun::name).toList();
  }

  @Test
  void knowsEveryColumnOfTheFile() {
    List<String> names = new ArrayList<>(SweepTable.table(Sweeps.TRACKED_MB).columnNames());

    PublishedTable table = table(String.join(",", names), "", "");

    names.removeAll(ColumnCatalogue.KEYS);
    assertEquals(names, table.headings().stream().map(heading -> heading.column().name()).toList());
    assertEquals(List.of("no", "yes"), distinct(table, "violates_0.05mb").subList(1, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latncy     | ''      | ''       | no column 'latncy'; the nearest are latency",
        "latency    | accurcy | ''       | the nearest are accuracy",
        "baseline   | ''      | ''       | name the baseline, such as --baseline fp32",
        "latency    | ''      | resnet8-p0.0-fp3 | (nearest: resnet8-p0.0-fp32)",
        "latency    | ''      | int4     | (nearest: int8)",
        "zzzzzzzzzzzzzzz | '' | ''       | available: activations, agreement,",
      })
  void refusesWhatThereIsNotAndSaysWhatIs(
      String columns, String sort, String baseline, String reason) {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> table(columns, sort, baseline));

    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  void publishesARunInWhichEverythingFailedAndOneWithoutCells() {
    for (PublishedRun run :
        List.of(PublishedRuns.of("m", Sweeps.onlyErrors()), PublishedRuns.of("m", Sweeps.none()))) {
      PublishedTable table = PublishedTable.of(List.of(run), TableOptions.USUAL);
      for (TableFormat format : TableFormat.values()) {
        assertFalse(format.text(table).contains("NaN"), format.label());
      }
    }
  }
}
