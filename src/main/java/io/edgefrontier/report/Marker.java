package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;

/**
 * Shape and colour of a precision in a picture; colours of Okabe and Ito, safe for the
 * colour-blind.
 */
enum Marker {
  CIRCLE("#0072B2"),
  SQUARE("#E69F00"),
  TRIANGLE("#009E73"),
  DIAMOND("#D55E00");

  private static final double RADIUS = 5.5;

  private final String colour;

  Marker(String colour) {
    this.colour = colour;
  }

  static Marker of(SweepRow row) {
    return of(row.cell().variant().precision());
  }

  static Marker of(Precision precision) {
    return switch (precision) {
      case FP32 -> CIRCLE;
      case BF16 -> SQUARE;
      case FP16 -> TRIANGLE;
      case INT8 -> DIAMOND;
    };
  }

  String colour() {
    return colour;
  }

  /** Draws an accepted point filled; a rejected one hollow and crossed. */
  void draw(Svg svg, double x, double y, boolean accepted) {
    svg.empty(
        "path",
        "d",
        outline(x, y),
        "fill",
        accepted ? colour : "#ffffff",
        "stroke",
        accepted ? "#ffffff" : colour,
        "stroke-width",
        accepted ? "1" : "1.5");
    if (!accepted) {
      double arm = RADIUS + 1;
      svg.empty(
          "path",
          "d",
          path("M", x - arm, y - arm, "L", x + arm, y + arm)
              + path("M", x - arm, y + arm, "L", x + arm, y - arm),
          "fill",
          "none",
          "stroke",
          colour,
          "stroke-width",
          "1.2");
    }
  }

  private String outline(double x, double y) {
    double r = RADIUS;
    return switch (this) {
      case CIRCLE -> path("M", x - r, y) + arc(r, x + r, y) + arc(r, x - r, y) + "Z";
      case SQUARE -> path("M", x - r + 0.5, y - r + 0.5) + "h10v10h-10Z";
      case TRIANGLE ->
          path("M", x, y - r - 1) + path("L", x + r + 1, y + r) + path("L", x - r - 1, y + r) + "Z";
      case DIAMOND ->
          path("M", x, y - r - 1.5)
              + path("L", x + r + 1.5, y)
              + path("L", x, y + r + 1.5)
              + path("L", x - r - 1.5, y)
              + "Z";
    };
  }

  private static String arc(double r, double x, double y) {
    return "A"
        + Svg.coordinate(r)
        + " "
        + Svg.coordinate(r)
        + " 0 1 1 "
        + Svg.coordinate(x)
        + " "
        + Svg.coordinate(y);
  }

  private static String path(String command, double x, double y) {
    return command + Svg.coordinate(x) + " " + Svg.coordinate(y);
  }

  private static String path(
      String first, double x1, double y1, String second, double x2, double y2) {
    return path(first, x1, y1) + path(second, x2, y2);
  }
}
