package io.edgefrontier.track;

import io.edgefrontier.analysis.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * The history of one metric of one cell.
 *
 * @param key of the cell
 * @param points in the order of time, at least one
 * @param changes of the program, in the order of time
 * @param conditions one sentence for each time the conditions changed between two points
 * @param gaps names of the runs in which the cell has no figure, since its first one
 * @param note empty, or why no change points were looked for in the newest segment
 */
public record Trend(
    String key,
    Metric metric,
    List<TrendPoint> points,
    List<TrendChange> changes,
    List<String> conditions,
    List<String> gaps,
    String note) {
  public Trend {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a trend needs a point");
    }
    points = List.copyOf(points);
    changes = List.copyOf(changes);
    conditions = List.copyOf(conditions);
    gaps = List.copyOf(gaps);
  }

  /** Returns the last point. */
  public TrendPoint newest() {
    return points.get(points.size() - 1);
  }

  /** Returns the points that were measured under the conditions of the newest. */
  public List<TrendPoint> comparable() {
    return points.stream().filter(point -> point.segment() == newest().segment()).toList();
  }

  /** Returns the unit of the newest point; empty for a ratio, a count or a share. */
  public String unit() {
    return newest().isPaired() ? "" : metric.unit();
  }

  /** Returns the median before the first change among the comparable points. */
  public double firstLevel() {
    return levels(comparable()).get(0);
  }

  /** Returns the median since the last change among the comparable points. */
  public double lastLevel() {
    List<Double> levels = levels(comparable());
    return levels.get(levels.size() - 1);
  }

  /** Returns the medians between the changes of points of one segment. */
  static List<Double> levels(List<TrendPoint> points) {
    List<Double> levels = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= points.size(); i++) {
      if (i == points.size() || points.get(i).isChange()) {
        levels.add(
            Statistics.median(
                points.subList(from, i).stream().mapToDouble(TrendPoint::value).toArray()));
        from = i;
      }
    }
    return levels;
  }
}
