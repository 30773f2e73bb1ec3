package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.List;

/** The legend to the right of a picture: only what the picture shows. */
final class PlotLegend {
  private static final double LEFT = PlotArea.RIGHT + 22;
  private static final double ROW = 23;

  private final Svg svg;
  private double y = PlotArea.TOP + 12;

  private PlotLegend(Svg svg) {
    this.svg = svg;
  }

  static void draw(Svg svg, Findings findings, List<SweepRow> points, boolean frontier) {
    svg.open("g", "font-size", "12", "fill", PlotArea.INK);
    new PlotLegend(svg).draw(findings, points, frontier);
    svg.close();
  }

  private void draw(Findings findings, List<SweepRow> points, boolean frontier) {
    svg.text("text", "Precision", "x", LEFT - 7, "y", y, "font-weight", "bold");
    y += ROW;
    for (Precision precision : Precision.values()) {
      if (points.stream().anyMatch(row -> row.cell().variant().precision() == precision)) {
        Marker.of(precision).draw(svg, LEFT, y - 4, true);
        entry(precision.label());
      }
    }
    y += ROW / 2;
    if (frontier) {
      svg.line(LEFT - 8, y - 4, LEFT + 8, y - 4, "stroke", PlotArea.INK, "stroke-width", "2");
      entry("frontier");
    }
    if (points.stream().anyMatch(findings::isRecommended)) {
      FrontierPlot.ring(svg, LEFT, y - 4);
      entry("recommended");
    }
    if (points.stream().anyMatch(row -> !row.accepted())) {
      Marker.CIRCLE.draw(svg, LEFT, y - 4, false);
      entry("rejected by budget");
    }
    svg.line(LEFT, y - 11, LEFT, y + 3, "stroke", PlotArea.INK, "stroke-opacity", "0.45");
    entry("95 % interval");
    svg.text("text", "0.25", "x", LEFT - 11, "y", y, "font-size", "11");
    entry("pruning level");
  }

  private void entry(String text) {
    svg.text("text", text, "x", LEFT + 20, "y", y);
    y += ROW;
  }
}
