// The body of a function. Returns {checked, failures}: how many texts are visible, and those whose
// contrast with what lies behind them is below the ratio that is the first argument (WCAG 2.2, 1.4.3).
// Everything must be in the window, since only there is it known what lies behind a point.
const least = arguments[0];
const canvas = document.createElement("canvas");
canvas.width = 1;
canvas.height = 1;
const pen = canvas.getContext("2d", { willReadFrequently: true });

// Through a canvas, so that every notation of a colour is understood.
function channels(colour) {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function over(top, bottom) {
  const alpha = top[3] + bottom[3] * (1 - top[3]);
  const mixed = [0, 1, 2].map((i) => (top[i] * top[3] + bottom[i] * bottom[3] * (1 - top[3])) / (alpha || 1));
  return mixed.concat(alpha);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function opacity(element) {
  let product = 1;
  for (let node = element; node; node = node.parentElement) {
    product *= Number(getComputedStyle(node).opacity);
  }
  return product;
}

function paint(element) {
  const style = getComputedStyle(element);
  const shape = element instanceof SVGGeometryElement;
  const colour = channels(shape ? (style.fill === "none" ? "transparent" : style.fill) : style.backgroundColor);
  colour[3] *= opacity(element) * (shape ? Number(style.fillOpacity) : 1);
  return colour;
}

function behind(element, box) {
  const stack = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const own = stack.findIndex((other) => other === element || element.contains(other) || other.contains(element));
  let colour = [0, 0, 0, 0];
  for (const other of stack.slice(Math.max(own, 0)).concat(document.documentElement)) {
    colour = over(colour, paint(other));
  }
  return colour;
}

let checked = 0;
const failures = [];

function check(element, box, text, colour) {
  const ground = behind(element, box);
  const ink = channels(colour);
  ink[3] *= opacity(element);
  const ratio = contrast(over(ink, ground), ground);
  checked++;
  if (ground[3] < 0.99) {
    failures.push("'" + text.slice(0, 60) + "' has no ground that the page sets");
  } else if (ratio < least) {
    failures.push("'" + text.slice(0, 60) + "' " + ratio.toFixed(2) + ": " + over(ink, ground) + " on " + ground);
  }
}

// What is left of the page, such as a link that comes in when it has the focus, cannot be seen.
function visible(element, box) {
  return box.right > 0 && box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === "visible";
}

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  const text = walker.currentNode.data.trim();
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  const box = range.getBoundingClientRect();
  if (text !== "" && visible(element, box) && visible(element, element.getBoundingClientRect())) {
    const style = getComputedStyle(element);
    check(element, box, text, element instanceof SVGElement ? style.fill : style.color);
  }
}
for (const field of document.querySelectorAll("input:not([type=checkbox],[type=radio],[type=range]), select")) {
  const box = field.getBoundingClientRect();
  if (visible(field, box)) {
    check(field, box, "text of " + (field.id || field.tagName), getComputedStyle(field).color);
    if (field.placeholder) {
      check(field, box, field.placeholder, getComputedStyle(field, "::placeholder").color);
    }
  }
}
return { checked, failures };
