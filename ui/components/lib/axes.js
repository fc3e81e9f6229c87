// Ticks and scales of axes, for SVG and canvas alike.

import d3ticks from "../vendor/d3-array/ticks.js";
import { clamp, number } from "./numbers.js";

// Round numbers within [low, high], about `count` of them.
export function ticks(low, high, count = 5) {
  return d3ticks(low, high, count);
}

const LETTER = 7; // CSS pixels of a digit at the size for projectors
const OVER = 12; // CSS pixels by which a label may overhang at the right; longer ones are moved to the left
const APART = 8; // least distance between two labels

// As many as fit below the axis. inside: the pixels from its first to its last value.
export function ticksAcross([first, last], width, inside = width) {
  const room = (places) => {
    const letters = Math.max(...places.map((place) => number(place).length)) * LETTER;
    return ((places[1] - places[0]) / (last - first)) * inside >= letters + APART + Math.max(0, letters / 2 - OVER);
  };
  for (let count = clamp(Math.round(width / 75), 3, 8); count > 1; count--) {
    const places = ticks(first, last, count);
    if (places.length < 3 || room(places)) return places;
  }
  return ticks(first, last, 2);
}

// Labels of a logarithmic axis: the powers of ten within [low, high]. From one label alone no other value can be read, so
// if there are fewer than two, also 2 and 5 times powers of ten.
export function decades(low, high) {
  const first = Math.floor(Math.log10(low)), last = Math.floor(Math.log10(high) + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const inside = (tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9);
  const within = (factors) => powers.flatMap((k) => factors.map((factor) => Number(`${factor}e${k}`))).filter(inside);
  const whole = within([1]);
  return whole.length > 1 ? whole : within([1, 2, 5]);
}

// The linear function from [from, to] to [start, end].
export function linear([from, to], [start, end]) {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

// `count` equally spaced numbers from the first to the last, both included.
export function linspace(first, last, count) {
  return Array.from({ length: count }, (_, k) => first + (k * (last - first)) / (count - 1));
}
