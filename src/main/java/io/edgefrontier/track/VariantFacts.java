package io.edgefrontier.track;

import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.CellError;
import io.edgefrontier.result.CsvTable;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.Predictions;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run's tables say of its variants, beside JMH's results. */
final class VariantFacts {
  private final Map<Variant, ManifestEntry> manifest = new LinkedHashMap<>();
  private final Map<Variant, String> accuracyErrors = new HashMap<>();
  private final Map<Cell, String> benchErrors = new LinkedHashMap<>();
  private final Map<String, Answers> answers = new HashMap<>();

  private VariantFacts() {}

  /** Returns the facts of a file that has no run around it: none. */
  static VariantFacts none() {
    return new VariantFacts();
  }

  /**
   * Reads the tables of a run's folder, as far as they are there.
   *
   * @throws IOException naming file, record and column if one is malformed
   */
  static VariantFacts read(Path folder) throws IOException {
    VariantFacts facts = new VariantFacts();
    rows(folder.resolve("variants.csv"), ManifestTable.TABLE)
        .forEach(entry -> facts.manifest.put(entry.variant(), entry));
    rows(folder.resolve("bench_errors.csv"), CellError.TABLE)
        .forEach(error -> facts.benchErrors.put(error.cell(), error.error()));
    rows(folder.resolve("accuracy.csv"), AccuracyRow.TABLE).stream()
        .filter(row -> !row.error().isEmpty())
        .forEach(row -> facts.accuracyErrors.put(row.variant(), row.error()));
    Path predictions = folder.resolve("predictions.csv");
    if (Files.exists(predictions)) {
      facts.addAnswers(Predictions.read(predictions));
    }
    return facts;
  }

  private static <T> List<T> rows(Path file, CsvTable<T> table) throws IOException {
    return Files.exists(file) ? table.read(file) : List.of();
  }

  private void addAnswers(Predictions predictions) {
    List<String> ids = predictions.variantIds();
    List<Predictions.Sample> samples = predictions.samples();
    List<BitSet> columns = new ArrayList<>();
    ids.forEach(id -> columns.add(new BitSet()));
    int hash = 1;
    for (int row = 0; row < samples.size(); row++) {
      Predictions.Sample sample = samples.get(row);
      hash = 31 * hash + sample.label();
      for (int column = 0; column < ids.size(); column++) {
        columns.get(column).set(row, sample.predicted().get(column) == sample.label());
      }
    }
    String fingerprint = "%d labels %08x".formatted(samples.size(), hash);
    for (int column = 0; column < ids.size(); column++) {
      answers.put(ids.get(column), Answers.of(fingerprint, samples.size(), columns.get(column)));
    }
  }

  /** Returns the model of entries that name none; empty where it is not known. */
  String model() {
    return manifest.keySet().stream().findFirst().map(Variant::model).orElse("");
  }

  /** Returns the variants that could not be made, with the reason. */
  Map<Variant, String> failedVariants() {
    Map<Variant, String> failed = new LinkedHashMap<>();
    manifest.forEach(
        (variant, entry) -> {
          if (!entry.error().isEmpty()) {
            failed.put(variant, entry.error());
          }
        });
    return failed;
  }

  /** Returns the cells that could not be measured, with the reason. */
  Map<Cell, String> failedCells() {
    return benchErrors;
  }

  /** Adds what is known of the cell's variant to its draft. */
  void addTo(CellDraft draft, Cell cell) {
    Variant variant = cell.variant();
    Optional.ofNullable(manifest.get(variant)).ifPresent(entry -> addEntry(draft, entry));
    Optional.ofNullable(benchErrors.get(cell)).ifPresent(draft::fail);
    Optional.ofNullable(accuracyErrors.get(variant))
        .ifPresent(reason -> draft.fail("no accuracy: " + reason));
    draft.answers(answers.getOrDefault(variant.id(), Answers.NONE));
  }

  private static void addEntry(CellDraft draft, ManifestEntry entry) {
    draft.fail(entry.error());
    entry.archive().ifPresent(archive -> addArchive(draft, archive));
  }

  private static void addArchive(CellDraft draft, Archive archive) {
    draft.condition("archive", archive.sha256());
    draft.exact(Metric.ARCHIVE_BYTES, archive.bytes());
    draft.exact(Metric.PARAMETERS, archive.parameters());
    archive.macs().ifPresent(macs -> draft.exact(Metric.MACS, macs));
  }
}
