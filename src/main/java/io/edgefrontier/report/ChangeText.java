package io.edgefrontier.report;

import io.edgefrontier.track.Effect;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.MetricVerdict;
import java.math.BigDecimal;

/** The figures of a comparison as text. */
final class ChangeText {
  private static final int DIGITS = 4;
  private static final double SMALLEST_P = 0.001;

  private ChangeText() {}

  /** Returns such as {@code 0.5651 -> 0.6034 ms}. */
  static String values(MetricVerdict verdict) {
    Metric metric = verdict.metric();
    String unit = metric.kind() == Metric.Kind.ACCURACY ? "%" : metric.unit();
    return value(metric, verdict.baseline())
        + " -> "
        + value(metric, verdict.candidate())
        + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String value(Metric metric, double value) {
    return switch (metric.kind()) {
      case ACCURACY -> Numbers.fixed(value * 100, 2);
      case EXACT -> Double.isFinite(value) ? new BigDecimal(value).toPlainString() : Numbers.ABSENT;
      case SAMPLED -> Numbers.significant(value, DIGITS);
    };
  }

  /** Returns such as {@code 1.068 [1.051, 1.083]}. */
  static String ratio(Effect effect) {
    String rounded = Numbers.fixed(effect.ratio(), 3);
    // One byte more is a change, and should not look like none.
    boolean hidesChange = rounded.equals("1.000") && !effect.interval().isPresent();
    String ratio =
        hidesChange && effect.ratio() != 1 ? Numbers.significant(effect.ratio(), 7) : rounded;
    return effect.interval().isPresent()
        ? "%s [%s, %s]"
            .formatted(
                ratio,
                Numbers.fixed(effect.interval().low(), 3),
                Numbers.fixed(effect.interval().high(), 3))
        : ratio;
  }

  static String pValue(double p) {
    return p < SMALLEST_P ? "<0.001" : Numbers.fixed(p, 3);
  }

  /** Returns a share such as {@code 3.2 %}. */
  static String share(double share) {
    return Double.isFinite(share) ? Numbers.fixed(share * 100, 1) + " %" : Numbers.ABSENT;
  }

  /** Returns the text in at most so many characters. */
  static String clip(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 3;
    // Half of a surrogate pair is no character.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
