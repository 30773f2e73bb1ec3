package io.edgefrontier.result;

import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One row of layers.csv: what one layer of a variant holds and costs.
 *
 * @param layer name of the layer; unique in its variant
 * @param op kind of operator, such as conv2d; {@link #OPAQUE} and a function for a call that is
 *     kept as it is
 * @param outputShape for one sample, without the batch dimension
 * @param parameters number of trained values
 * @param storedBytes of parameters and buffers, as the archive stores them
 * @param macs multiply-accumulates for one sample; absent where nobody knows them
 * @param expression the engine's operators that the variant's archive calls for it, such as
 *     aten::conv2d, in execution order with {@value #AND} between them; empty where there is none
 *     or nobody knows
 * @param serviceTimeUs microseconds that they took in one call on one batch, by the engine's
 *     profiler; NaN if they were not profiled
 */
public record LayerRow(
    Variant variant,
    String layer,
    String op,
    List<Integer> outputShape,
    long parameters,
    long storedBytes,
    OptionalLong macs,
    String expression,
    double serviceTimeUs) {
  /** Begins the kind of a call that the network's archive makes and the graph does not know. */
  public static final String OPAQUE = "opaque ";

  /** Stands between the operators of an expression. */
  public static final String AND = " + ";

  /** layers.csv; a layer may occur only once in its variant. */
  public static final CsvTable<LayerRow> TABLE =
      new CsvTable<>(columns(), LayerRow::parse, row -> row.variant().id() + " " + row.layer());

  public LayerRow {
    outputShape = List.copyOf(outputShape);
  }

  private static List<CsvColumn<LayerRow>> columns() {
    List<CsvColumn<LayerRow>> columns = new ArrayList<>(CsvColumn.ofVariant(LayerRow::variant));
    columns.add(CsvColumn.text("layer", LayerRow::layer));
    columns.add(CsvColumn.text("op", LayerRow::op));
    columns.add(CsvColumn.text("output_shape", row -> CsvColumn.shape(row.outputShape())));
    columns.add(CsvColumn.whole("parameters", LayerRow::parameters));
    columns.add(CsvColumn.whole("stored_bytes", LayerRow::storedBytes));
    columns.add(CsvColumn.optionalWhole("macs", LayerRow::macs));
    columns.add(CsvColumn.text("expression", LayerRow::expression).optional());
    columns.add(CsvColumn.number("service_time_us", LayerRow::serviceTimeUs).optional());
    return columns;
  }

  private static LayerRow parse(CsvRow row) throws IOException {
    return new LayerRow(
        row.variant(),
        row.requiredText("layer"),
        row.requiredText("op"),
        row.shape("output_shape"),
        row.whole("parameters"),
        row.whole("stored_bytes"),
        row.optionalWhole("macs"),
        row.text("expression"),
        row.number("service_time_us"));
  }
}
