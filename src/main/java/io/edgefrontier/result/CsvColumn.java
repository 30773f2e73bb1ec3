package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One column of a table: its name and how a row fills it.
 *
 * @param required whether a file without this column is refused by readers
 * @param plain whether fields are numbers or words that never need quotes
 * @param text the field of a row, unquoted; empty when absent
 */
record CsvColumn<T>(
    String name, boolean required, boolean plain, Function<? super T, String> text) {

  static <T> CsvColumn<T> text(String name, Function<? super T, String> value) {
    return new CsvColumn<>(name, true, false, value);
  }

  private static <T> CsvColumn<T> plain(String name, Function<? super T, String> value) {
    return new CsvColumn<>(name, true, true, value);
  }

  static <T> CsvColumn<T> number(String name, ToDoubleFunction<? super T> value) {
    return plain(name, row -> Decimals.text(value.applyAsDouble(row)));
  }

  static <T> CsvColumn<T> whole(String name, ToLongFunction<? super T> value) {
    return plain(name, row -> Long.toString(value.applyAsLong(row)));
  }

  static <T> CsvColumn<T> flag(String name, Function<? super T, Optional<Boolean>> value) {
    return plain(name, row -> value.apply(row).map(String::valueOf).orElse(""));
  }

  /** Returns a column of whole numbers of an archive, empty for a row that has none. */
  static <T> CsvColumn<T> archive(
      String name, Function<? super T, Optional<Archive>> archive, ToLongFunction<Archive> value) {
    return plain(
        name, row -> archive.apply(row).map(a -> Long.toString(value.applyAsLong(a))).orElse(""));
  }

  /** Returns this column, which files made elsewhere may do without. */
  CsvColumn<T> optional() {
    return new CsvColumn<>(name, false, plain, text);
  }

  /** Returns the columns that name a variant; {@link CsvRow#variant} reads them. */
  static <T> List<CsvColumn<T>> ofVariant(Function<? super T, Variant> variant) {
    return List.of(
        text("model", row -> variant.apply(row).model()),
        number("pruning_level", row -> variant.apply(row).pruningLevel()),
        plain("precision", row -> variant.apply(row).precision().label()));
  }

  /** Returns the columns that name a cell; {@link CsvRow#cell} reads them. */
  static <T> List<CsvColumn<T>> ofCell(Function<? super T, Cell> cell) {
    List<CsvColumn<T>> columns = new ArrayList<>(ofVariant(row -> cell.apply(row).variant()));
    columns.add(whole("batch_size", row -> cell.apply(row).batchSize()));
    columns.add(whole("threads", row -> cell.apply(row).threads()));
    return columns;
  }

  /** Returns a shape as files spell it, such as {@code 1x28x28}. */
  static String shape(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
