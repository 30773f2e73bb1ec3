"use strict";

/** The table of all cells: sorted by a click, filtered by words, judged anew for each budget. */
const EF_TABLE = (function () {
  const element = EF_DOM.element;
  const FIGURES = ["accuracy", "latency", "p99", "memory", "energy"];
  const MORE_FIGURES = ["coldStart", "size"];
  const FRONTIERS = ["latency", "energy", "memory"];

  /** Returns so many places that a positive number shows two significant digits. */
  function placesOf(number) {
    return Math.max(0, Math.min(6, 1 - Number(number.toExponential(1).split("e")[1])));
  }

  /** Returns a figure with its interval, as far as there is one; that says how many digits matter. */
  function words(metric, cell) {
    const value = metric.value(cell);
    const half = (metric.high(cell) - metric.low(cell)) / 2;
    if (metric.name === "accuracy") {
      const ends = [metric.low(cell), metric.high(cell)].map((end) => end.toFixed(1)).join(", ");
      return [value.toFixed(1), Number.isNaN(half) ? "" : " [" + ends + "]"];
    }
    if (half > 0) {
      const places = placesOf(half);
      return [value.toFixed(places), " \u00b1 " + half.toFixed(places)];
    }
    return [value > 0 ? value.toFixed(Math.max(0, placesOf(value) + (value < 1000 ? 1 : 0))) : String(value), ""];
  }

  function figure(metric, cell) {
    const parts = Number.isNaN(metric.value(cell)) ? ["-", ""] : words(metric, cell);
    const interval = parts[1] === "" ? null : element("span", { class: "interval" }, [parts[1]]);
    return element("td", { class: "number" }, [parts[0], interval]);
  }

  function head(metric) {
    const titles = { accuracy: "Accuracy", p99: "p99", memory: "Model", size: "Archive", energy: "Energy" };
    const unit = metric.unit + (metric.name === "accuracy" ? " [95 %]" : "");
    return { title: titles[metric.name] || metric.title, unit: unit };
  }

  /** Returns the verdict on a cell: a failed one has no other. */
  function verdict(data, cell, state, index) {
    if (cell.error !== "") {
      return "failed: " + cell.error;
    }
    return (state.accepted[index] ? "accepted" : "rejected") + (state.recommended === index ? ", recommended" : "");
  }

  function frontiers(state, index) {
    return FRONTIERS.filter((name) => state.frontiers[name][index]).join(", ");
  }

  /** Returns the tracked budgets that a cell exceeds, as text. */
  function exceeded(data, cell) {
    const over = data.trackedBudgetsMb.filter((budget) => EF_DECIDE.violates(cell, budget) === true);
    return cell.error !== "" || typeof cell.budgetMb !== "number" ? "-" : over.map(EF_SVG.plain).join(", ") || "none";
  }

  /** Returns the columns: {name, title, unit, number, key(cell, index), cell(cell, index)}. */
  function columns(data, current) {
    const varies = (part) => data.cells.some((cell) => cell[part] !== data.cells[0][part]);
    const td = (text) => element("td", {}, [text]);
    const whole = (name, title) => ({
      name: name,
      title: title,
      number: true,
      key: (cell) => cell[name],
      cell: (cell) => element("td", { class: "number" }, [EF_SVG.plain(cell[name])]),
    });
    const measured = (names) => names.map((name) => EF_METRIC.of(data, name))
      .filter((metric) => data.cells.some((cell) => !Number.isNaN(metric.value(cell))))
      .map((metric) => Object.assign(head(metric), {
        name: metric.name,
        number: true,
        key: (cell) => metric.value(cell),
        cell: (cell) => figure(metric, cell),
      }));
    return [
      { name: "id", title: "Variant", key: (cell) => cell.id,
        cell: (cell) => element("th", { scope: "row" }, [EF_DOM.foreign(cell.id)]) },
      whole("pruningLevel", "Pruning"),
      { name: "precision", title: "Precision", key: (cell) => cell.precision, cell: (cell) => td(cell.precision) },
      varies("batchSize") ? whole("batchSize", "Batch") : null,
      varies("threads") ? whole("threads", "Threads") : null,
    ].concat(measured(FIGURES), [
      { name: "verdict", title: "Verdict", key: (cell, i) => verdict(data, cell, current(), i),
        cell: (cell, i) => element("td", { "data-verdict": "", class: "wrap" },
          [EF_DOM.foreign(verdict(data, cell, current(), i))]) },
      { name: "exceeds", title: "Exceeds", unit: "MiB", key: (cell) => cell.budgetMb, cell: (cell) =>
        td(exceeded(data, cell)) },
      { name: "frontier", title: "Frontier", key: (cell, i) => frontiers(current(), i) || null,
        cell: (cell, i) => element("td", { "data-frontier": "", class: "wrap" }, [frontiers(current(), i) || "-"]) },
    ], measured(MORE_FIGURES)).filter((column) => column !== null);
  }

  /** Orders by a key; what is absent comes last, whichever way the rest is ordered. */
  function compare(a, b, descending) {
    const absent = (key) => key === null || key === undefined || Number.isNaN(key);
    if (absent(a) || absent(b)) {
      return (absent(a) ? 1 : 0) - (absent(b) ? 1 : 0);
    }
    const order = a < b ? -1 : a > b ? 1 : 0;
    return descending ? -order : order;
  }

  /**
   * Builds the table.
   *
   * @param decided returns what the budget of the moment decides
   * @return {update} to call after each change of the budget, {point} to mark a cell's row
   */
  function build(data, decided) {
    const shown = columns(data, decided);
    const sorting = { column: shown.find((column) => column.name === "latency") || shown[0], descending: false };
    const body = element("tbody");
    const caption = element("caption");
    const heads = shown.map((column) => element("th", { scope: "col", class: column.number ? "number" : null }, [
      element("button", { type: "button", "data-column": column.name }, [
        column.title,
        column.unit ? element("span", { class: "unit" }, [" " + column.unit]) : null,
      ]),
    ]));
    const rows = data.cells.map((cell, index) =>
      element("tr", { "data-index": String(index) }, shown.map((column) => column.cell(cell, index))));
    const filter = EF_DOM.byId("filter");

    function sort() {
      const key = (index) => sorting.column.key(data.cells[index], index);
      const order = rows.map((row, index) => index);
      order.sort((a, b) => compare(key(a), key(b), sorting.descending) || a - b);
      order.forEach((index) => body.appendChild(rows[index]));
      shown.forEach((column, i) => {
        const direction = sorting.descending ? "descending" : "ascending";
        heads[i].setAttribute("aria-sort", column === sorting.column ? direction : "none");
      });
    }

    function sift() {
      const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      let count = 0;
      for (let row of rows) {
        const text = Array.from(row.children).map((cell) => cell.textContent).join(" ").toLowerCase();
        row.hidden = !words.every((word) => text.indexOf(word) >= 0);
        count += row.hidden ? 0 : 1;
      }
      EF_DOM.fill(EF_DOM.byId("shown"), [count + " of " + rows.length + (rows.length === 1 ? " row" : " rows")]);
    }

    function judge() {
      const state = decided();
      data.cells.forEach((cell, index) => {
        const row = rows[index];
        EF_DOM.fill(row.querySelector("[data-verdict]"), [EF_DOM.foreign(verdict(data, cell, state, index))]);
        EF_DOM.fill(row.querySelector("[data-frontier]"), [frontiers(state, index) || "-"]);
        row.className = cell.error !== "" ? "failed" : state.recommended === index ? "recommended"
          : state.accepted[index] ? "" : "rejected";
      });
      EF_DOM.fill(caption, [
        "Every cell, judged by a budget of " + EF_SVG.significant(state.budgetMb, 6) + " MiB. \u00b1: half of the 95 %" +
        " interval; [ ]: 95 % interval; -: absent; frontier: on that of " + (data.hasAccuracy ? "accuracy" : "memory") +
        " against these costs.",
      ]);
    }

    heads.forEach((th, i) => th.firstChild.addEventListener("click", () => {
      sorting.descending = sorting.column === shown[i] && !sorting.descending;
      sorting.column = shown[i];
      sort();
    }));
    filter.addEventListener("input", sift);
    EF_DOM.fill(EF_DOM.byId("table"), [caption, element("thead", {}, [element("tr", {}, heads)]), body]);
    const update = () => {
      judge();
      sort();
      sift();
    };
    update();
    return {
      update: update,
      point: (index) => rows.forEach((row, i) => row.classList.toggle("pointed", i === index)),
    };
  }

  return { build: build };
})();
