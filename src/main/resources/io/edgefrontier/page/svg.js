"use strict";

/** Text of SVG and HTML: tags, escaping, and numbers that read the same in every locale. */
const EF_SVG = (function () {
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  /** What XML 1.0 does not allow as a character; half a surrogate pair is none either. */
  const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

  /** Returns text that is only text, in an element or in a quoted attribute. */
  function escape(text) {
    return String(text)
      .replace(FORBIDDEN, "\ufffd")
      .replace(SURROGATES, (match) => (match.length === 2 ? match : "\ufffd"))
      .replace(/[&<>"']/g, (character) => ENTITIES[character]);
  }

  /** Returns a coordinate as text: a tenth of a pixel is enough, and short. */
  function coordinate(pixels) {
    const tenths = Math.round(pixels * 10) / 10;
    return String(tenths === 0 ? 0 : tenths); // never "-0"
  }

  /** Returns attributes as text; numbers are coordinates, what is null is left out. */
  function attributes(values) {
    return Object.keys(values)
      .filter((name) => values[name] !== null && values[name] !== undefined)
      .map((name) => {
        const value = values[name];
        return " " + name + '="' + (typeof value === "number" ? coordinate(value) : escape(value)) + '"';
      })
      .join("");
  }

  /** Returns an element; its content is markup already, null for an empty one. */
  function tag(name, values, content) {
    const open = "<" + name + attributes(values);
    return content === null || content === undefined ? open + "/>" : open + ">" + content + "</" + name + ">";
  }

  /** Returns an element that holds only this text. */
  function text(name, values, content) {
    return tag(name, values, escape(content));
  }

  /** Returns a group of elements, one on each line; nothing if there are none. */
  function group(values, elements) {
    return elements.length === 0 ? "" : tag("g", values, "\n" + elements.join("\n") + "\n");
  }

  /** Returns the value with so many significant digits, never with an exponent; "-" if absent. */
  function significant(value, digits) {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      return "-";
    }
    if (value === 0) {
      return "0";
    }
    const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
    const rounded = Number(value.toPrecision(digits));
    const fixed = rounded.toFixed(Math.max(0, Math.min(20, digits - 1 - exponent)));
    return fixed.indexOf(".") < 0 ? fixed : fixed.replace(/\.?0+$/, "");
  }

  /** Returns the shortest decimal that means this value, such as 0.25. */
  function plain(value) {
    return significant(value, 15);
  }

  return {
    escape: escape,
    coordinate: coordinate,
    tag: tag,
    text: text,
    group: group,
    significant: significant,
    plain: plain,
  };
})();
