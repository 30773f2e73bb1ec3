"use strict";

/** Makes elements. Foreign text only ever becomes a text node, an attribute's value, or escaped SVG. */
const EF_DOM = (function () {
  const byId = (id) => document.getElementById(id);

  /** Returns an element; children are elements or texts, and what is null is left out. */
  function element(name, attributes, children) {
    const made = document.createElement(name);
    for (let key of Object.keys(attributes || {})) {
      if (attributes[key] !== null) {
        made.setAttribute(key, attributes[key]);
      }
    }
    return fill(made, children || []);
  }

  /** Replaces what an element holds. */
  function fill(parent, children) {
    parent.textContent = "";
    for (let child of children) {
      if (child !== null) {
        parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
      }
    }
    return parent;
  }

  /** Returns foreign text, which may run from right to left, apart from what surrounds it. */
  function foreign(text) {
    return element("bdi", {}, [text]);
  }

  /** Shows a picture that one of the pure scripts drew; they escape whatever is foreign. */
  function show(parent, svg) {
    parent.innerHTML = svg;
    return parent;
  }

  /** Fills a choice; options are {name, title}. */
  function choose(select, options, chosen) {
    fill(select, options.map((option) => element("option", { value: option.name }, [option.title])));
    select.value = chosen;
    select.disabled = options.length < 2;
  }

  /**
   * Fills a table.
   *
   * @param columns {title, number}; the first one heads its rows
   * @param rows arrays of texts or elements
   */
  function table(parent, caption, columns, rows) {
    const kind = (i) => (columns[i].number ? "number" : "wrap");
    const head = columns.map((column, i) => element("th", { scope: "col", class: kind(i) }, [column.title]));
    const body = rows.map((row) =>
      element("tr", {}, row.map((value, i) =>
        element(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: kind(i) }, [
          typeof value === "string" && !columns[i].number ? foreign(value) : value,
        ]))));
    return fill(parent, [
      element("caption", {}, [caption]),
      element("thead", {}, [element("tr", {}, head)]),
      element("tbody", {}, body),
    ]);
  }

  /** Returns the figures of a picture, folded away. */
  function figures(caption, columns, rows) {
    return element("details", {}, [
      element("summary", {}, ["Figures as a table"]),
      element("div", { class: "wide", role: "region", "aria-label": caption, tabindex: "0" }, [
        table(element("table"), caption, columns, rows),
      ]),
    ]);
  }

  /** Returns the address of a file beside the page: whatever its name holds, it stays a path. */
  function address(path) {
    const encoded = path.split("/").map((part) => encodeURIComponent(wellFormed(part))).join("/");
    return "./" + encoded.replace(/^\/+/, "");
  }

  /** Half a surrogate pair has no encoding. */
  function wellFormed(text) {
    return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (match) =>
      match.length === 2 ? match : "\ufffd");
  }

  /** Returns a link to a file beside the page. */
  function link(path) {
    return element("a", { href: address(path) }, [foreign(path)]);
  }

  return {
    byId: byId,
    element: element,
    fill: fill,
    foreign: foreign,
    show: show,
    choose: choose,
    table: table,
    figures: figures,
    link: link,
  };
})();
