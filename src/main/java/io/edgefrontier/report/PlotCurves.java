package io.edgefrontier.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.LinkedHashMap;
import java.util.List;

/** The lines of a picture: intervals, series of pruning levels, the frontier's steps. */
final class PlotCurves {
  private final Svg svg;
  private final PlotArea area;
  private final LabelPlacer placer;

  /** Draws on {@code svg}, and tells {@code placer} where the lines are. */
  PlotCurves(Svg svg, PlotArea area, LabelPlacer placer) {
    this.svg = svg;
    this.area = area;
    this.placer = placer;
  }

  /** Draws all lines; {@code frontier} is in ascending order on the axis. */
  void draw(Axis axis, List<SweepRow> frontier) {
    intervals(axis);
    series();
    steps(frontier);
  }

  private void intervals(Axis axis) {
    svg.open("g", "stroke-width", "1", "stroke-opacity", "0.3");
    for (SweepRow row : area.points()) {
      String colour = Marker.of(row).colour();
      double x = area.x(row);
      double y = area.y(row);
      double low = area.upwards().low(row);
      double high = area.upwards().high(row);
      if (Double.isFinite(low) && Double.isFinite(high)) {
        svg.line(x, area.y(low), x, area.y(high), "stroke", colour);
        placer.avoidLine(x, area.y(low), x, area.y(high));
      }
      if (Double.isFinite(axis.low(row)) && Double.isFinite(axis.high(row))) {
        svg.line(area.x(axis.low(row)), y, area.x(axis.high(row)), y, "stroke", colour);
        placer.avoidLine(area.x(axis.low(row)), y, area.x(axis.high(row)), y);
      }
    }
    svg.close();
  }

  /** Joins the pruning levels of what is otherwise the same cell. */
  private void series() {
    record Series(String model, Precision precision, int batchSize, int threads) {
      static Series of(SweepRow row) {
        Cell cell = row.cell();
        return new Series(
            cell.variant().model(), cell.variant().precision(), cell.batchSize(), cell.threads());
      }
    }
    // The points come sorted by cell, hence each series by pruning level.
    for (List<SweepRow> rows :
        area.points().stream()
            .collect(groupingBy(Series::of, LinkedHashMap::new, toList()))
            .values()) {
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < rows.size(); i++) {
        double x = area.x(rows.get(i));
        double y = area.y(rows.get(i));
        path.append(i == 0 ? "M" : "L").append(at(x, y));
        if (i > 0) {
          placer.avoidLine(area.x(rows.get(i - 1)), area.y(rows.get(i - 1)), x, y);
        }
      }
      stroke(path.toString(), Marker.of(rows.get(0)).colour(), "1.2", "0.55");
    }
  }

  /** Draws the best that is to be had at each cost, and shades what it dominates. */
  private void steps(List<SweepRow> frontier) {
    if (frontier.isEmpty()) {
      return;
    }
    double fromX = area.x(frontier.get(0));
    double worst = area.upwards().worstEdge();
    double fromY = worst;
    StringBuilder path = new StringBuilder("M").append(at(fromX, fromY));
    for (SweepRow row : frontier) {
      double x = area.x(row);
      double y = area.y(row);
      path.append('H').append(Svg.coordinate(x)).append('V').append(Svg.coordinate(y));
      placer.avoidLine(fromX, fromY, x, fromY);
      placer.avoidLine(x, fromY, x, y);
      fromX = x;
      fromY = y;
    }
    path.append('H').append(Svg.coordinate(PlotArea.RIGHT));
    placer.avoidLine(fromX, fromY, PlotArea.RIGHT, fromY);
    String ground = path + "V" + Svg.coordinate(worst) + "Z";
    svg.empty("path", "d", ground, "fill", PlotArea.INK, "fill-opacity", "0.04");
    stroke(path.toString(), PlotArea.INK, "2", "0.8");
  }

  private void stroke(String path, String colour, String width, String opacity) {
    svg.empty(
        "path",
        "d",
        path,
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        width,
        "stroke-opacity",
        opacity);
  }

  private static String at(double x, double y) {
    return Svg.coordinate(x) + " " + Svg.coordinate(y);
  }
}
