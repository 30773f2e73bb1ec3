"use strict";

/**
 * What the budgets accept, what is on a frontier, and what to ship: the rules of Edge Frontier's
 * Java code (MemoryBudgets, ParetoFrontier, Recommendation) once more, so that a page can apply
 * them to a budget that nobody had when the run was made. A test holds both against each other.
 *
 * No function keeps or changes what it is given.
 */
const EF_DECIDE = (function () {
  const COSTS = ["latency", "energy", "memory", "size", "coldStart"];

  /** Returns a figure of a cell, or NaN: null would compare as 0. */
  function known(figure) {
    return typeof figure === "number" ? figure : NaN;
  }

  /** Returns what a cell's figure of this name is; NaN if it is absent. */
  function value(cell, name) {
    return cell[name] ? known(cell[name][0]) : NaN;
  }

  /** Returns the lower end of the 95 % interval of a cell's accuracy. */
  function accuracyLow(cell) {
    return cell.accuracy ? known(cell.accuracy[1]) : NaN;
  }

  /** Returns whether a cell exceeds a budget; null if nobody knows. Equal is within. */
  function violates(cell, budgetMb) {
    const metric = known(cell.budgetMb);
    return Number.isNaN(metric) ? null : metric > budgetMb;
  }

  /** Returns whether a cell did not fail and is known to be within the budget. */
  function accepted(cell, budgetMb) {
    return cell.error === "" && violates(cell, budgetMb) === false;
  }

  /**
   * Returns what a frontier maximises.
   *
   * @param basis "top1", "ci-low", or the name of a cost that stands in for accuracy
   */
  function worth(cell, basis) {
    if (basis === "ci-low") {
      return accuracyLow(cell);
    }
    return basis === "top1" ? value(cell, "accuracy") : -value(cell, basis);
  }

  /**
   * Returns the cells that no other of them beats, by ascending cost. Of equal cells the first
   * stays; those that lack a figure take no part.
   *
   * @param cells those that may be on it, such as the accepted ones
   */
  function frontier(cells, costName, basis) {
    const ranked = cells
      .map((cell, index) => ({ cell: cell, index: index, x: value(cell, costName), worth: worth(cell, basis) }))
      .filter((entry) => !Number.isNaN(entry.x) && !Number.isNaN(entry.worth));
    // An explicit last key: a sort need not be stable.
    ranked.sort((a, b) => a.x - b.x || b.worth - a.worth || a.index - b.index);
    const kept = [];
    let best = -Infinity;
    for (let entry of ranked) {
      if (entry.worth > best) {
        kept.push(entry.cell);
        best = entry.worth;
      }
    }
    return kept;
  }

  /** Returns the cell that is before all others by these keys, each to be minimised. */
  function first(cells, keys) {
    const before = (a, b) => {
      for (let key of keys) {
        if (key(a) !== key(b)) {
          return key(a) < key(b);
        }
      }
      return false;
    };
    return cells.reduce((best, cell) => (best === null || before(cell, best) ? cell : best), null);
  }

  /**
   * Returns the cell to ship among accepted ones: the fastest whose accuracy is not below the lower
   * end of the best one's interval.
   *
   * @return {cell, best}; null if none has both latency and accuracy
   */
  function recommend(cells) {
    const latency = (cell) => value(cell, "latency");
    const inaccuracy = (cell) => -value(cell, "accuracy");
    const candidates = cells.filter((cell) => !Number.isNaN(latency(cell)) && !Number.isNaN(inaccuracy(cell)));
    const best = first(candidates, [inaccuracy, latency]);
    if (best === null) {
      return null;
    }
    const low = accuracyLow(best);
    const threshold = Number.isNaN(low) ? value(best, "accuracy") : low;
    const close = candidates.filter((cell) => value(cell, "accuracy") >= threshold);
    const chosen = first(close, [latency, inaccuracy]);
    return { cell: chosen === null ? best : chosen, best: best };
  }

  /**
   * Returns what the frontiers of a run maximise against a cost: accuracy or, where that was not
   * measured, the smallness of memory, and against memory itself that of latency.
   */
  function basis(data, costName) {
    if (data.hasAccuracy) {
      return data.accuracyBasis;
    }
    return costName === "memory" ? "latency" : "memory";
  }

  /**
   * Returns all that follows from a budget.
   *
   * @return {accepted: [bool per cell], frontiers: {latency: [bool per cell], ...}, recommended:
   *     index of a cell or -1}
   */
  function decide(data, budgetMb) {
    const fits = data.cells.map((cell) => accepted(cell, budgetMb));
    const candidates = data.cells.filter((cell, index) => fits[index]);
    const frontiers = {};
    for (let name of COSTS) {
      let on = new Set(frontier(candidates, name, basis(data, name)));
      frontiers[name] = data.cells.map((cell) => on.has(cell));
    }
    const ship = recommend(candidates);
    return {
      accepted: fits,
      frontiers: frontiers,
      recommended: ship === null ? -1 : data.cells.indexOf(ship.cell),
    };
  }

  return {
    accepted: accepted,
    violates: violates,
    frontier: frontier,
    recommend: recommend,
    basis: basis,
    value: value,
    decide: decide,
  };
})();
