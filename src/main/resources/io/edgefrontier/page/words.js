"use strict";

/** What a picture says: its title, its description, and the text of each point. */
const EF_WORDS = (function () {
  const LONGEST_NAME = 40;
  const WIDEST_NAME = 420;
  const TITLE_SIZE = 20;
  const MOST_NAMED = 20;

  /** Returns the name of what was measured, short enough, and with nothing that turns other text around. */
  function name(plot) {
    const inert = (plot.data.title || "").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
    let length = Math.min(inert.length, LONGEST_NAME);
    while (EF_LABEL.width(inert.slice(0, length), TITLE_SIZE) > WIDEST_NAME) {
      length--;
    }
    return length === inert.length ? inert : whole(inert.slice(0, length)) + "...";
  }

  /** Returns the text without half a surrogate pair at its end. */
  function whole(text) {
    return text.replace(/[\ud800-\udbff]$/, "");
  }

  /** Returns which figures the picture shows. */
  function figuresShown(plot) {
    return plot.y.phrase + " against " + plot.x.phrase;
  }

  /** Returns what the picture shows, as a title. */
  function title(plot) {
    return (name(plot) === "" ? "" : name(plot) + ": ") + figuresShown(plot);
  }

  /** Returns how many cells there are and what became of them. */
  function counts(plot) {
    const cells = plot.data.cells;
    const failed = cells.filter((cell) => cell.error !== "").length;
    const accepted = plot.decision.accepted.filter((fits) => fits).length;
    return (
      cells.length + (cells.length === 1 ? " cell, " : " cells, ") + accepted + " accepted" +
      (failed === 0 ? "" : ", " + failed + " failed")
    );
  }

  /** Returns what a cell must keep to be accepted. */
  function rule(plot) {
    return "Accepted: " + plot.data.budgetMetric + " <= " + EF_SVG.significant(plot.budgetMb, 6) + " MiB.";
  }

  function figures(plot, cell) {
    return plot.x.figure(cell) + ", " + plot.y.figure(cell);
  }

  /** Returns the picture in words: what is on the frontier, and what to ship. */
  function description(plot) {
    const named = plot.frontier
      .slice(0, MOST_NAMED)
      .map((point) => point.cell.id + " (" + figures(plot, point.cell) + ")");
    const more = plot.frontier.length - named.length;
    const ship = plot.data.cells[plot.decision.recommended];
    const best = named.join("; ") + (more > 0 ? "; and " + more + " more." : ".");
    return (
      counts(plot) + ". " + rule(plot) +
      (named.length === 0 ? " The frontier is empty." : " On the frontier: " + best) +
      (ship === undefined ? "" : " Recommended: " + ship.id + ".")
    );
  }

  /** Returns what a point is, for a tooltip and for a screen reader. */
  function spoken(plot, point) {
    const cell = point.cell;
    return (
      cell.id + ": " + figures(plot, cell) +
      (varies(plot, "batchSize") ? ", batch size " + cell.batchSize : "") +
      (varies(plot, "threads") ? ", threads " + cell.threads : "") +
      (point.accepted ? "" : ", rejected") + (point.onFrontier ? ", on the frontier" : "") +
      (point.recommended ? ", recommended" : "")
    );
  }

  /** Returns whether the cells differ in this, so that a reader must be told. */
  function varies(plot, part) {
    return plot.data.cells.some((cell) => cell[part] !== plot.data.cells[0][part]);
  }

  /** Returns the label of a point: its pruning level, and what else tells it from its likes. */
  function level(plot, cell) {
    return (
      (varies(plot, "model") ? cell.model.slice(0, 12) + " " : "") + EF_SVG.plain(cell.pruningLevel) +
      (varies(plot, "batchSize") ? " b" + cell.batchSize : "") + (varies(plot, "threads") ? " t" + cell.threads : "")
    );
  }

  return {
    name: name,
    figuresShown: figuresShown,
    title: title,
    counts: counts,
    rule: rule,
    description: description,
    spoken: spoken,
    level: level,
    varies: varies,
  };
})();
