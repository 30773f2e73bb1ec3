"use strict";

/** What a budget means for a reader: where a slider may stop, and which variant to ship, in words. */
const EF_ADVICE = (function () {
  const figure = (cell, name) => EF_DECIDE.value(cell, name);
  const digits = (value) => EF_SVG.significant(value, 4);

  /** Returns what tells a cell from the others of its run, such as "0.25 int8 b4". */
  function shortName(data, cell) {
    const varies = (part) => data.cells.some((other) => other[part] !== data.cells[0][part]);
    return (
      (varies("model") ? cell.model + " " : "") + EF_SVG.plain(cell.pruningLevel) + " " + cell.precision +
      (varies("batchSize") ? " b" + cell.batchSize : "") + (varies("threads") ? " t" + cell.threads : "")
    );
  }

  /**
   * Returns the budgets at which a decision can change, ascending, in MiB: each cell's own figure,
   * since equal is within, and the budgets that the run was made with.
   */
  function stops(data) {
    const own = data.cells.map((cell) => cell.budgetMb).filter((value) => Number.isFinite(value));
    const given = data.trackedBudgetsMb.concat([data.activeBudgetMb]);
    const all = own.concat(given);
    const least = own.reduce((a, b) => Math.min(a, b), Infinity);
    if (given.every((budget) => budget >= least)) {
      all.push(0); // so that a budget that nothing fits can be tried
    }
    all.sort((a, b) => a - b);
    return all.filter((value, index) => index === 0 || value !== all[index - 1]);
  }

  function costs(cell) {
    const accuracy = figure(cell, "accuracy");
    return (
      cell.id + " (" + digits(figure(cell, "latency")) + " ms at batch size " + cell.batchSize + ", " +
      digits(figure(cell, "memory")) + " MiB" +
      (Number.isNaN(accuracy) ? "" : ", " + (100 * accuracy).toFixed(2) + " % accuracy") + ")"
    );
  }

  function archive(cell) {
    return cell.archive === "" ? "" : " Archive: " + cell.archive + ".";
  }

  /** Returns the cell that is least by one figure, and of equal ones by another. */
  function least(cells, first, second) {
    return cells.reduce((best, cell) => {
      const order = figure(cell, first) - figure(best, first) || figure(cell, second) - figure(best, second);
      return order < 0 ? cell : best;
    });
  }

  function ends(cells, within) {
    const timed = cells.filter((cell) => !Number.isNaN(figure(cell, "latency")));
    if (timed.length === 0) {
      return within + "nothing to ship: no variant that fits has a latency.";
    }
    return (
      within + "accuracy was not measured, so no variant is recommended; the fastest that fits is " +
      costs(least(timed, "latency", "memory")) + ", the smallest " + costs(least(timed, "memory", "latency")) + "."
    );
  }

  function why(found) {
    return found.cell === found.best
      ? "it is the most accurate that fits, and no faster one comes close enough."
      : "the fastest that fits within the 95 % interval of the best accuracy, " +
          (100 * figure(found.best, "accuracy")).toFixed(2) + " % of " + found.best.id + ", which takes " +
          digits(figure(found.best, "latency")) + " ms.";
  }

  /** Returns which variant to ship within a budget, and why; as the run said it for its own budget. */
  function sentence(data, budgetMb) {
    if (budgetMb === data.activeBudgetMb) {
      return data.sentence;
    }
    const within = "Within " + EF_SVG.significant(budgetMb, 6) + " MiB: ";
    const fits = data.cells.filter((cell) => EF_DECIDE.accepted(cell, budgetMb));
    if (fits.length === 0) {
      return within + "nothing to ship, no variant fits.";
    }
    if (!data.hasAccuracy) {
      return ends(fits, within);
    }
    const found = EF_DECIDE.recommend(fits);
    return found === null
      ? within + "nothing to ship, no variant that fits has both latency and accuracy."
      : within + "ship " + costs(found.cell) + ": " + why(found) + archive(found.cell);
  }

  return { shortName: shortName, stops: stops, sentence: sentence };
})();
