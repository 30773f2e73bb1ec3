package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** variants.csv, the manifest: every variant with its archive, or why there is none. */
public final class ManifestTable {
  /** The table; a variant may occur only once. */
  public static final CsvTable<ManifestEntry> TABLE =
      new CsvTable<>(columns(), ManifestTable::parse, ManifestEntry::variant);

  private ManifestTable() {}

  private static List<CsvColumn<ManifestEntry>> columns() {
    List<CsvColumn<ManifestEntry>> columns =
        new ArrayList<>(CsvColumn.ofVariant(ManifestEntry::variant));
    columns.add(archiveText("path", Archive::path));
    columns.add(archiveText("archive_sha256", Archive::sha256));
    columns.add(archiveWhole("archive_bytes", Archive::bytes));
    columns.add(archiveText("input_shape", a -> CsvColumn.shape(a.sampleShape())));
    columns.add(archiveWhole("parameters", Archive::parameters));
    columns.add(archiveOptional("macs", Archive::macs));
    columns.add(archiveWhole("model_memory_bytes", Archive::modelBytes));
    columns.add(archiveOptional("peak_activation_bytes", Archive::peakActivationBytes));
    columns.add(CsvColumn.text("error", ManifestEntry::error).optional());
    columns.addAll(DivergenceColumns.of(ManifestEntry::divergence));
    columns.add(archiveText("lowering", Archive::lowering).optional());
    return columns;
  }

  private static CsvColumn<ManifestEntry> archiveText(
      String name, Function<Archive, String> value) {
    return CsvColumn.text(name, entry -> entry.archive().map(value).orElse(""));
  }

  private static CsvColumn<ManifestEntry> archiveWhole(String name, ToLongFunction<Archive> value) {
    return CsvColumn.archive(name, ManifestEntry::archive, value);
  }

  private static CsvColumn<ManifestEntry> archiveOptional(
      String name, Function<Archive, OptionalLong> value) {
    return CsvColumn.archiveOptional(name, ManifestEntry::archive, value);
  }

  private static ManifestEntry parse(CsvRow row) throws IOException {
    String error = row.text("error");
    if (!error.isEmpty()) {
      return ManifestEntry.failed(row.variant(), error);
    }
    return ManifestEntry.made(
        row.variant(),
        new Archive(
            row.requiredText("path"),
            row.requiredText("archive_sha256"),
            row.whole("archive_bytes"),
            row.shape("input_shape"),
            row.whole("parameters"),
            row.optionalWhole("macs"),
            row.whole("model_memory_bytes"),
            row.optionalWhole("peak_activation_bytes"),
            row.text("lowering")),
        DivergenceColumns.read(row));
  }
}
