"use strict";

/** The forks of a sweep in the order in which they ran, which shows whether the machine drifted. */
const EF_DRIFT = (function () {
  const tag = EF_SVG.tag;
  const text = EF_SVG.text;
  const at = (x, y) => EF_SVG.coordinate(x) + " " + EF_SVG.coordinate(y);

  /** Forks whose median a point of the line is; odd. */
  const WINDOW = 9;

  const MEASURES = {
    ratio: { place: 2, title: "Ratio to the reference", unit: "" },
    ms: { place: 1, title: "Time as measured", unit: " ms" },
  };

  function median(values) {
    const sorted = values.slice().sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the measures that some fork has: {name, title}. */
  function measures(data) {
    return Object.keys(MEASURES)
      .filter((name) => data.cells.some((cell) => cell.forks.some((fork) => fork[MEASURES[name].place] !== null)))
      .map((name) => ({ name: name, title: MEASURES[name].title }));
  }

  /**
   * Returns the forks of one cell, or of all: there each is compared with the median of its own
   * cell, since cells differ by far more than any drift.
   *
   * @param index of the cell, or -1 for all
   * @return {cell, index, place (from 1), value, disturbed, used}, by place; value in percent for all cells
   */
  function forks(data, index, measure) {
    const place = MEASURES[measure].place;
    const found = [];
    data.cells.forEach((cell, i) => {
      const known = cell.forks.filter((fork) => fork[place] !== null);
      if ((index >= 0 && i !== index) || known.length === 0) {
        return;
      }
      const used = known.filter((fork) => fork[4] === 1);
      const middle = median((used.length > 0 ? used : known).map((fork) => fork[place]));
      for (let fork of known) {
        found.push({
          cell: cell,
          index: i,
          place: fork[0] + 1,
          value: index >= 0 ? fork[place] : 100 * (fork[place] / middle - 1),
          disturbed: fork[3] === 1,
          used: fork[4] === 1,
        });
      }
    });
    return found.sort((a, b) => a.place - b.place);
  }

  /** Returns a fork's value as text. */
  function figure(fork, index, measure) {
    return index >= 0
      ? EF_SVG.significant(fork.value, 4) + MEASURES[measure].unit
      : (fork.value > 0 ? "+" : "") + fork.value.toFixed(1) + " %";
  }

  /** Returns what became of a fork, in words. */
  function state(fork) {
    return (fork.disturbed ? "disturbed" : "quiet") + (fork.used ? "" : ", repeated and not used");
  }

  function running(points, scaleX, scaleY) {
    const used = points.filter((point) => point.used);
    if (used.length < 2 * WINDOW) {
      return "";
    }
    const path = [];
    for (let i = 0; i + WINDOW <= used.length; i++) {
      const middle = median(used.slice(i, i + WINDOW).map((point) => point.value));
      path.push(at(scaleX.pixel(used[i + (WINDOW >> 1)].place), scaleY.pixel(middle)));
    }
    const line = { d: "M" + path.join("L"), fill: "none", stroke: "var(--ink)", "stroke-width": "1.8" };
    return tag("path", Object.assign({ class: "running" }, line));
  }

  function mark(data, point, index, measure, x, y) {
    const words = EF_ADVICE.shortName(data, point.cell) + ", fork " + point.place + " of the sweep: " +
      figure(point, index, measure) + ", " + state(point);
    const cross = "M" + at(x - 7, y - 7) + "l14 14m0 -14l-14 14";
    return tag("g", { class: "fork" }, [
      text("title", {}, words),
      EF_PLOT.marker(point.cell.precision, x, y, !point.used),
      point.disturbed
        ? tag("path", { class: "disturbed", d: cross, stroke: "var(--ink)", "stroke-width": "1.4", fill: "none" })
        : "",
    ].join(""));
  }

  function axes(scaleX, scaleY, area, options, all) {
    const parts = [];
    for (let tick of scaleY.ticks()) {
      const y = scaleY.pixel(tick.value);
      const zero = all && tick.value === 0;
      parts.push(tag("line", { x1: area.left, y1: y, x2: area.right, y2: y,
        stroke: zero ? "var(--line)" : "var(--grid)" }));
      const words = all ? (tick.value > 0 ? "+" : "") + tick.label + " %" : tick.label;
      parts.push(text("text", { x: area.left - 8, y: y + 4, "text-anchor": "end" }, words));
    }
    for (let tick of scaleX.ticks().filter((one) => one.value >= 1 && Number.isInteger(one.value))) {
      const x = scaleX.pixel(tick.value);
      parts.push(text("text", { x: x, y: area.bottom + 18, "text-anchor": "middle" }, tick.label));
    }
    parts.push(text("text", { x: (area.left + area.right) / 2, y: area.bottom + 40, "text-anchor": "middle",
      "font-size": "13" }, "Place in the order of the sweep's forks"));
    parts.push(text("text", { x: 0, y: 14, fill: "var(--muted)" }, options.title));
    return parts;
  }

  function title(index, measure) {
    const of = MEASURES[measure];
    return index >= 0
      ? of.title + (of.unit === "" ? "" : " (" + of.unit.trim() + ")")
      : of.title + ", against the median of the fork's own cell";
  }

  /**
   * Returns the picture.
   *
   * @param options cell (index, or -1 for all), measure (ratio or ms), width in pixels
   */
  function draw(data, options) {
    const all = options.cell < 0;
    const points = forks(data, options.cell, options.measure);
    const area = { left: 56, right: options.width - 12, top: 30, bottom: 300 };
    const places = data.cells.reduce((found, cell) => found.concat(cell.forks.map((fork) => fork[0] + 1)), []);
    const scaleX = EF_SCALE.linear(places, area.left, area.right, 14);
    const values = points.map((point) => point.value).concat(all ? [0] : []);
    const scaleY = EF_SCALE.linear(values, area.bottom, area.top, 14);
    const words = title(options.cell, options.measure);
    const marks = points.map((point) =>
      mark(data, point, options.cell, options.measure, scaleX.pixel(point.place), scaleY.pixel(point.value)));
    const name = words + ": " + points.length + " forks, " + points.filter((point) => point.disturbed).length +
      " of them disturbed";
    return EF_CHARTS.picture(options.width, 348, name,
      axes(scaleX, scaleY, area, { title: words }, all).concat(marks, [all ? running(points, scaleX, scaleY) : ""]));
  }

  return { draw: draw, forks: forks, measures: measures, figure: figure, state: state, title: title };
})();
