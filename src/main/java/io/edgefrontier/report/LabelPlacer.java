package io.edgefrontier.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a free place beside a point for its label. Labels never cover a marker or each other; they
 * avoid lines where they can.
 */
final class LabelPlacer {
  static final double HEIGHT = 12;

  private static final double CHARACTER = 6.3;
  private static final double[] GAPS = {1, 6};
  private static final int LINE_COST = 20;

  /** Directions from the point to the label's centre, the preferred ones first. */
  private static final int[][] DIRECTIONS = {
    {1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {1, 0}, {-1, 0}, {0, -1}, {0, 1}
  };

  private final Rectangle2D area;
  private final List<Rectangle2D> taken = new ArrayList<>();
  private final List<Line2D> lines = new ArrayList<>();

  LabelPlacer(double left, double top, double right, double bottom) {
    this.area = new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  void keepClearOfMarker(double x, double y, double radius) {
    taken.add(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  void avoidLine(double x1, double y1, double x2, double y2) {
    lines.add(new Line2D.Double(x1, y1, x2, y2));
  }

  /**
   * Returns where the label's box goes, and takes that place; empty when there is no room.
   *
   * @param radius of the marker at x, y
   */
  Optional<Rectangle2D> place(double x, double y, double radius, String label) {
    double width = label.length() * CHARACTER;
    Rectangle2D best = null;
    int bestCost = Integer.MAX_VALUE;
    int rank = 0;
    for (double gap : GAPS) {
      for (int[] direction : DIRECTIONS) {
        Rectangle2D box = box(x, y, direction, radius + gap, width);
        int cost = rank++ + LINE_COST * crossings(box);
        if (cost < bestCost && isFree(box)) {
          best = box;
          bestCost = cost;
        }
      }
    }
    if (best != null) {
      taken.add(best);
    }
    return Optional.ofNullable(best);
  }

  private static Rectangle2D box(
      double x, double y, int[] direction, double distance, double width) {
    // A diagonal neighbour may come closer: only its corner points at the marker.
    double reach = direction[0] != 0 && direction[1] != 0 ? distance - 4 : distance;
    double centreX = x + direction[0] * (reach + width / 2);
    double centreY = y + direction[1] * (reach + HEIGHT / 2);
    return new Rectangle2D.Double(centreX - width / 2, centreY - HEIGHT / 2, width, HEIGHT);
  }

  private boolean isFree(Rectangle2D box) {
    return area.contains(box) && taken.stream().noneMatch(box::intersects);
  }

  private int crossings(Rectangle2D box) {
    return (int) lines.stream().filter(box::intersectsLine).count();
  }
}
