package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Part;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.GuardedCsv;
import java.util.List;

/**
 * A table as CSV: a record for each cell of each run, figures in the units of sweep_results.csv and
 * at full precision. The columns before those that were asked for are always the same.
 */
final class CsvRecords {
  private static final List<String> ALWAYS =
      List.of(
          "run",
          "machine_id",
          "commit",
          "started",
          "model",
          "pruning_level",
          "precision",
          "batch_size",
          "threads",
          "accepted",
          "recommended",
          "error");

  private final PublishedTable table;
  private final GuardedCsv csv = new GuardedCsv();

  private CsvRecords(PublishedTable table) {
    this.table = table;
  }

  /** Returns the header and the records, run by run. */
  static String of(PublishedTable table) {
    return new CsvRecords(table).text();
  }

  private String text() {
    ALWAYS.forEach(csv::text);
    asked().forEach(this::name);
    csv.endRecord();
    for (int run = 0; run < table.runs().size(); run++) {
      for (Section section : table.sections()) {
        for (Row row : section.rows()) {
          if (row.parts().get(run).isPresent()) {
            record(table.runs().get(run), row.cell(), row.parts().get(run).get());
          }
        }
      }
    }
    return csv.toString();
  }

  private List<Heading> asked() {
    return table.headings().stream()
        .filter(heading -> !ALWAYS.contains(heading.column().name()))
        .toList();
  }

  private void name(Heading heading) {
    csv.text(heading.column().name());
    if (heading.column() instanceof Figures figures) {
      figures.ends().forEach(csv::text);
      if (figures.better() != Better.NEITHER) {
        csv.text("best_" + figures.name());
      }
    }
  }

  private void record(NamedRun run, Cell cell, Part part) {
    csv.text(VisibleText.of(run.name()));
    csv.text(VisibleText.of(run.run().machineId()));
    csv.text(VisibleText.of(run.run().commit()));
    csv.text(VisibleText.of(run.run().time()));
    csv.text(VisibleText.of(cell.variant().model()));
    csv.number(cell.variant().pruningLevel());
    csv.text(cell.variant().precision().label());
    csv.number(cell.batchSize());
    csv.number(cell.threads());
    csv.flag(part.view().row().accepted());
    csv.flag(part.view().findings().isRecommended(part.view().row()));
    csv.text(VisibleText.of(part.view().row().error()));
    for (Heading heading : asked()) {
      field(heading, part.entries().get(table.headings().indexOf(heading)));
    }
    csv.endRecord();
  }

  private void field(Heading heading, Entry entry) {
    if (!(heading.column() instanceof Figures figures)) {
      csv.text(VisibleText.of(entry.text()));
      return;
    }
    csv.number(entry.figure().value());
    if (!figures.ends().isEmpty()) {
      csv.number(entry.figure().low());
      csv.number(entry.figure().high());
    }
    if (figures.better() != Better.NEITHER) {
      csv.flag(entry.best());
    }
  }
}
