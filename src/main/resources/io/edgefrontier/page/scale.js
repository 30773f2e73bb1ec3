"use strict";

/** Scales of a chart: which pixel a value is at, and which round values to write at an axis. */
const EF_SCALE = (function () {
  const LOGARITHMIC_FROM = 10;
  const MOST_TICKS = 12;
  const STEPS = [1, 2, 5];

  /**
   * Returns the natural logarithm, from additions and multiplications alone: Math.log may differ in
   * its last digit from one machine to the next, and a picture's bytes with it.
   */
  function log(x) {
    let exponent = 0;
    let mantissa = x;
    while (mantissa >= Math.SQRT2) {
      mantissa /= 2;
      exponent++;
    }
    while (mantissa < Math.SQRT1_2) {
      mantissa *= 2;
      exponent--;
    }
    const z = (mantissa - 1) / (mantissa + 1);
    let power = z;
    let sum = 0;
    for (let i = 1; i < 30; i += 2) {
      sum += power / i;
      power *= z * z;
    }
    return 2 * sum + exponent * Math.LN2;
  }

  /** Returns ten to a whole power, exactly where that is possible. */
  function power(exponent) {
    return Number("1e" + exponent);
  }

  /** Returns the exponent of the power of ten that is at or next below a positive value. */
  function decade(value) {
    return Number(value.toExponential().split("e")[1]);
  }

  function range(values) {
    const finite = values.filter((value) => typeof value === "number" && Number.isFinite(value));
    return finite.length === 0
      ? null
      : { low: finite.reduce((a, b) => Math.min(a, b)), high: finite.reduce((a, b) => Math.max(a, b)) };
  }

  /** Returns low and high moved apart where they are the same. */
  function spread(found) {
    if (found === null) {
      return { low: 0, high: 1 };
    }
    if (found.low < found.high) {
      return found;
    }
    const margin = found.low === 0 ? 1 : Math.abs(found.low) * 0.1;
    return { low: found.low - margin, high: found.high + margin };
  }

  /**
   * Returns a scale.
   *
   * @param inset pixels between the ends of the axis and the outermost values
   */
  function make(logarithmic, low, high, from, to, inset) {
    const start = from + (to > from ? inset : -inset);
    const length = to - from - 2 * (start - from);
    const share = logarithmic
      ? (value) => log(value / low) / log(high / low)
      : (value) => (value - low) / (high - low);
    const at = (value) => start + share(value) * length;
    const first = Math.min(from, to);
    const last = Math.max(from, to);
    const isShown = (tick) => at(tick.value) >= first && at(tick.value) <= last;
    const most = Math.max(2, Math.min(8, Math.floor(Math.abs(length) / 45)));
    const margin = ((high - low) * inset) / Math.abs(length);
    return {
      logarithmic: logarithmic,
      /** Returns where a value is drawn; what lies outside stays at the end of the axis. */
      pixel: (value) => (logarithmic && !(value > 0) ? from : Math.max(first, Math.min(last, at(value)))),
      /** Returns the round values to write at the axis, ascending: {value, label}. */
      ticks: () =>
        logarithmic
          ? logarithmicTicks(low, high, isShown)
          : linearTicks(low - margin, high + margin, most).filter(isShown),
    };
  }

  /** Returns a linear scale that shows all of these values; what is no number is skipped. */
  function linear(values, from, to, inset) {
    const ends = spread(range(values));
    return make(false, ends.low, ends.high, from, to, inset);
  }

  /** Returns a scale like that, logarithmic when the largest value is over 10 times the smallest. */
  function fitting(values, from, to, inset) {
    const found = range(values);
    return found !== null && found.low > 0 && found.high > LOGARITHMIC_FROM * found.low
      ? make(true, found.low, found.high, from, to, inset)
      : linear(values, from, to, inset);
  }

  function tick(factor, exponent) {
    // One rounding at most: 3 * 1e-1 is not 0.3, but 3 / 10 is.
    const value = exponent < 0 ? factor / power(-exponent) : factor * power(exponent);
    return { value: value, label: value.toFixed(Math.max(0, Math.min(20, -exponent))) };
  }

  /** Returns multiples of 1, 2 or 5 times a power of ten, about so many between low and high. */
  function linearTicks(low, high, most) {
    const least = (high - low) / most;
    let exponent = decade(least);
    let factor = STEPS.find((step) => tick(step, exponent).value >= least);
    if (factor === undefined) {
      factor = 1;
      exponent++;
    }
    const ticks = [];
    const step = tick(factor, exponent).value;
    for (let i = Math.floor(low / step); i * step <= high + step; i++) {
      ticks.push(tick(i * factor, exponent));
    }
    return ticks;
  }

  function logarithmicTicks(low, high, isShown) {
    const ticks = [];
    const decades = [];
    for (let exponent = decade(low) - 1; exponent <= decade(high) + 1; exponent++) {
      for (let factor of STEPS) {
        let candidate = tick(factor, exponent);
        if (isShown(candidate)) {
          ticks.push(candidate);
          if (factor === 1) {
            decades.push(candidate);
          }
        }
      }
    }
    return ticks.length <= MOST_TICKS ? ticks : decades;
  }

  return { linear: linear, fitting: fitting };
})();
