"use strict";

/** Colours of the pictures, and the shape and colour of each precision. */
const EF_MARKER = (function () {
  const PRECISIONS = ["fp32", "bf16", "fp16", "int8"];
  const COLOURS = 8;
  const RADIUS = 5.5;
  const at = (x, y) => EF_SVG.coordinate(x) + " " + EF_SVG.coordinate(y);

  /** Ratios of contrast are at least 3 to 1 on the ground; shapes tell more than colours do. */
  const THEMES = {
    light: {
      ground: "#ffffff",
      ink: "#1f2328",
      muted: "#59636e",
      grid: "#e4e7eb",
      accent: "#b35900",
      precisions: ["#0072b2", "#a8539a", "#00835c", "#d55e00", "#8c6d1f", "#56707f", "#148a8a", "#7a5cc4"],
    },
    dark: {
      ground: "#0d1117",
      ink: "#e6edf3",
      muted: "#9198a1",
      grid: "#262c36",
      accent: "#f0a35e",
      precisions: ["#58aef0", "#dd92cf", "#3fc797", "#ff8f4d", "#d1b05a", "#9fb4c0", "#4cc9c9", "#b39df5"],
    },
    page: {
      ground: "var(--ground)",
      ink: "var(--ink)",
      muted: "var(--muted)",
      grid: "var(--grid)",
      accent: "var(--accent)",
      precisions: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => "var(--p" + i + ")"),
    },
  };

  /** Returns the precisions that a run has, in the order of the legend. */
  function precisions(data) {
    const found = new Set(data.cells.map((cell) => cell.precision));
    const others = Array.from(found).filter((name) => PRECISIONS.indexOf(name) < 0);
    return PRECISIONS.filter((name) => found.has(name)).concat(others);
  }

  /** Returns the number of a precision's colour, the same in every picture. */
  function colourIndex(precision) {
    const known = PRECISIONS.indexOf(precision);
    if (known >= 0) {
      return known;
    }
    let sum = 0;
    for (let i = 0; i < precision.length; i++) {
      sum += precision.charCodeAt(i);
    }
    return PRECISIONS.length + (sum % (COLOURS - PRECISIONS.length));
  }

  function polygon(points) {
    return "M" + points.map((point) => at(point[0], point[1])).join("L") + "Z";
  }

  function circle(x, y, r) {
    const arc = "A" + r + " " + r + " 0 1 1 ";
    return "M" + at(x - r, y) + arc + at(x + r, y) + arc + at(x - r, y) + "Z";
  }

  /** Returns the path of a shape; all shapes look about as large. */
  function outline(index, x, y) {
    const r = RADIUS;
    switch (index) {
      case 0:
        return circle(x, y, r);
      case 1:
        return "M" + at(x - r + 0.5, y - r + 0.5) + "h10v10h-10Z";
      case 2:
        return polygon([[x, y - r - 1], [x + r + 1, y + r], [x - r - 1, y + r]]);
      case 3:
        return polygon([[x, y - r - 1.5], [x + r + 1.5, y], [x, y + r + 1.5], [x - r - 1.5, y]]);
      default:
        return polygon([[x, y + r + 1], [x + r + 1, y - r], [x - r - 1, y - r]]);
    }
  }

  /** Returns the marker of a precision; a hollow one shows that a budget rejects it. */
  function draw(theme, precision, x, y, hollow) {
    const index = colourIndex(precision);
    const colour = theme.precisions[index];
    return EF_SVG.tag("path", {
      class: "marker",
      d: outline(index, x, y),
      fill: hollow ? theme.ground : colour,
      stroke: hollow ? colour : theme.ground,
      "stroke-width": hollow ? "1.6" : "1",
    });
  }

  /** Returns the ring around the marker of what to ship. */
  function ring(theme, x, y) {
    const values = { class: "ring", cx: x, cy: y, r: 10.5, fill: "none", stroke: theme.ink, "stroke-width": "1.8" };
    return EF_SVG.tag("circle", values);
  }

  return { themes: THEMES, precisions: precisions, colourIndex: colourIndex, draw: draw, ring: ring };
})();
