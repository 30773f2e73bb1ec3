"use strict";

/**
 * The picture of a run: one figure of its cells against another, the frontier as steps.
 *
 * Colour and shape tell the precision; a thin line joins the precisions of a pruning level; a cell
 * over the budget is hollow, the one to ship ringed. The same code draws in the page and, run by
 * Java, in the pictures for README files.
 */
const EF_PLOT = (function () {
  const tag = EF_SVG.tag;
  const group = EF_SVG.group;
  const at = (x, y) => EF_SVG.coordinate(x) + " " + EF_SVG.coordinate(y);

  const FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
  const LABEL_SIZE = 11;

  /** Bold text is wider by about so much. */
  const BOLD = 1.15;

  /** Points of one pruning level that are closer than this, in pixels, share a label. */
  const SAME_PLACE = 26;

  /** More would not be legible, and the search for free places grows with their square. */
  const MOST_LABELS = 120;

  function areaOf(options) {
    return options.standalone
      ? { left: 72, right: options.width - 176, top: 78, bottom: options.height - 84 }
      : { left: 60, right: options.width - 12, top: 12, bottom: options.height - 52 };
  }

  /** Returns all that the parts of a picture are drawn from. */
  function prepare(data, wanted) {
    const options = Object.assign({ standalone: true, theme: "light", width: 860, height: 520, hidden: [] }, wanted);
    const budgetMb = typeof options.budgetMb === "number" ? options.budgetMb : data.activeBudgetMb;
    const decision = EF_DECIDE.decide(data, budgetMb);
    const x = EF_METRIC.of(data, options.x);
    const y = EF_METRIC.of(data, options.y);
    const area = areaOf(options);
    const drawn = data.cells
      .map((cell, index) => ({ cell: cell, index: index }))
      .filter(
        (entry) =>
          entry.cell.error === "" && Number.isFinite(x.value(entry.cell)) && Number.isFinite(y.value(entry.cell))
      );
    const all = (of) =>
      drawn.reduce((found, entry) => found.concat([of.value(entry.cell), of.low(entry.cell), of.high(entry.cell)]), []);
    const across = EF_SCALE.fitting(all(x), area.left, area.right, Math.min(30, (area.right - area.left) / 12));
    const up = y.moreIsBetter
      ? EF_SCALE.linear(all(y), area.bottom, area.top, 18)
      : EF_SCALE.fitting(all(y), area.bottom, area.top, 18);
    const onFrontier = new Set(EF_METRIC.frontier(data, decision.accepted, x, y));
    const points = drawn.map((entry) => ({
      cell: entry.cell,
      index: entry.index,
      x: across.pixel(x.value(entry.cell)),
      y: up.pixel(y.value(entry.cell)),
      accepted: decision.accepted[entry.index],
      recommended: decision.recommended === entry.index,
      onFrontier: onFrontier.has(entry.cell),
    }));
    points.sort((a, b) => a.x - b.x || b.y - a.y || a.index - b.index);
    return {
      data: data,
      options: options,
      theme: EF_MARKER.themes[options.theme],
      budgetMb: budgetMb,
      decision: decision,
      x: x,
      y: y,
      area: area,
      across: across,
      up: up,
      // Scales and frontier stay as they are when a precision is hidden.
      frontier: points.filter((point) => point.onFrontier),
      points: points.filter((point) => options.hidden.indexOf(point.cell.precision) < 0),
      missing: data.cells.length - points.length,
      measured: drawn.some((entry) => [x, y].some((axis) => Number.isFinite(axis.low(entry.cell)))),
      placer: EF_LABEL.placer(area),
    };
  }


  // ---- lines

  function stroke(path, colour, width, opacity, name) {
    return tag("path", {
      class: name,
      d: path,
      fill: "none",
      stroke: colour,
      "stroke-width": width,
      "stroke-opacity": opacity,
    });
  }

  function line(plot, x1, y1, x2, y2) {
    plot.placer.avoidLine(x1, y1, x2, y2);
    return "M" + at(x1, y1) + "L" + at(x2, y2);
  }

  /** Returns the 95 % intervals of what was measured. */
  function intervals(plot) {
    const elements = [];
    for (let point of plot.points) {
      let cell = point.cell;
      let colour = plot.theme.precisions[EF_MARKER.colourIndex(cell.precision)];
      let path = "";
      if (Number.isFinite(plot.x.low(cell)) && Number.isFinite(plot.x.high(cell))) {
        path += line(plot, plot.across.pixel(plot.x.low(cell)), point.y, plot.across.pixel(plot.x.high(cell)), point.y);
      }
      if (Number.isFinite(plot.y.low(cell)) && Number.isFinite(plot.y.high(cell))) {
        path += line(plot, point.x, plot.up.pixel(plot.y.low(cell)), point.x, plot.up.pixel(plot.y.high(cell)));
      }
      if (path !== "") {
        elements.push(stroke(path, colour, "1.2", "0.45", "interval"));
      }
    }
    return elements;
  }

  /** Returns lines that join the precisions of what is otherwise the same cell. */
  function levels(plot) {
    const lines = new Map();
    for (let point of plot.points) {
      let cell = point.cell;
      let key = JSON.stringify([cell.model, cell.pruningLevel, cell.batchSize, cell.threads]);
      lines.set(key, (lines.get(key) || []).concat([point]));
    }
    return Array.from(lines.values())
      .filter((points) => points.length > 1)
      .map((points) => {
        for (let i = 1; i < points.length; i++) {
          plot.placer.avoidLine(points[i - 1].x, points[i - 1].y, points[i].x, points[i].y);
        }
        const path = "M" + points.map((point) => at(point.x, point.y)).join("L");
        return stroke(path, plot.theme.muted, "1.2", "0.5", "level");
      });
  }

  /** Returns the best that is to be had at each cost, and shades what it beats. */
  function steps(plot) {
    if (plot.frontier.length === 0) {
      return [];
    }
    const area = plot.area;
    const worst = plot.y.moreIsBetter ? area.bottom : area.top;
    const points = plot.x.moreIsBetter ? plot.frontier.slice().reverse() : plot.frontier;
    const end = plot.x.moreIsBetter ? area.left : area.right;
    let fromX = points[0].x;
    let fromY = worst;
    let path = "M" + at(fromX, fromY);
    for (let point of points) {
      path += "H" + EF_SVG.coordinate(point.x) + "V" + EF_SVG.coordinate(point.y);
      plot.placer.avoidLine(fromX, fromY, point.x, fromY);
      plot.placer.avoidLine(point.x, fromY, point.x, point.y);
      fromX = point.x;
      fromY = point.y;
    }
    path += "H" + EF_SVG.coordinate(end);
    plot.placer.avoidLine(fromX, fromY, end, fromY);
    const ground = path + "V" + EF_SVG.coordinate(worst) + "Z";
    return [
      tag("path", { class: "beaten", d: ground, fill: plot.theme.ink, "fill-opacity": "0.045" }),
      stroke(path, plot.theme.ink, "2", "0.85", "frontier"),
    ];
  }

  // ---- points

  function points(plot) {
    return plot.points.map((point) => {
      plot.placer.keepClear(point.x, point.y, point.recommended ? 12.5 : 8);
      const words = EF_WORDS.spoken(plot, point);
      const inside = [EF_SVG.text("title", {}, words)];
      if (!plot.options.standalone) {
        inside.push(tag("circle", { class: "hit", cx: point.x, cy: point.y, r: 12, fill: "transparent" }));
      }
      if (point.recommended) {
        inside.push(EF_MARKER.ring(plot.theme, point.x, point.y));
      }
      inside.push(EF_MARKER.draw(plot.theme, point.cell.precision, point.x, point.y, !point.accepted));
      const values = { class: "point", "data-index": String(point.index) };
      // A picture is one image to a screen reader; in the page each point can be visited.
      const visited = plot.options.standalone ? {} : { tabindex: "0", role: "img", "aria-label": words };
      return tag("g", Object.assign(values, visited), inside.join(""));
    });
  }

  /** Labels points with their pruning level: what to ship, then the frontier, then all others. */
  function labels(plot) {
    const rank = (point) => (point.recommended ? 0 : point.onFrontier ? 1 : 2);
    const order = plot.points.slice();
    order.sort((a, b) => rank(a) - rank(b) || plot.points.indexOf(a) - plot.points.indexOf(b));
    const labelled = [];
    const elements = order.slice(0, MOST_LABELS).map((point) => label(plot, point, labelled));
    const values = {
      class: "labels",
      "font-size": String(LABEL_SIZE),
      fill: plot.theme.ink,
      "text-anchor": "middle",
      stroke: plot.theme.ground,
      "stroke-width": "3",
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    };
    return group(values, elements.filter((element) => element !== null));
  }

  /** Returns a point's label; null without room, or where one close by says the same already. */
  function label(plot, point, labelled) {
    const level = EF_WORDS.level(plot, point.cell);
    const near = (other) => Math.abs(other.x - point.x) < SAME_PLACE && Math.abs(other.y - point.y) < SAME_PLACE;
    if (labelled.some((other) => other.level === level && near(other.point))) {
      return null;
    }
    const text = point.recommended ? level + " " + point.cell.precision : level;
    const weight = point.recommended ? "bold" : null;
    const size = point.recommended ? LABEL_SIZE * BOLD : LABEL_SIZE;
    const box = plot.placer.place(point.x, point.y, point.recommended ? 12.5 : 8, text, size);
    if (box !== null) {
      labelled.push({ level: level, point: point });
    }
    return box === null
      ? null
      : EF_SVG.text("text", { x: (box.left + box.right) / 2, y: box.bottom - 2.5, "font-weight": weight }, text);
  }

  // ---- the whole

  /** Returns the attributes of the picture itself. */
  function root(plot) {
    const options = plot.options;
    const size = { viewBox: "0 0 " + at(options.width, options.height), width: options.width, height: options.height };
    return options.standalone
      ? Object.assign({ xmlns: "http://www.w3.org/2000/svg" }, size, {
          role: "img",
          "aria-labelledby": "title desc",
          "font-family": FONTS,
        })
      : Object.assign({ class: "plot" }, size, { role: "group", "aria-label": EF_WORDS.title(plot) });
  }

  /** Returns the title, the description, and a ground that makes it readable on any page. */
  function opening(plot) {
    const size = { width: plot.options.width, height: plot.options.height };
    return [
      EF_SVG.text("title", { id: "title" }, EF_WORDS.title(plot)),
      EF_SVG.text("desc", { id: "desc" }, EF_WORDS.description(plot)),
      tag("rect", Object.assign(size, { rx: 6, fill: plot.theme.ground })),
    ].concat(EF_FRAME.heading(plot));
  }

  function content(plot) {
    if (plot.points.length === 0) {
      return [EF_FRAME.nothing(plot)];
    }
    // Lines first: the points cover them, and the labels avoid both.
    const lines = [group({ class: "levels" }, levels(plot)), group({ class: "intervals" }, intervals(plot))];
    return lines.concat(steps(plot), [group({ class: "points" }, points(plot)), labels(plot)]);
  }

  /**
   * Returns a picture as SVG; the same bytes for the same data, in every browser and on any machine.
   *
   * @param options x and y (latency, energy, memory, size, coldStart, p99 or accuracy), budgetMb
   *     (default: the active one), theme (light, dark, or page for CSS variables), hidden (precisions
   *     to leave out), width, height, and standalone (with heading, legend and ground)
   */
  function draw(data, options) {
    const plot = prepare(data, options);
    const parts = [].concat(
      plot.options.standalone ? opening(plot) : [],
      EF_FRAME.axes(plot),
      content(plot),
      plot.options.standalone && plot.points.length > 0 ? EF_FRAME.legend(plot) : [],
      plot.options.standalone ? EF_FRAME.notes(plot) : []
    );
    return tag("svg", root(plot), "\n" + parts.filter((part) => part !== "").join("\n") + "\n") + "\n";
  }

  /** Returns which pictures of its frontiers a run has figures for: {x, y, file}. */
  function pictured(data) {
    const y = data.hasAccuracy ? "accuracy" : "memory";
    const has = (name) =>
      data.cells.some((cell) => !Number.isNaN(EF_DECIDE.value(cell, name)) && !Number.isNaN(EF_DECIDE.value(cell, y)));
    const axes = ["latency", "energy", "memory", "size", "coldStart"];
    return axes
      .filter((name) => name !== y && has(name))
      .map((name) => ({
        x: name,
        y: y,
        file: name === "coldStart" ? "cold_start" : name,
      }));
  }

  return {
    draw: draw,
    pictured: pictured,
    precisions: EF_MARKER.precisions,
    colour: (precision) => EF_MARKER.themes.page.precisions[EF_MARKER.colourIndex(precision)],
    marker: (precision, x, y, hollow) => EF_MARKER.draw(EF_MARKER.themes.page, precision, x, y, hollow),
  };
})();
