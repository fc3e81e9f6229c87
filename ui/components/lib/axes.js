// Places along an axis, for SVG and canvas alike.

import d3ticks from "../vendor/d3-array/ticks.js";
import { clamp } from "./numbers.js";

// Round numbers within [low, high], about `count` of them.
export function ticks(low, high, count = 5) {
  return d3ticks(low, high, count);
}

// Under an axis so many as have room.
export function ticksAcross([first, last], width) {
  return ticks(first, last, clamp(Math.round(width / 75), 3, 8));
}

// The powers of ten within [low, high], for a logarithmic axis.
export function decades(low, high) {
  const first = Math.ceil(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => Number(`1e${first + k}`));
}

// The function that takes [from, to] to a range [start, end] in a straight line.
export function linear([from, to], [start, end]) {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

// So many numbers from the first to the last, both included.
export function linspace(first, last, count) {
  return Array.from({ length: count }, (_, k) => first + (k * (last - first)) / (count - 1));
}
