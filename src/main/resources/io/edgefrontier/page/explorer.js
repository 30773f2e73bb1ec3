"use strict";

/** The picture of the frontier with all that changes it: axes, legend, budget. */
const EF_EXPLORER = (function () {
  const element = EF_DOM.element;
  const byId = EF_DOM.byId;
  const NAMES = ["latency", "energy", "memory", "size", "coldStart", "p99", "accuracy"];

  function axes(data) {
    return NAMES.map((name) => EF_METRIC.of(data, name)).filter((metric) =>
      data.cells.some((cell) => !Number.isNaN(metric.value(cell))));
  }

  /** Returns what a tooltip says of a cell, beginning with its name. */
  function facts(data, state, index) {
    const cell = data.cells[index];
    const rows = axes(data).map((metric) => {
      const interval = Number.isNaN(metric.low(cell)) ? "" : " [" + EF_SVG.significant(metric.low(cell), 3) + ", " +
        EF_SVG.significant(metric.high(cell), 3) + "]";
      return Number.isNaN(metric.value(cell)) ? null : [metric.title, metric.figure(cell) + interval];
    });
    const verdict = (state.accepted[index] ? "accepted" : "over the budget") +
      (state.recommended === index ? ", recommended" : "");
    return rows.filter((row) => row !== null).concat([["Budget", verdict]]);
  }

  function tooltip(data, state, point) {
    const tip = byId("tooltip");
    const index = Number(point.getAttribute("data-index"));
    const list = facts(data, state, index).reduce(
      (items, fact) => items.concat([element("dt", {}, [fact[0]]), element("dd", {}, [fact[1]])]), []);
    EF_DOM.fill(tip, [element("p", {}, [EF_DOM.foreign(data.cells[index].id)]), element("dl", {}, list)]);
    tip.hidden = false;
    const place = point.getBoundingClientRect();
    const right = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const left = Math.max(8, Math.min(place.right + 8, right));
    const above = place.bottom + 8 + tip.offsetHeight > window.innerHeight;
    const top = above ? place.top - tip.offsetHeight - 8 : place.bottom + 8;
    tip.style.left = left + window.scrollX + "px";
    tip.style.top = Math.max(0, top + window.scrollY) + "px";
  }

  function hideTooltip() {
    byId("tooltip").hidden = true;
  }

  /** Makes the points one stop of the Tab key, with the arrow keys to go from one to the next. */
  function rove(points, last) {
    points.forEach((point) => point.setAttribute("tabindex", point === (last || points[0]) ? "0" : "-1"));
  }

  function move(points, point, key) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const at = points.indexOf(point);
    const goal = key === "Home" ? 0 : key === "End" ? points.length - 1 : at + steps[key];
    const next = points[Math.max(0, Math.min(points.length - 1, goal))];
    rove(points, next);
    next.focus();
  }

  function legend(data, redraw) {
    const boxes = EF_PLOT.precisions(data).map((precision) => {
      const box = element("input", { type: "checkbox", "data-precision": precision, checked: "" });
      box.addEventListener("change", redraw);
      const sign = EF_DOM.show(element("span", { "aria-hidden": "true" }),
        '<svg width="16" height="16" viewBox="0 0 16 16">' + EF_PLOT.marker(precision, 8, 8, false) + "</svg>");
      return element("label", {}, [box, sign, EF_DOM.foreign(precision)]);
    });
    boxes.forEach((box) => byId("legend").appendChild(box));
  }

  function hidden() {
    return Array.from(document.querySelectorAll("#legend input"))
      .filter((box) => !box.checked)
      .map((box) => box.getAttribute("data-precision"));
  }

  // ---- budget

  function mib(value) {
    return EF_SVG.significant(value, 6) + " MiB";
  }

  function budgetName(data, budgetMb) {
    const names = [];
    if (budgetMb === data.activeBudgetMb) {
      names.push("active");
    }
    if (data.trackedBudgetsMb.indexOf(budgetMb) >= 0) {
      names.push("tracked");
    }
    return names.length === 0 ? "" : " (" + names.join(", ") + ")";
  }

  /** Marks the budgets of the run below the slider; of marks that would overlap the later gives way. */
  function ticks(data, stops) {
    const width = byId("budget-ticks").clientWidth;
    const taken = [];
    const marks = [data.activeBudgetMb].concat(data.trackedBudgetsMb.filter((b) => b !== data.activeBudgetMb));
    const spans = marks.map((budget, i) => {
      const share = stops.length < 2 ? 0 : stops.indexOf(budget) / (stops.length - 1);
      const words = EF_SVG.plain(budget) + (i === 0 ? " active" : "");
      const half = EF_LABEL.width(words, 12) / 2 + 3;
      const span = element("span", { class: i === 0 ? "active" : "tracked" }, [words]);
      const free = taken.every((other) => Math.abs(other.x - share * width) > other.half + half);
      taken.push({ x: share * width, half: free ? half : 0 });
      span.style.left = 100 * share + "%";
      return free ? span : EF_DOM.fill(span, []);
    });
    EF_DOM.fill(byId("budget-ticks"), spans);
  }

  function counts(data, state) {
    const failed = data.cells.filter((cell) => cell.error !== "").length;
    return (
      data.cells.length + (data.cells.length === 1 ? " cell, " : " cells, ") +
      state.accepted.filter((fits) => fits).length + " accepted" + (failed === 0 ? "" : ", " + failed + " failed") +
      ". Accepted: " + data.budgetMetric + " <= " + mib(state.budgetMb) + "."
    );
  }

  function caption(data) {
    return (
      "Filled: within the budget; hollow: over it; ringed: recommended. Steps: the frontier of what the two axes show." +
      " Thin lines join the precisions of a pruning level, which is the number at a point. Bars: 95 % intervals."
    );
  }

  // ---- the whole

  /**
   * Brings picture, budget and legend to life.
   *
   * @param changed called after each change of the budget
   * @param pointed called with the index of the cell that is looked at, or -1
   * @return {decided} what the budget of the moment decides, {redraw}
   */
  function build(data, changed, pointed) {
    const stops = EF_ADVICE.stops(data);
    const active = stops.indexOf(data.activeBudgetMb);
    const slider = byId("budget");
    const plot = byId("plot");
    const options = axes(data);
    let state = null;
    let points = [];

    function decide() {
      const budgetMb = stops[Number(slider.value)];
      state = Object.assign({ budgetMb: budgetMb }, EF_DECIDE.decide(data, budgetMb));
    }

    function redraw() {
      const width = Math.max(300, Math.min(1144, plot.clientWidth));
      hideTooltip();
      EF_DOM.show(plot, EF_PLOT.draw(data, {
        x: byId("x-axis").value,
        y: byId("y-axis").value,
        budgetMb: state.budgetMb,
        theme: "page",
        hidden: hidden(),
        width: width,
        height: Math.round(Math.max(340, Math.min(540, width * 0.54))),
        standalone: false,
      }));
      points = Array.from(plot.querySelectorAll(".point"));
      // The page has a tooltip of its own; aria-label says the same.
      points.forEach((point) => point.querySelectorAll("title").forEach((title) => title.remove()));
      rove(points, null);
    }

    function speak() {
      EF_DOM.fill(byId("budget-value"), [mib(state.budgetMb) + budgetName(data, state.budgetMb)]);
      slider.setAttribute("aria-valuetext", mib(state.budgetMb) + budgetName(data, state.budgetMb) + ", " +
        state.accepted.filter((fits) => fits).length + " of " + data.cells.length + " cells accepted");
      EF_DOM.fill(byId("recommendation"), [EF_ADVICE.sentence(data, state.budgetMb)]);
      EF_DOM.fill(byId("counts"), [counts(data, state)]);
      byId("budget-reset").disabled = state.budgetMb === data.activeBudgetMb;
    }

    function moved() {
      decide();
      redraw();
      speak();
      changed();
    }

    function reset() {
      slider.value = String(active);
      slider.focus();
      moved();
    }

    function look(event) {
      const point = event.target.closest(".point");
      if (point !== null) {
        tooltip(data, state, point);
        pointed(Number(point.getAttribute("data-index")));
      }
    }

    function leave(event) {
      if (event.target.closest(".point") !== null) {
        hideTooltip();
        pointed(-1);
      }
    }

    slider.max = String(stops.length - 1);
    slider.value = String(active);
    slider.addEventListener("input", moved);
    byId("budget-reset").addEventListener("click", reset);
    EF_DOM.fill(byId("budget-hint"), [
      "Stops at each of the " + stops.length + " figures at which a decision changes; " + data.budgetMetric +
      " of a cell may equal the budget.",
    ]);
    const choices = options.map((metric) => ({ name: metric.name, title: metric.title + " (" + metric.unit + ")" }));
    const has = (name) => options.some((metric) => metric.name === name);
    const first = options.length > 0 ? options[0].name : "";
    EF_DOM.choose(byId("x-axis"), choices, has("latency") ? "latency" : first);
    EF_DOM.choose(byId("y-axis"), choices, has("accuracy") ? "accuracy" : has("memory") ? "memory" : first);
    [byId("x-axis"), byId("y-axis")].forEach((select) => select.addEventListener("change", redraw));
    legend(data, redraw);
    EF_DOM.fill(byId("plot-caption"), [caption(data)]);
    ["mouseover", "focusin"].forEach((name) => plot.addEventListener(name, look));
    ["mouseout", "focusout"].forEach((name) => plot.addEventListener(name, leave));
    plot.addEventListener("keydown", (event) => {
      const point = event.target.closest(".point");
      if (point !== null && /^(Arrow|Home$|End$)/.test(event.key)) {
        event.preventDefault();
        move(points, point, event.key);
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        hideTooltip();
      }
    });
    decide();
    speak();
    const draw = () => {
      redraw();
      ticks(data, stops);
    };
    draw();
    return { decided: () => state, redraw: draw };
  }

  return { build: build };
})();
