package io.edgefrontier.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * predictions.csv: what each variant takes each validation sample for.
 *
 * @param variantIds one per column, in file order
 */
public record Predictions(List<String> variantIds, List<Sample> samples) {
  public Predictions {
    variantIds = List.copyOf(variantIds);
    samples = List.copyOf(samples);
    if (new HashSet<>(variantIds).size() != variantIds.size()) {
      throw new IllegalArgumentException("variants must not repeat, got " + variantIds);
    }
    for (Sample sample : samples) {
      if (sample.predicted().size() != variantIds.size()) {
        throw new IllegalArgumentException(
            "sample %s has %s predictions for %s variants"
                .formatted(sample.index(), sample.predicted().size(), variantIds.size()));
      }
    }
  }

  /**
   * One validation sample.
   *
   * @param index place in the validation split, from 0
   * @param label the class that it is
   * @param predicted the class that each variant takes it for
   */
  public record Sample(long index, int label, List<Integer> predicted) {
    public Sample {
      predicted = List.copyOf(predicted);
    }
  }

  /** Writes predictions.csv. */
  public void write(Path target) throws IOException {
    table(variantIds).write(target, samples);
  }

  /**
   * Reads predictions.csv; every column behind {@code sample} and {@code label} is a variant.
   *
   * @throws IOException naming file, record, column, what was found and what was expected
   */
  public static Predictions read(Path source) throws IOException {
    List<String> variantIds;
    try (CsvFile file = CsvFile.open(source)) {
      file.require(List.of("sample", "label"));
      variantIds =
          file.columns().stream()
              .filter(name -> !name.equals("sample") && !name.equals("label"))
              .toList();
    }
    return new Predictions(variantIds, table(variantIds).read(source));
  }

  private static CsvTable<Sample> table(List<String> variantIds) {
    List<CsvColumn<Sample>> columns = new ArrayList<>();
    columns.add(CsvColumn.whole("sample", Sample::index));
    columns.add(CsvColumn.whole("label", Sample::label));
    for (int i = 0; i < variantIds.size(); i++) {
      int variant = i;
      columns.add(CsvColumn.whole(variantIds.get(i), sample -> sample.predicted().get(variant)));
    }
    return new CsvTable<>(columns, row -> parse(row, variantIds), Sample::index);
  }

  private static Sample parse(CsvRow row, List<String> variantIds) throws IOException {
    List<Integer> predicted = new ArrayList<>();
    for (String id : variantIds) {
      predicted.add(Math.toIntExact(row.whole(id)));
    }
    return new Sample(row.whole("sample"), Math.toIntExact(row.whole("label")), predicted);
  }
}
