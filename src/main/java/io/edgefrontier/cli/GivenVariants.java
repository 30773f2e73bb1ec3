package io.edgefrontier.cli;

import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.VariantSettings;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.prepare.GivenPath;
import io.edgefrontier.result.GivenVariantTable;
import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The archives made elsewhere that {@code --variants} names.
 *
 * @param table variants.csv, or whatever its name is
 */
record GivenVariants(Path table) {

  /** Returns those of a table, or of the variants.csv in a folder. */
  static GivenVariants of(Path tableOrFolder) {
    return new GivenVariants(
        Files.isDirectory(tableOrFolder) ? tableOrFolder.resolve("variants.csv") : tableOrFolder);
  }

  /** Returns the folder that the archives' paths are relative to. */
  Path folder() {
    return table.toAbsolutePath().normalize().getParent();
  }

  /** Returns the name of the variants without a label: the folder's, fit for file names. */
  String name() {
    String folder = String.valueOf(folder().getFileName());
    String plain = folder.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[^A-Za-z0-9]+", "");
    return plain.isEmpty() || plain.equals("null") ? "given" : plain;
  }

  /** Returns the levels and precisions of the table, as settings. */
  Map<SettingKey, String> axes() throws IOException {
    List<GivenVariant> rows = rows();
    return Map.of(
        SettingKey.PRUNING_LEVELS, axis(rows, Variant::pruningLevel),
        SettingKey.PRECISIONS, axis(rows, variant -> variant.precision().label()));
  }

  private static String axis(List<GivenVariant> rows, Function<Variant, Object> value) {
    return rows.stream()
        .map(row -> String.valueOf(value.apply(row.variant())))
        .distinct()
        .collect(Collectors.joining(","));
  }

  /**
   * Returns the rows of the chosen levels and precisions.
   *
   * @throws IOException if the table is malformed
   * @throws IllegalArgumentException if no row has a chosen level or precision
   */
  List<GivenVariant> chosen(VariantSettings settings) throws IOException {
    List<GivenVariant> rows = rows();
    List<Variant> chosen =
        SweepPlans.chosen(rows.stream().map(GivenVariant::variant).toList(), settings, table + "");
    return rows.stream().filter(row -> chosen.contains(row.variant())).toList();
  }

  /** Returns the size of the largest archive that is there. */
  OptionalLong largestBytes() throws IOException {
    return rows().stream().mapToLong(this::bytes).filter(bytes -> bytes > 0).max();
  }

  private long bytes(GivenVariant row) {
    try {
      return Files.size(GivenPath.resolve(folder(), row.path()));
    } catch (IOException e) {
      return 0; // its own row will say what is wrong
    }
  }

  private List<GivenVariant> rows() throws IOException {
    return GivenVariantTable.read(table, name());
  }

  /**
   * Returns the samples that archives are tried on; they also say what the input's shape is.
   * Without accuracy nobody asks how many classes an archive tells apart.
   */
  static Samples samples(Settings settings, DataSplit data) {
    return settings.data().accuracy() ? data.validation() : Samples.none(data.validation().shape());
  }

  /**
   * Returns a line for the table and each chosen archive, as sha256sum prints them; one without a
   * readable file has none.
   */
  String checksums(Settings settings) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(String.valueOf(table.getFileName()), Sha256.of(table));
    for (GivenVariant row : chosen(settings.variants())) {
      try {
        sums.put(row.path(), Sha256.of(GivenPath.resolve(folder(), row.path())));
      } catch (IOException e) {
        sums.remove(row.path()); // its row in the run says what is wrong with it
      }
    }
    return sums.entrySet().stream()
        .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
        .collect(Collectors.joining());
  }
}
