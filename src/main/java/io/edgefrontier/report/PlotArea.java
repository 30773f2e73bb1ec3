package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The rectangle that points are drawn in: its scales, grid and axis titles. */
final class PlotArea {
  static final double LEFT = 72;
  static final double RIGHT = 684;
  static final double TOP = 78;
  static final double BOTTOM = 438;

  private static final double INSET_X = 30;
  private static final double INSET_Y = 18;
  static final String INK = "#24292f";
  private static final String GRID = "#e6e8eb";

  private final Axis axis;
  private final VerticalAxis upwards;
  private final Unit unit;
  private final List<SweepRow> points;
  private final Scale horizontal;
  private final Scale vertical;

  PlotArea(Findings findings, Axis axis) {
    this.axis = axis;
    this.upwards = new VerticalAxis(findings);
    this.unit = axis.unit(findings.rows());
    this.points =
        findings.measured().stream()
            .filter(row -> Double.isFinite(axis.value(row)))
            .filter(row -> Double.isFinite(upwards.value(row)))
            .toList();
    this.horizontal =
        Scale.fitting(
                all(axis::value, axis::low, axis::high).map(unit::of).toArray(),
                LEFT + INSET_X,
                RIGHT - INSET_X)
            .widened(INSET_X);
    this.vertical =
        Scale.linear(
                all(upwards::value, upwards::low, upwards::high), BOTTOM - INSET_Y, TOP + INSET_Y)
            .widened(INSET_Y);
  }

  private DoubleStream all(
      ToDoubleFunction<SweepRow> value,
      ToDoubleFunction<SweepRow> low,
      ToDoubleFunction<SweepRow> high) {
    return points.stream()
        .flatMapToDouble(
            row ->
                DoubleStream.of(
                    value.applyAsDouble(row), low.applyAsDouble(row), high.applyAsDouble(row)));
  }

  /** Returns the rows that have both figures. */
  List<SweepRow> points() {
    return points;
  }

  Unit unit() {
    return unit;
  }

  /** Returns the pixel of a value in the axis' own unit. */
  double x(double value) {
    return horizontal.pixel(unit.of(value));
  }

  double x(SweepRow row) {
    return x(axis.value(row));
  }

  VerticalAxis upwards() {
    return upwards;
  }

  /** Returns the pixel of a value in the vertical axis' own unit. */
  double y(double value) {
    return vertical.pixel(value);
  }

  double y(SweepRow row) {
    return y(upwards.value(row));
  }

  void draw(Svg svg) {
    svg.open("g", "fill", INK, "font-size", "12", "stroke-width", "1");
    if (!points.isEmpty()) {
      horizontalTicks(svg);
      verticalTicks(svg);
    }
    svg.empty(
        "rect",
        "x",
        LEFT,
        "y",
        TOP,
        "width",
        RIGHT - LEFT,
        "height",
        BOTTOM - TOP,
        "fill",
        "none",
        "stroke",
        "#8c959f");
    titles(svg);
    svg.close();
  }

  private void horizontalTicks(Svg svg) {
    for (BigDecimal tick : horizontal.ticks()) {
      if (tick.signum() < 0) {
        continue; // in the margin left of 0, where nothing can be
      }
      double x = horizontal.pixel(tick.doubleValue());
      svg.line(x, TOP, x, BOTTOM, "stroke", GRID);
      svg.text("text", tick.toPlainString(), "x", x, "y", BOTTOM + 18, "text-anchor", "middle");
    }
  }

  private void verticalTicks(Svg svg) {
    for (BigDecimal tick : vertical.ticks()) {
      if (!upwards.reaches(tick)) {
        continue;
      }
      double y = vertical.pixel(tick.doubleValue());
      svg.line(LEFT, y, RIGHT, y, "stroke", GRID);
      svg.text("text", tick.toPlainString(), "x", LEFT - 8, "y", y + 4, "text-anchor", "end");
    }
  }

  private void titles(Svg svg) {
    svg.text(
        "text",
        axis.title() + " (" + unit.symbol() + (horizontal.logarithmic() ? ", log scale)" : ")"),
        "x",
        (LEFT + RIGHT) / 2,
        "y",
        BOTTOM + 42,
        "text-anchor",
        "middle",
        "font-size",
        "13");
    double middle = (TOP + BOTTOM) / 2;
    svg.text(
        "text",
        upwards.title(),
        "x",
        22.0,
        "y",
        middle,
        "text-anchor",
        "middle",
        "font-size",
        "13",
        "transform",
        "rotate(-90 22 " + Svg.coordinate(middle) + ")");
  }
}
