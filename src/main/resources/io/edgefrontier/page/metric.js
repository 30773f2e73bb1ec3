"use strict";

/** The figures of a cell that a picture can show at an axis. */
const EF_METRIC = (function () {
  const METRICS = {
    accuracy: { title: "Top-1 accuracy", phrase: "accuracy", unit: "%" },
    latency: { title: "Latency", phrase: "latency", unit: "ms" },
    energy: { title: "Energy per inference", phrase: "energy", unit: "mJ" },
    memory: { title: "Model memory", phrase: "model memory", unit: "MiB" },
    size: { title: "Archive size", phrase: "archive size", unit: "MiB" },
    coldStart: { title: "Cold start", phrase: "cold start", unit: "ms" },
    p99: { title: "99th percentile of latency", phrase: "99th percentile of latency", unit: "ms" },
  };

  /** Returns how one figure of the cells reads and where to find it. */
  function of(data, name) {
    if (!Object.prototype.hasOwnProperty.call(METRICS, name)) {
      throw new Error("no figure '" + name + "'; available: " + Object.keys(METRICS).join(", "));
    }
    const basic = METRICS[name];
    const modelled = name === "energy" && data.cells.some((cell) => cell.energyModelled);
    // A unit in which the figures read best.
    const kib = basic.unit === "MiB" && !data.cells.some((cell) => EF_DECIDE.value(cell, name) >= 1);
    const factor = name === "accuracy" ? 100 : kib ? 1024 : 1;
    const part = (cell, index) => {
      const value = cell[name] ? cell[name][index] : null;
      return typeof value === "number" ? value * factor : NaN;
    };
    const unit = kib ? "KiB" : basic.unit;
    return {
      name: name,
      title: basic.title + (modelled ? ", modelled" : ""),
      phrase: (modelled ? "modelled " : "") + basic.phrase,
      unit: unit,
      moreIsBetter: name === "accuracy",
      value: (cell) => part(cell, 0),
      low: (cell) => part(cell, 1),
      high: (cell) => part(cell, 2),
      figure: (cell) =>
        (name === "accuracy" ? part(cell, 0).toFixed(1) : EF_SVG.significant(part(cell, 0), 3)) + " " + unit,
      /** Whether the figure can be so; other ticks are in the margin, where nothing can be. */
      reaches: (value) => value >= 0 && (name !== "accuracy" || value <= 100),
    };
  }

  /** Returns the cells that no other beats in what the two axes show. */
  function frontier(data, accepted, x, y) {
    const cells = data.cells.filter((cell, index) => accepted[index]);
    if (x.name === y.name) {
      return [];
    }
    if (x.moreIsBetter) {
      return EF_DECIDE.frontier(cells, y.name, data.accuracyBasis);
    }
    return EF_DECIDE.frontier(cells, x.name, y.moreIsBetter ? data.accuracyBasis : y.name);
  }

  return { of: of, frontier: frontier };
})();
