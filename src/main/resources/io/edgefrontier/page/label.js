"use strict";

/**
 * Finds free places beside points for their labels. Labels never cover a marker or each other; they
 * avoid lines where they can.
 */
const EF_LABEL = (function () {
  const HEIGHT = 12;
  const GAPS = [1, 6];
  const LINE_COST = 20;

  /** Directions from the point to the label's centre, the preferred ones first. */
  const DIRECTIONS = [
    [1, -1],
    [-1, -1],
    [1, 1],
    [-1, 1],
    [1, 0],
    [-1, 0],
    [0, -1],
    [0, 1],
  ];

  /**
   * Returns about how wide a text is, in pixels. Fonts differ, and only a browser can measure, so
   * this takes a wide sans-serif one: text that is narrower leaves room, and covers nothing.
   */
  function width(text, size) {
    let units = 0;
    for (let i = 0; i < text.length; i++) {
      let code = text.charCodeAt(i);
      units += code > 0x2e7f ? 1.05 : /[ .,:;'|il]/.test(text[i]) ? 0.36 : /[A-Zmw%_]/.test(text[i]) ? 0.8 : 0.6;
    }
    return units * size;
  }

  function box(x, y, direction, distance, wide) {
    // A diagonal neighbour may come closer: only its corner points at the marker.
    const reach = direction[0] !== 0 && direction[1] !== 0 ? distance - 4 : distance;
    const centreX = x + direction[0] * (reach + wide / 2);
    const centreY = y + direction[1] * (reach + HEIGHT / 2);
    return {
      left: centreX - wide / 2,
      right: centreX + wide / 2,
      top: centreY - HEIGHT / 2,
      bottom: centreY + HEIGHT / 2,
    };
  }

  function intersects(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  /** Returns whether a straight line passes through a box: clips it at each side (Liang, Barsky). */
  function crosses(line, area) {
    if (
      Math.max(line.x1, line.x2) < area.left || Math.min(line.x1, line.x2) > area.right ||
      Math.max(line.y1, line.y2) < area.top || Math.min(line.y1, line.y2) > area.bottom
    ) {
      return false;
    }
    const dx = line.x2 - line.x1;
    const dy = line.y2 - line.y1;
    const sides = [
      [-dx, line.x1 - area.left],
      [dx, area.right - line.x1],
      [-dy, line.y1 - area.top],
      [dy, area.bottom - line.y1],
    ];
    let from = 0;
    let to = 1;
    for (let side of sides) {
      if (side[0] === 0) {
        if (side[1] < 0) {
          return false;
        }
      } else if (side[0] < 0) {
        from = Math.max(from, side[1] / side[0]);
      } else {
        to = Math.min(to, side[1] / side[0]);
      }
    }
    return from <= to;
  }

  /** Returns a placer of labels within an area: {left, right, top, bottom}. */
  function placer(area) {
    const taken = [];
    const lines = [];
    const isFree = (place) =>
      place.left >= area.left &&
      place.right <= area.right &&
      place.top >= area.top &&
      place.bottom <= area.bottom &&
      !taken.some((other) => intersects(place, other));

    return {
      keepClear: (x, y, radius) => {
        taken.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
      },
      avoidLine: (x1, y1, x2, y2) => {
        lines.push({ x1: x1, y1: y1, x2: x2, y2: y2 });
      },
      /** Returns the box that the label of a point gets, which then is taken; null without room. */
      place: (x, y, radius, text, size) => {
        const wide = width(text, size);
        let best = null;
        let bestCost = Infinity;
        let rank = 0;
        for (let gap of GAPS) {
          for (let direction of DIRECTIONS) {
            let candidate = box(x, y, direction, radius + gap, wide);
            if (rank < bestCost && isFree(candidate)) {
              let cost = rank + LINE_COST * lines.filter((line) => crosses(line, candidate)).length;
              if (cost < bestCost) {
                best = candidate;
                bestCost = cost;
              }
            }
            rank++;
          }
        }
        if (best !== null) {
          taken.push(best);
        }
        return best;
      },
    };
  }

  return { placer: placer, width: width };
})();
