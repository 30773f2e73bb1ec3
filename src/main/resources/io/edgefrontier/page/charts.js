"use strict";

/** Pictures of what is behind a cell's figures: samples and layers. Data in, SVG out. */
const EF_CHARTS = (function () {
  const tag = EF_SVG.tag;
  const text = EF_SVG.text;
  const SIZE = 12;
  const at = (x, y) => EF_SVG.coordinate(x) + " " + EF_SVG.coordinate(y);

  /** Returns a text that fits into so many pixels: what is left out is in its middle. */
  function fitted(words, pixels) {
    if (EF_LABEL.width(words, SIZE) <= pixels) {
      return words;
    }
    const characters = Array.from(words);
    for (let kept = Math.min(characters.length - 1, 80); kept > 2; kept--) {
      const head = Math.ceil(kept / 2);
      const short = characters.slice(0, head).join("") + "\u2026" + characters.slice(head - kept).join("");
      if (EF_LABEL.width(short, SIZE) <= pixels) {
        return short;
      }
    }
    return "\u2026";
  }

  /** Returns the widest of some texts in pixels, within bounds. */
  function column(words, least, most) {
    const widest = words.reduce((found, word) => Math.max(found, EF_LABEL.width(word, SIZE)), 0);
    return Math.max(least, Math.min(most, widest + 12));
  }

  /** Returns a picture; a screen reader hears its name and finds the figures in the table below. */
  function picture(width, height, name, parts) {
    const values = {
      viewBox: "0 0 " + at(width, height),
      width: width,
      height: height,
      role: "img",
      "aria-label": name,
      "font-size": String(SIZE),
      fill: "var(--ink)",
    };
    return tag("svg", values, "\n" + parts.filter((part) => part !== "").join("\n") + "\n");
  }

  /** Returns grid lines with their values above and a title. */
  function ruler(scale, left, right, top, bottom, title) {
    const parts = [];
    let free = -Infinity;
    for (let tick of scale.ticks().filter((candidate) => candidate.value >= 0)) {
      const x = scale.pixel(tick.value);
      const half = EF_LABEL.width(tick.label, SIZE) / 2;
      parts.push(tag("line", { x1: x, y1: top, x2: x, y2: bottom, stroke: "var(--grid)" }));
      if (x - half > free && x + half <= right + 24) {
        parts.push(text("text", { x: x, y: top - 6, "text-anchor": "middle", fill: "var(--muted)" }, tick.label));
        free = x + half + 6;
      }
    }
    parts.push(text("text", { x: left, y: top - 24, fill: "var(--muted)" }, title));
    return parts;
  }

  // ---- samples

  function rowTitle(name, cell) {
    const q = cell.quantiles.map((value) => EF_SVG.significant(value, 4));
    const samples = cell.distribution.reduce((sum, bin) => sum + bin[1], cell.beyond);
    return (
      name + ": " + samples + " samples, median " + q[2] + " ms, half of them from " + q[1] + " to " + q[3] +
      ", all from " + q[0] + " to " + q[4] + " ms" +
      (cell.beyond > 0 ? ", the slowest " + cell.beyond + " not shaded" : "")
    );
  }

  /** Returns the outline of a histogram whose bins are equally wide on a logarithmic axis. */
  function outline(bins, scale, base, height) {
    const most = bins.reduce((found, bin) => Math.max(found, bin[1]), 1);
    if (bins.length === 1) {
      const x = scale.pixel(bins[0][0]);
      return "M" + at(x - 1, base) + "V" + EF_SVG.coordinate(base - height) + "h2V" + EF_SVG.coordinate(base) + "Z";
    }
    const half = Math.sqrt(bins[1][0] / bins[0][0]);
    let path = "M" + at(scale.pixel(bins[0][0] / half), base);
    for (let bin of bins) {
      path += "V" + EF_SVG.coordinate(base - (bin[1] / most) * height);
      path += "H" + EF_SVG.coordinate(scale.pixel(bin[0] * half));
    }
    return path + "V" + EF_SVG.coordinate(base) + "Z";
  }

  function distribution(entry, scale, frame, base) {
    const cell = entry.cell;
    const colour = EF_PLOT.colour(cell.precision);
    const q = cell.quantiles.map((value) => scale.pixel(value));
    const line = (x1, x2, values) =>
      tag("line", Object.assign({ x1: x1, y1: base, x2: x2, y2: base, stroke: colour }, values));
    const parts = [
      text("title", {}, rowTitle(entry.name, cell)),
      text("text", { x: 0, y: base - 3 }, fitted(entry.name, frame.left - 10)),
      tag("path", { class: "bins", d: outline(cell.distribution, scale, base, frame.height), fill: colour,
        "fill-opacity": "0.45" }),
      line(q[0], q[4], { "stroke-width": "1" }),
      line(q[1], q[3], { "stroke-width": "3" }),
      tag("line", { x1: q[2], y1: base - frame.height, x2: q[2], y2: base + 2, stroke: "var(--ink)",
        "stroke-width": "1.6" }),
      text("text", { x: frame.width, y: base - 3, "text-anchor": "end" }, EF_SVG.significant(cell.quantiles[2], 3)),
    ];
    return tag("g", { class: "distribution", "data-index": String(entry.index) }, parts.join(""));
  }

  /**
   * Returns how the samples of each cell spread, one row a cell, all on one axis.
   *
   * @param options width in pixels
   */
  function distributions(data, options) {
    const entries = data.cells
      .map((cell, index) => ({ cell: cell, index: index, name: EF_ADVICE.shortName(data, cell) }))
      .filter((entry) => entry.cell.distribution.length > 0);
    const width = options.width;
    const pitch = entries.length > 32 ? 24 : 32;
    const names = entries.map((entry) => entry.name);
    const frame = { left: column(names, 48, width * 0.4), width: width, height: pitch - 9 };
    const top = 44;
    const bottom = top + pitch * entries.length + 4;
    const reach = entries.reduce((all, entry) => all.concat(entry.cell.quantiles), []);
    const scale = EF_SCALE.fitting(reach, frame.left, width - 56, 4);
    const title = "Samples in ms" + (scale.logarithmic ? ", log scale" : "");
    const rows = entries.map((entry, i) => distribution(entry, scale, frame, top + pitch * (i + 1)));
    const head = text("text", { x: width, y: top - 24, "text-anchor": "end", fill: "var(--muted)" }, "median");
    const name = "Latency samples of " + entries.length + (entries.length === 1 ? " cell" : " cells");
    return picture(width, bottom, name, ruler(scale, frame.left, width - 56, top, bottom, title).concat([head], rows));
  }

  // ---- layers

  const MEASURES = {
    time: { place: 4, title: "Time of one call", format: (value) => EF_SVG.significant(value, 3) + " \u00b5s" },
    macs: { place: 2, title: "Multiply-accumulates of one sample", format: (value) => scaled(value, 1000, "") },
    bytes: { place: 3, title: "Stored bytes", format: (value) => scaled(value, 1024, "B") },
  };

  function scaled(value, step, unit) {
    const prefixes = step === 1024 ? ["", "Ki", "Mi", "Gi", "Ti"] : ["", "k", "M", "G", "T"];
    let rest = value;
    let power = 0;
    while (rest >= step && power < prefixes.length - 1) {
      rest /= step;
      power++;
    }
    return (EF_SVG.significant(rest, 3) + " " + prefixes[power] + unit).trim();
  }

  /** Returns the measures that a variant's layers have: {name, title}. */
  function measures(rows) {
    return Object.keys(MEASURES)
      .filter((name) => rows.some((row) => row[MEASURES[name].place] > 0))
      .map((name) => ({ name: name, title: MEASURES[name].title }));
  }

  /** Returns a layer's figure as text. */
  function layerFigure(row, measure) {
    const value = row[MEASURES[measure].place];
    return value === null ? "-" : MEASURES[measure].format(value);
  }

  function bar(row, value, total, frame, y, measure) {
    const words = layerFigure(row, measure);
    const share = total > 0 ? ((100 * value) / total).toFixed(1) + " %" : "";
    const end = frame.left + (frame.most > 0 ? (value / frame.most) * frame.length : 0);
    const parts = [
      text("title", {}, row[0] + (row[1] === "" ? "" : ", " + row[1]) + ": " + words + ", " + share),
      text("text", { x: 0, y: y + 12 }, fitted(row[0], frame.left - 8)),
      tag("rect", { class: "bar", x: frame.left, y: y + 2, width: Math.max(0.5, end - frame.left), height: 13,
        fill: frame.colour, "fill-opacity": "0.75" }),
      tag("text", { x: end + 6, y: y + 12 },
        text("tspan", {}, words) + text("tspan", { fill: "var(--muted)", dx: "6" }, row[1])),
    ];
    return tag("g", { class: "layer" }, parts.join(""));
  }

  /**
   * Returns what each layer of a variant costs.
   *
   * @param rows [layer, op, macs, bytes, timeUs]; layers without a cost are left out
   * @param options width in pixels, and the precision, whose colour the bars have
   */
  function layers(rows, measure, options) {
    const place = MEASURES[measure].place;
    const drawn = rows.filter((row) => row[place] > 0);
    const width = options.width;
    const left = column(drawn.map((row) => row[0]), 40, width * 0.38);
    const frame = {
      left: left,
      // The longest bar leaves room for its own words.
      length: Math.max(40, width - left - Math.min(190, width * 0.36)),
      most: drawn.reduce((found, row) => Math.max(found, row[place]), 0),
      colour: EF_PLOT.colour(options.precision),
    };
    const total = drawn.reduce((sum, row) => sum + row[place], 0);
    const bars = drawn.map((row, i) => bar(row, row[place], total, frame, 20 * i, measure));
    const name = MEASURES[measure].title + " of " + drawn.length + " layers, in all " + MEASURES[measure].format(total);
    return picture(width, 20 * drawn.length + 4, name, bars);
  }

  return {
    distributions: distributions,
    layers: layers,
    measures: measures,
    layerFigure: layerFigure,
    fitted: fitted,
    picture: picture,
  };
})();
