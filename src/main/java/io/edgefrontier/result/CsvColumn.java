package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One column of a table: its name and how a row fills it.
 *
 * @param required whether a file without this column is refused by readers
 * @param field adds the field of a row
 */
record CsvColumn<T>(String name, boolean required, Field<? super T> field) {

  /** Adds a row's field to the text of its record. */
  @FunctionalInterface
  interface Field<T> {
    void append(T row, CsvText text) throws IOException;
  }

  private static <T> CsvColumn<T> of(String name, Field<? super T> field) {
    return new CsvColumn<>(name, true, field);
  }

  static <T> CsvColumn<T> text(String name, Function<? super T, String> value) {
    return of(name, (row, text) -> text.text(value.apply(row)));
  }

  static <T> CsvColumn<T> number(String name, ToDoubleFunction<? super T> value) {
    return of(name, (row, text) -> text.number(value.applyAsDouble(row)));
  }

  static <T> CsvColumn<T> whole(String name, ToLongFunction<? super T> value) {
    return of(name, (row, text) -> text.whole(value.applyAsLong(row)));
  }

  static <T> CsvColumn<T> optionalWhole(String name, Function<? super T, OptionalLong> value) {
    return of(name, (row, text) -> value.apply(row).ifPresentOrElse(text::whole, text::absent));
  }

  static <T> CsvColumn<T> flag(String name, Function<? super T, Optional<Boolean>> value) {
    return of(name, (row, text) -> value.apply(row).ifPresentOrElse(text::flag, text::absent));
  }

  /** Returns a column of whole numbers of an archive, empty for a row that has none. */
  static <T> CsvColumn<T> archive(
      String name, Function<? super T, Optional<Archive>> archive, ToLongFunction<Archive> value) {
    return of(
        name,
        (row, text) ->
            archive
                .apply(row)
                .ifPresentOrElse(a -> text.whole(value.applyAsLong(a)), text::absent));
  }

  /** As {@link #archive}, also empty for an archive that does not have the number. */
  static <T> CsvColumn<T> archiveOptional(
      String name,
      Function<? super T, Optional<Archive>> archive,
      Function<Archive, OptionalLong> value) {
    return of(
        name,
        (row, text) ->
            archive
                .apply(row)
                .map(value)
                .orElse(OptionalLong.empty())
                .ifPresentOrElse(text::whole, text::absent));
  }

  /** Returns this column, which files made elsewhere may do without. */
  CsvColumn<T> optional() {
    return new CsvColumn<>(name, false, field);
  }

  /** Returns the columns that name a variant; {@link CsvRow#variant} reads them. */
  static <T> List<CsvColumn<T>> ofVariant(Function<? super T, Variant> variant) {
    return List.of(
        text("model", row -> variant.apply(row).model()),
        number("pruning_level", row -> variant.apply(row).pruningLevel()),
        text("precision", row -> variant.apply(row).precision().label()));
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
