package io.edgefrontier.report;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A picture of accuracy against latency, energy or memory (without accuracy, of memory against the
 * others) as a self-contained SVG file: points per precision, lines along pruning levels, the
 * frontier as steps, rejected points crossed.
 */
public final class FrontierPlot {
  private static final double WIDTH = 860;
  private static final double HEIGHT = 520;
  private static final int LONGEST_NAME = 40;

  /** More would not be legible, and the search for free places grows with their square. */
  private static final int MOST_LABELS = 200;

  private static final String MUTED = "#57606a";

  private final Findings findings;
  private final Axis axis;
  private final PlotArea area;
  private final boolean severalBatchSizes;
  private final List<SweepRow> frontier;
  private final LabelPlacer placer =
      new LabelPlacer(PlotArea.LEFT, PlotArea.TOP, PlotArea.RIGHT, PlotArea.BOTTOM);
  private final Svg svg = new Svg();

  private FrontierPlot(Findings findings, Axis axis) {
    this.findings = findings;
    this.axis = axis;
    this.area = new PlotArea(findings, axis);
    this.severalBatchSizes = findings.varies(Cell::batchSize);
    this.frontier =
        area.points().stream()
            .filter(row -> findings.onFrontier(axis, row))
            .sorted(
                Comparator.comparingDouble(axis::value).thenComparingDouble(area.upwards()::value))
            .toList();
  }

  /** Returns the SVG document; the same bytes for the same findings, on any machine. */
  public static String svg(Findings findings, Axis axis) {
    return new FrontierPlot(findings, axis).document();
  }

  private String document() {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        WIDTH,
        "height",
        HEIGHT,
        "viewBox",
        "0 0 860 520",
        "role",
        "img",
        "aria-labelledby",
        "title desc",
        "font-family",
        "Helvetica, Arial, sans-serif");
    svg.text("title", title(), "id", "title");
    svg.text("desc", description(), "id", "desc");
    // Its own ground: readable on a dark page as well.
    svg.empty("rect", "width", WIDTH, "height", HEIGHT, "rx", "6", "fill", "#ffffff");
    heading();
    area.draw(svg);
    if (area.points().isEmpty()) {
      nothing();
    } else {
      new PlotCurves(svg, area, placer).draw(axis, frontier);
      points();
      labels();
      PlotLegend.draw(svg, findings, area.points(), !frontier.isEmpty());
    }
    footer();
    return svg.close().document();
  }

  private String title() {
    String models =
        findings.rows().stream()
            .map(row -> row.cell().variant().model())
            .distinct()
            .sorted()
            .collect(joining(", "));
    String name =
        models.length() <= LONGEST_NAME ? models : models.substring(0, LONGEST_NAME) + "...";
    return (name.isEmpty() ? "" : name + ": ")
        + area.upwards().phrase()
        + " against "
        + axis.phrase();
  }

  private String description() {
    String best =
        frontier.stream()
            .map(row -> row.cell().variant().id() + " (" + figures(row) + ")")
            .collect(joining("; "));
    return Wording.counts(findings)
        + ". "
        + (best.isEmpty() ? "The frontier is empty." : "On the frontier: " + best + ".");
  }

  private String figures(SweepRow row) {
    return Numbers.significant(area.unit().of(axis.value(row)), 3)
        + (" " + area.unit().symbol() + ", ")
        + area.upwards().figure(row);
  }

  private void heading() {
    svg.text(
        "text",
        title(),
        "x",
        24.0,
        "y",
        34.0,
        "font-size",
        "18",
        "font-weight",
        "bold",
        "fill",
        PlotArea.INK);
    svg.open("text", "x", 24.0, "y", 56.0, "font-size", "13", "fill", MUTED);
    if (findings.rough()) {
      svg.text("tspan", "Rough figures (--quick).", "font-weight", "bold", "fill", "#b35900");
    }
    svg.text("tspan", Wording.counts(findings) + ". " + Wording.active(findings));
    svg.close();
  }

  private void footer() {
    List<String> notes = new ArrayList<>();
    int missing = findings.rows().size() - area.points().size();
    if (missing > 0) {
      notes.add((missing == 1 ? "1 cell" : missing + " cells") + " without figures, not drawn");
    }
    common("batch size", Cell::batchSize).ifPresent(notes::add);
    common("engine threads", Cell::threads).ifPresent(notes::add);
    svg.text(
        "text",
        String.join("; ", notes),
        "x",
        PlotArea.LEFT,
        "y",
        HEIGHT - 12,
        "font-size",
        "11",
        "fill",
        MUTED);
  }

  /** Returns what all cells have in common; empty when they differ or there are none. */
  private Optional<String> common(String name, Function<Cell, Integer> part) {
    return findings.rows().isEmpty() || findings.varies(part)
        ? Optional.empty()
        : Optional.of(name + " " + part.apply(findings.rows().get(0).cell()));
  }

  private void nothing() {
    svg.text(
        "text",
        "No cell has both figures: nothing to draw.",
        "x",
        (PlotArea.LEFT + PlotArea.RIGHT) / 2,
        "y",
        (PlotArea.TOP + PlotArea.BOTTOM) / 2,
        "text-anchor",
        "middle",
        "font-size",
        "14",
        "fill",
        MUTED);
  }

  private void points() {
    for (SweepRow row : area.points()) {
      double x = area.x(row);
      double y = area.y(row);
      placer.keepClearOfMarker(x, y, radius(row));
      svg.open("g");
      svg.text(
          "title",
          row.cell().variant().id() + ": " + figures(row) + (row.accepted() ? "" : ", rejected"));
      if (findings.isRecommended(row)) {
        ring(svg, x, y);
      }
      Marker.of(row).draw(svg, x, y, row.accepted());
      svg.close();
    }
  }

  private double radius(SweepRow row) {
    return findings.isRecommended(row) ? 12 : 8;
  }

  /** Draws the ring around the recommended point. */
  static void ring(Svg svg, double x, double y) {
    svg.empty(
        "circle",
        "cx",
        x,
        "cy",
        y,
        "r",
        "10",
        "fill",
        "none",
        "stroke",
        PlotArea.INK,
        "stroke-width",
        "1.5");
  }

  /** Labels the points with their pruning level, those on the frontier first. */
  private void labels() {
    svg.open(
        "g",
        "font-size",
        "11",
        "fill",
        PlotArea.INK,
        "text-anchor",
        "middle",
        "stroke",
        "#ffffff",
        "stroke-width",
        "3",
        "stroke-linejoin",
        "round",
        "paint-order",
        "stroke");
    area.points().stream()
        .sorted(Comparator.comparing((SweepRow row) -> !findings.onFrontier(axis, row)))
        .limit(MOST_LABELS)
        .forEach(
            row ->
                placer
                    .place(area.x(row), area.y(row), radius(row), label(row))
                    .ifPresent(box -> label(box, label(row))));
    svg.close();
  }

  private void label(Rectangle2D box, String text) {
    svg.text("text", text, "x", box.getCenterX(), "y", box.getMaxY() - 2.5);
  }

  private String label(SweepRow row) {
    Cell cell = row.cell();
    String level = Numbers.plain(cell.variant().pruningLevel());
    return severalBatchSizes ? level + " b" + cell.batchSize() : level;
  }
}
