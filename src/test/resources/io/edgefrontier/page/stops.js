// The body of a function. Returns how many elements the Tab key has to reach, and keeps them, in the
// order of the document, as window.stops.
const candidates = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
window.stops = Array.from(candidates).filter((element) => {
  const shown = element.checkVisibility({ visibilityProperty: true });
  const group = element.type === "radio" ? document.querySelector("input[name='" + element.name + "']:checked") : null;
  return shown && !element.disabled && element.tabIndex >= 0 && (group === null || group === element);
});
return window.stops.length;
