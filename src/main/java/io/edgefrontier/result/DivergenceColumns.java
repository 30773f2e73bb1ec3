package io.edgefrontier.result;

import io.edgefrontier.variant.Divergence;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The columns that say how far a variant is from the network that it was made of. */
final class DivergenceColumns {
  private static final String MAX = "logit_diff_max";
  private static final String MEAN = "logit_diff_mean";
  private static final String AGREEMENT = "argmax_agreement";
  private static final String SOURCE = "logit_diff_source";

  private DivergenceColumns() {}

  /** Returns the columns; older files do not have them. */
  static <T> List<CsvColumn<T>> of(Function<T, Divergence> divergence) {
    return List.of(
        CsvColumn.<T>number(MAX, row -> divergence.apply(row).logitDiffMax()).optional(),
        CsvColumn.<T>number(MEAN, row -> divergence.apply(row).logitDiffMean()).optional(),
        CsvColumn.<T>number(AGREEMENT, row -> divergence.apply(row).argmaxAgreement()).optional(),
        CsvColumn.<T>text(SOURCE, row -> divergence.apply(row).source()).optional());
  }

  static Divergence read(CsvRow row) throws IOException {
    double max = row.number(MAX);
    double mean = row.number(MEAN);
    double agreement = row.number(AGREEMENT);
    if (Double.isNaN(max) != Double.isNaN(mean) || max < 0 || mean < 0) {
      throw row.unexpected(MEAN, row.text(MEAN), "a number >= 0 beside that of " + MAX);
    }
    boolean share = Double.isNaN(agreement) || (agreement >= 0 && agreement <= 1);
    if (!share || (Double.isNaN(max) && !Double.isNaN(agreement))) {
      throw row.unexpected(AGREEMENT, row.text(AGREEMENT), "a share in [0, 1] beside " + MAX);
    }
    return new Divergence(max, mean, agreement, row.text(SOURCE));
  }
}
