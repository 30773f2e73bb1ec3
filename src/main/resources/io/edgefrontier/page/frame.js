"use strict";

/** What is around the points of a picture: axes, heading, legend, notes. */
const EF_FRAME = (function () {
  const tag = EF_SVG.tag;
  const text = EF_SVG.text;
  const group = EF_SVG.group;
  const at = (x, y) => EF_SVG.coordinate(x) + " " + EF_SVG.coordinate(y);

  /** Returns grid, numbers and titles. */
  function axes(plot) {
    const area = plot.area;
    const ticks = plot.points.length === 0 ? [] : acrossTicks(plot).concat(upTicks(plot));
    const frame = tag("rect", {
      x: area.left,
      y: area.top,
      width: area.right - area.left,
      height: area.bottom - area.top,
      fill: "none",
      stroke: plot.theme.muted,
      "stroke-opacity": "0.6",
    });
    return group({ class: "axes", fill: plot.theme.ink, "font-size": "12" }, ticks.concat([frame], axisTitles(plot)));
  }

  function grid(plot, x1, y1, x2, y2) {
    return tag("line", { x1: x1, y1: y1, x2: x2, y2: y2, stroke: plot.theme.grid });
  }

  function acrossTicks(plot) {
    const area = plot.area;
    const elements = [];
    let free = -Infinity;
    for (let tick of plot.across.ticks().filter((candidate) => plot.x.reaches(candidate.value))) {
      let x = plot.across.pixel(tick.value);
      let half = EF_LABEL.width(tick.label, 12) / 2;
      elements.push(grid(plot, x, area.top, x, area.bottom));
      if (x - half > free) {
        elements.push(text("text", { x: x, y: area.bottom + 18, "text-anchor": "middle" }, tick.label));
        free = x + half + 4;
      }
    }
    return elements;
  }

  function upTicks(plot) {
    const area = plot.area;
    const elements = [];
    for (let tick of plot.up.ticks().filter((candidate) => plot.y.reaches(candidate.value))) {
      let y = plot.up.pixel(tick.value);
      elements.push(grid(plot, area.left, y, area.right, y));
      elements.push(text("text", { x: area.left - 8, y: y + 4, "text-anchor": "end" }, tick.label));
    }
    return elements;
  }

  function axisTitle(metric, scale) {
    const better = metric.moreIsBetter ? "more is better" : "less is better";
    return metric.title + " (" + metric.unit + (scale.logarithmic ? ", log scale" : "") + "), " + better;
  }

  function axisTitles(plot) {
    const area = plot.area;
    const middle = (area.top + area.bottom) / 2;
    const left = plot.options.standalone ? 22 : 14;
    const values = { "text-anchor": "middle", "font-size": "13" };
    const below = Object.assign({ x: (area.left + area.right) / 2, y: area.bottom + 42 }, values);
    const turn = "rotate(-90 " + at(left, middle) + ")";
    const beside = Object.assign({ x: left, y: middle, transform: turn }, values);
    return [
      text("text", below, axisTitle(plot.x, plot.across)),
      text("text", beside, axisTitle(plot.y, plot.up)),
    ];
  }

  /** Returns the heading of a picture that stands alone. */
  function heading(plot) {
    const theme = plot.theme;
    const said = EF_WORDS.counts(plot) + ". " + EF_WORDS.rule(plot);
    const rough = plot.data.rough
      ? text("tspan", { "font-weight": "bold", fill: theme.accent }, "Rough figures (--quick).")
      : "";
    // Not a space: some programs drop one at the end of a part.
    const gap = plot.data.rough ? 5 : null;
    // A name that runs from right to left must not turn the words after it around.
    const name = EF_WORDS.name(plot);
    const isolated = /[\u0590-\u08ff\ufb1d-\ufefc]/.test(name) ? { "unicode-bidi": "isolate" } : null;
    const title =
      (isolated === null ? EF_SVG.escape(name) : text("tspan", isolated, name)) +
      EF_SVG.escape((name === "" ? "" : ": ") + EF_WORDS.figuresShown(plot));
    return [
      tag("text", { x: 24, y: 34, "font-size": "18", "font-weight": "bold", fill: theme.ink }, title),
      tag("text", { x: 24, y: 56, "font-size": "13", fill: theme.muted }, rough + text("tspan", { dx: gap }, said)),
    ];
  }

  /** Returns what all cells have in common, and how many are missing. */
  function notes(plot) {
    const cells = plot.data.cells;
    const common = [];
    if (plot.missing > 0) {
      common.push((plot.missing === 1 ? "1 cell" : plot.missing + " cells") + " without figures, not drawn");
    }
    if (cells.length > 0 && !EF_WORDS.varies(plot, "batchSize")) {
      common.push("batch size " + cells[0].batchSize);
    }
    if (cells.length > 0 && !EF_WORDS.varies(plot, "threads")) {
      common.push("engine threads " + cells[0].threads);
    }
    const values = { x: plot.area.left, y: plot.options.height - 14, "font-size": "11", fill: plot.theme.muted };
    return common.length === 0 ? [] : [text("text", values, common.join("; "))];
  }

  /** Returns the legend to the right of a picture: only what the picture shows. */
  function legend(plot) {
    const theme = plot.theme;
    const x = plot.area.right + 24;
    const elements = [];
    let y = plot.area.top + 10;
    const entry = (sign, words) => {
      elements.push(sign, text("text", { x: x + 20, y: y }, words));
      y += 22;
    };
    const bar = (x1, y1, x2, y2, values) =>
      tag("line", Object.assign({ x1: x1, y1: y1, x2: x2, y2: y2, stroke: theme.ink }, values));
    elements.push(text("text", { x: x - 8, y: y, "font-weight": "bold" }, "Precision"));
    y += 22;
    for (let name of EF_MARKER.precisions(plot.data)) {
      if (plot.points.some((point) => point.cell.precision === name)) {
        entry(EF_MARKER.draw(theme, name, x, y - 4, false), name);
      }
    }
    y += 10;
    if (plot.frontier.length > 0) {
      entry(bar(x - 8, y - 4, x + 8, y - 4, { "stroke-width": "2" }), "frontier");
    }
    if (plot.points.some((point) => point.recommended)) {
      entry(EF_MARKER.ring(theme, x, y - 4), "recommended");
    }
    if (plot.points.some((point) => !point.accepted)) {
      const hollow = { cx: x, cy: y - 4, r: 5.5, fill: theme.ground, stroke: theme.ink, "stroke-width": "1.6" };
      entry(tag("circle", hollow), "over the budget");
    }
    if (plot.measured) {
      entry(bar(x, y - 11, x, y + 3, { "stroke-opacity": "0.5" }), "95 % interval");
    }
    const line = { stroke: theme.muted, "stroke-width": "1.2", "stroke-opacity": "0.6" };
    const number = text("text", { x: x, y: y - 1, "font-size": "10", "text-anchor": "middle" }, "0.25");
    entry(number + bar(x - 11, y + 3, x + 11, y + 3, line), "pruning level");
    return [group({ class: "legend", "font-size": "12", fill: theme.ink }, elements)];
  }

  /** Returns what to say instead of points. */
  function nothing(plot) {
    const area = plot.area;
    const values = {
      x: (area.left + area.right) / 2,
      y: (area.top + area.bottom) / 2,
      "text-anchor": "middle",
      "font-size": "14",
      fill: plot.theme.muted,
    };
    return text("text", values, "No cell has both figures: nothing to draw.");
  }

  return { axes: axes, heading: heading, notes: notes, legend: legend, nothing: nothing };
})();
