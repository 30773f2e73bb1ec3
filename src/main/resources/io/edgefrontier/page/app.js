"use strict";

/** The page: reads the run, fills every section, and draws anew when the width changes. */
(function () {
  const element = EF_DOM.element;
  const byId = EF_DOM.byId;
  const data = JSON.parse(byId("run").textContent);

  /** Returns the width that a section's picture may have. */
  function widthOf(id) {
    return Math.max(300, Math.min(1144, byId(id).clientWidth));
  }

  function drawn(svg) {
    return EF_DOM.show(element("div", { class: "chart" }), svg);
  }

  function absent(id, words) {
    EF_DOM.fill(byId(id), [element("p", { class: "muted" }, [words])]);
    byId(id).parentNode.querySelectorAll(".controls").forEach((controls) => (controls.hidden = true));
  }

  // ---- samples

  function samples() {
    const cells = data.cells.filter((cell) => cell.distribution.length > 0);
    if (cells.length === 0) {
      absent("distributions", "This run has no single samples of latency (jmh.json).");
      return;
    }
    const digits = (value) => EF_SVG.significant(value, 4);
    const names = ["Least", "Lower quartile", "Median", "Upper quartile", "Greatest"];
    const columns = [{ title: "Cell" }, { title: "Samples", number: true }].concat(
      names.map((name) => ({ title: name + " (ms)", number: true })));
    const rows = cells.map((cell) => [
      EF_ADVICE.shortName(data, cell),
      String(cell.distribution.reduce((sum, bin) => sum + bin[1], cell.beyond)),
    ].concat(cell.quantiles.map(digits)));
    EF_DOM.fill(byId("distributions"), [
      element("p", { class: "muted" }, [
        "All samples of a cell's forks, as they were timed: nothing is corrected for drift. Each shape has its own height;" +
        " the tick is the median, the thick line the middle half, the thin one reaches to the slowest sample.",
      ]),
      drawn(EF_CHARTS.distributions(data, { width: widthOf("distributions") })),
      EF_DOM.figures("Latency samples of each cell", columns, rows),
    ]);
  }

  // ---- forks

  function drift() {
    const measure = byId("drift-measure").value;
    const cell = Number(byId("drift-cell").value);
    const forks = EF_DRIFT.forks(data, cell, measure);
    const columns = [{ title: "Fork of the sweep" }, { title: "Cell" }, { title: EF_DRIFT.title(cell, measure),
      number: true }, { title: "State" }];
    const rows = forks.map((fork) => [
      String(fork.place),
      EF_ADVICE.shortName(data, fork.cell),
      EF_DRIFT.figure(fork, cell, measure),
      EF_DRIFT.state(fork),
    ]);
    const every = data.everyFork > 1 ? " One fork in " + data.everyFork + " is shown." : "";
    EF_DOM.fill(byId("drift"), [
      element("p", { class: "muted" }, [
        "Forks of all cells took turns, so a machine that slows down moves them all. The ratio to the reference, which each" +
        " fork times, too, should stay level where the time does not. Crossed: disturbed by other work; hollow: repeated," +
        " and not used; line: running median of 9 forks." + every,
      ]),
      drawn(EF_DRIFT.draw(data, { cell: cell, measure: measure, width: widthOf("drift") })),
      EF_DOM.figures("Forks of the sweep in their order", columns, rows),
    ]);
  }

  function forks() {
    const measures = EF_DRIFT.measures(data);
    if (measures.length === 0) {
      absent("drift", "This run has no journal of its forks (forks.jsonl).");
      return;
    }
    const cells = data.cells
      .map((cell, index) => ({ cell: cell, name: String(index), title: EF_ADVICE.shortName(data, cell) }))
      .filter((entry) => entry.cell.forks.length > 0);
    EF_DOM.choose(byId("drift-cell"), [{ name: "-1", title: "all, each against its own median" }].concat(cells), "-1");
    EF_DOM.choose(byId("drift-measure"), measures, measures[0].name);
    byId("drift-cell").addEventListener("change", drift);
    byId("drift-measure").addEventListener("change", drift);
    drift();
  }

  // ---- layers

  function layers() {
    const id = byId("layer-variant").value;
    const rows = data.layers[id];
    const measures = EF_CHARTS.measures(rows);
    if (measures.length === 0) {
      EF_DOM.fill(byId("layers"), [element("p", { class: "muted" }, ["No layer of this variant costs anything."])]);
      return;
    }
    const wanted = byId("layer-measure").value;
    const measure = measures.some((one) => one.name === wanted) ? wanted : measures[0].name;
    EF_DOM.choose(byId("layer-measure"), measures, measure);
    const cell = data.cells.find((one) => one.id === id);
    const columns = [{ title: "Layer" }, { title: "Operator" }].concat(
      measures.map((one) => ({ title: one.title, number: true })));
    const texts = rows.map((row) =>
      [row[0], row[1]].concat(measures.map((one) => EF_CHARTS.layerFigure(row, one.name))));
    const timed = measures.some((one) => one.name === "time");
    EF_DOM.fill(byId("layers"), [
      element("p", { class: "muted" }, [
        "Layers in the network's order; those that cost nothing are left out." +
        (timed ? " Times are the engine's profiler's for one call on one batch, whose own work is in them." : ""),
      ]),
      drawn(EF_CHARTS.layers(rows, measure, { width: widthOf("layers"), precision: cell ? cell.precision : "" })),
      EF_DOM.figures("What each layer costs", columns, texts),
    ]);
  }

  function layerChoices() {
    const ids = Object.keys(data.layers).filter((id) => data.layers[id].length > 0);
    if (ids.length === 0) {
      absent("layers", "This run has no list of layers (layers.csv).");
      return;
    }
    const shipped = data.cells.find((cell) => cell.recommended);
    const first = shipped !== undefined && ids.indexOf(shipped.id) >= 0 ? shipped.id : ids[0];
    EF_DOM.choose(byId("layer-variant"), ids.map((id) => ({ name: id, title: id })), first);
    byId("layer-variant").addEventListener("change", layers);
    byId("layer-measure").addEventListener("change", layers);
    layers();
  }

  // ---- words

  function lines(id, texts) {
    EF_DOM.fill(byId(id), texts.map((text) => element("li", { dir: "auto" }, [text])));
  }

  function files() {
    EF_DOM.fill(byId("files"), data.files.map((file) => element("li", {}, [EF_DOM.link(file[0]), ": " + file[1]])));
    const known = new Map();
    data.cells.filter((cell) => cell.archive !== "").forEach((cell) => known.set(cell.id, cell));
    const hash = (cell) => element("span", { class: "hash" }, [cell.sha256]);
    const size = (cell) => (EF_DECIDE.value(cell, "size") * 1024).toFixed(1);
    EF_DOM.table(byId("archives"), "The archives that were measured, and that ship",
      [{ title: "Variant" }, { title: "Archive" }, { title: "KiB", number: true }, { title: "SHA-256" }],
      Array.from(known.values()).map((cell) => [
        cell.id,
        EF_DOM.link(cell.archive),
        cell.error === "" ? size(cell) : "-",
        hash(cell),
      ]));
  }

  function words() {
    lines("remarks", data.remarks);
    lines("method", data.method);
    EF_DOM.fill(byId("command"), [data.command || "not known"]);
    EF_DOM.table(byId("environment"), "The machine and the software that measured",
      [{ title: "What" }, { title: "Value" }], data.environment);
    files();
  }

  // ---- colours

  /** Follows the system until the button is pressed; nothing is kept beyond the page. */
  function colours() {
    const button = byId("theme");
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (document.documentElement.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      document.documentElement.dataset.theme = isDark() ? "light" : "dark";
      show();
    });
    system.addEventListener("change", show);
    show();
  }

  /** Redraws once the width has changed; the height alone does not matter. */
  function watchWidth(redraw) {
    let width = document.documentElement.clientWidth;
    let waiting = 0;
    window.addEventListener("resize", () => {
      if (document.documentElement.clientWidth === width) {
        return;
      }
      width = document.documentElement.clientWidth;
      window.cancelAnimationFrame(waiting);
      waiting = window.requestAnimationFrame(() => redraw.forEach((one) => one()));
    });
  }

  let table = null;
  const explorer = EF_EXPLORER.build(data, () => table.update(), (index) => table.point(index));
  table = EF_TABLE.build(data, explorer.decided);
  colours();
  words();
  samples();
  forks();
  layerChoices();
  const redraw = [explorer.redraw, samples];
  if (EF_DRIFT.measures(data).length > 0) {
    redraw.push(drift);
  }
  if (byId("layer-variant").value !== "") {
    redraw.push(layers);
  }
  watchWidth(redraw);
})();
