package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a variant must keep to be shipped.
 *
 * @param bounds of each limit: ms, MiB, J per inference, or a share; in the order of {@link
 *     LimitKind}
 */
public record Limits(Map<LimitKind, Double> bounds) {
  /** No limit at all. */
  public static final Limits NONE = new Limits(Map.of());

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException naming the option if a bound is no such figure
   */
  public Limits {
    EnumMap<LimitKind, Double> copy = new EnumMap<>(LimitKind.class);
    copy.putAll(bounds);
    copy.forEach(LimitKind::check);
    bounds = Collections.unmodifiableMap(copy);
  }

  /** Returns these limits with one set, or set anew. */
  public Limits with(LimitKind kind, double bound) {
    EnumMap<LimitKind, Double> more = new EnumMap<>(LimitKind.class);
    more.putAll(bounds);
    more.put(kind, bound);
    return new Limits(more);
  }

  /** Returns these limits without one. */
  public Limits without(LimitKind kind) {
    EnumMap<LimitKind, Double> fewer = new EnumMap<>(LimitKind.class);
    fewer.putAll(bounds);
    fewer.remove(kind);
    return new Limits(fewer);
  }

  /** Returns what is limited. */
  public Set<LimitKind> kinds() {
    return bounds.keySet();
  }

  /** Returns the bound of a limit, if it is one. */
  public OptionalDouble bound(LimitKind kind) {
    Double bound = bounds.get(kind);
    return bound == null ? OptionalDouble.empty() : OptionalDouble.of(bound);
  }

  /** Returns whether a row has figures and keeps every limit with them. */
  boolean keptBy(SweepRow row, LimitFigures figures) {
    return row.error().isEmpty()
        && bounds.entrySet().stream()
            .allMatch(
                limit ->
                    limit.getKey().keeps(figures.figure(limit.getKey(), row), limit.getValue()));
  }

  /**
   * Returns by how much a row exceeds a limit: relative to the bound; where accuracy drops too far,
   * relative to the baseline's accuracy, so that it compares with accuracy that is too low.
   *
   * @return 0 where the limit is kept or not there; NaN if the figure is absent
   */
  public double excess(LimitKind kind, SweepRow row, LimitFigures figures) {
    if (!bounds.containsKey(kind)) {
      return 0;
    }
    double bound = bounds.get(kind);
    double figure = figures.figure(kind, row);
    if (kind.keeps(figure, bound) || Double.isNaN(figure)) {
      return Double.isNaN(figure) ? Double.NaN : 0;
    }
    return switch (kind) {
      case MIN_ACCURACY -> (bound - figure) / bound;
      case MAX_ACCURACY_DROP -> (figure - bound) / (row.accuracy().top1() - row.accuracy().delta());
      case MAX_LATENCY_MS, MAX_MEMORY_MB, MAX_ENERGY_J -> (figure - bound) / bound;
    };
  }
}
