package io.edgefrontier.report;

import io.edgefrontier.track.Trend;
import io.edgefrontier.track.TrendChange;
import io.edgefrontier.track.TrendPoint;
import java.math.BigDecimal;
import java.util.List;

/**
 * Draws trends as small multiples below each other: runs from left to right in the order of time,
 * so that quiet weeks take no room.
 */
public final class TrendPlot {
  private static final double WIDTH = 720;
  private static final double HEIGHT = 170;
  private static final double LEFT = 72;
  private static final double RIGHT = 700;
  private static final double TOP = 40;
  private static final double BOTTOM = 130;
  private static final String INK = "#24292f";
  private static final String GRID = "#e6e8eb";
  private static final String WORSE = "#D55E00";
  private static final String BETTER = "#009E73";
  private static final String SERIES = "#0072B2";

  private final Svg svg = new Svg();

  private TrendPlot() {}

  /** Returns the picture of these trends, from top to bottom. */
  public static String svg(List<Trend> trends) {
    return new TrendPlot().draw(trends);
  }

  private String draw(List<Trend> trends) {
    double height = Math.max(1, trends.size()) * HEIGHT;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + Svg.coordinate(WIDTH) + " " + Svg.coordinate(height),
        "width",
        WIDTH,
        "height",
        height,
        "role",
        "img",
        "aria-labelledby",
        "title desc",
        "font-family",
        "system-ui, sans-serif",
        "font-size",
        "11");
    svg.text("title", "Performance over time", "id", "title");
    svg.text("desc", description(trends), "id", "desc");
    svg.empty("rect", "width", WIDTH, "height", height, "fill", "#ffffff");
    for (int i = 0; i < trends.size(); i++) {
      svg.open("g", "transform", "translate(0 " + Svg.coordinate(i * HEIGHT) + ")");
      draw(trends.get(i));
      svg.close();
    }
    return svg.close().document();
  }

  private static String description(List<Trend> trends) {
    if (trends.isEmpty()) {
      return "No cell has changed.";
    }
    StringBuilder text = new StringBuilder();
    for (Trend trend : trends) {
      text.append(title(trend)).append(": ").append(trend.points().size()).append(" points");
      trend.changes().forEach(change -> text.append("; ").append(TrendTable.sentence(change)));
      text.append(". ");
    }
    return text.toString().strip();
  }

  private static String title(Trend trend) {
    String unit = trend.newest().isPaired() ? "ratio to the reference" : trend.unit();
    return trend.key() + ", " + trend.metric().label() + (unit.isEmpty() ? "" : " (" + unit + ")");
  }

  private void draw(Trend trend) {
    List<TrendPoint> points = trend.points();
    Scale across = new Scale(0, Math.max(1, points.size() - 1), LEFT + 10, RIGHT - 10);
    Scale up =
        Scale.linear(points.stream().mapToDouble(TrendPoint::value), BOTTOM - 10, TOP + 10)
            .widened(10);
    svg.text("text", title(trend), "x", LEFT, "y", 24.0, "fill", INK, "font-size", "12");
    for (BigDecimal tick : up.ticks()) {
      double y = up.pixel(tick.doubleValue());
      svg.line(LEFT, y, RIGHT, y, "stroke", GRID);
      svg.text(
          "text",
          tick.toPlainString(),
          "x",
          LEFT - 8,
          "y",
          y + 4,
          "text-anchor",
          "end",
          "fill",
          INK);
    }
    segments(points, across);
    changes(trend, across);
    for (int i = 0; i < points.size(); i++) {
      svg.open(
          "circle",
          "cx",
          across.pixel(i),
          "cy",
          up.pixel(points.get(i).value()),
          "r",
          3.0,
          "fill",
          SERIES);
      svg.text("title", label(points.get(i)));
      svg.close();
    }
    end(points.get(0), across.pixel(0), "start");
    if (points.size() > 1) {
      end(trend.newest(), across.pixel(points.size() - 1), "end");
    }
  }

  /** Draws a dashed line where the conditions changed. */
  private void segments(List<TrendPoint> points, Scale across) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).segment() != points.get(i - 1).segment()) {
        double x = across.pixel(i - 0.5);
        svg.line(x, TOP, x, BOTTOM, "stroke", "#8c959f", "stroke-dasharray", "3 3");
        svg.text(
            "text", "conditions", "x", x + 3, "y", BOTTOM - 3, "fill", "#57606a", "font-size", "9");
      }
    }
  }

  private void changes(Trend trend, Scale across) {
    for (TrendChange change : trend.changes()) {
      String colour = change.isWorse() ? WORSE : BETTER;
      double left = across.pixel(trend.points().indexOf(change.before()));
      double right = across.pixel(trend.points().indexOf(change.after()));
      svg.open(
          "rect",
          "x",
          left,
          "y",
          TOP,
          "width",
          right - left,
          "height",
          BOTTOM - TOP,
          "fill",
          colour,
          "fill-opacity",
          "0.25");
      svg.text("title", TrendTable.sentence(change));
      svg.close();
      svg.text(
          "text",
          (change.isWorse() ? "worse " : "better ") + TrendTable.percent(change.relative()),
          "x",
          (left + right) / 2,
          "y",
          TOP - 3,
          "text-anchor",
          "middle",
          "fill",
          INK,
          "font-size",
          "9");
    }
  }

  private void end(TrendPoint point, double x, String anchor) {
    svg.text(
        "text",
        point.place() + " " + point.time().toString().substring(0, 10),
        "x",
        x,
        "y",
        BOTTOM + 16,
        "text-anchor",
        anchor,
        "fill",
        INK);
  }

  private static String label(TrendPoint point) {
    return point.place() + ", " + point.time() + ": " + Numbers.significant(point.value(), 5);
  }
}
