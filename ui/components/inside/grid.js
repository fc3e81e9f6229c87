// The layout of a layer's tiles, and the colours of their numbers. Nothing here draws.

import { clamp } from "../lib/numbers.js";

const GAP = 2; // CSS pixels between tiles
const CELL = { least: 12, most: 22 }; // CSS pixels of a unit with a single number
const MAP = { least: 26, most: 112 }; // and of one with a map
const POSITIVE = [255, 170, 80], NEGATIVE = [95, 185, 240];

// A layer of this shape, [units] or [C, H, W], in `room` CSS pixels of width. scale: CSS pixels for each number.
export function grid([units, h = 1, w = 1], room) {
  const { least, most } = w === 1 ? CELL : MAP, share = (room + GAP) / units - GAP; // of each in a single line
  const scale = share > least ? Math.max(1, Math.floor(Math.min(share, most) / w)) : Math.ceil(least / w);
  const across = w * scale + GAP, down = h * scale + GAP;
  const columns = clamp(Math.floor((room + GAP) / across), 1, units), rows = Math.ceil(units / columns);
  return { units, h, w, scale, across, down, columns, rows, width: columns * across - GAP, height: rows * down - GAP };
}

// The box of a unit's tile in CSS pixels.
export function tile({ columns, across, down }, unit) {
  return { x: (unit % columns) * across, y: Math.floor(unit / columns) * down, width: across - GAP, height: down - GAP };
}

// The unit at a place in CSS pixels, −1 outside all of them. The gap after a tile belongs to it.
export function unitAt({ units, columns, rows, across, down }, x, y) {
  const column = Math.floor(x / across), row = Math.floor(y / down), unit = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && row < rows && unit < units ? unit : -1;
}

// The unit to which a key leads, null for a key that moves nothing. From none (−1) every key leads to an end.
export function byKey({ units, columns }, unit, key) {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (by) return unit < 0 ? 0 : unit + by >= 0 && unit + by < units ? unit + by : unit;
  return { Home: 0, End: units - 1 }[key] ?? null;
}

// Red, green and blue of a number with its layer's bounds: 0 is black, `high` and more are white. If there are negative
// numbers, the two ends have two saturated colours.
export function colour(value, [low, high]) {
  const signed = low < 0, share = value < 0 ? (signed ? Math.min(1, value / low) : 0) : high > 0 ? Math.min(1, value / high) : 0;
  const full = signed ? (value < 0 ? NEGATIVE : POSITIVE) : [255, 255, 255];
  return full.map((level) => Math.round(level * share));
}

const LEVELS = 255; // of a colour, in each direction

// The colours for all shares of the bounds, from −LEVELS to LEVELS, one word of RGBA each.
function palette(bounds) {
  const rgba = new Uint8ClampedArray(4 * (2 * LEVELS + 1));
  for (let k = -LEVELS; k <= LEVELS; k++) {
    const value = (k / LEVELS) * (k < 0 ? -bounds[0] : bounds[1]);
    rgba.set([...colour(value, bounds), 255], 4 * (k + LEVELS));
  }
  return new Uint32Array(rgba.buffer);
}

// RGBA of all tiles, one pixel per number and without gaps: {pixels, width, height}.
export function painted({ units, h, w, columns, rows }, values, bounds) {
  const [low, high] = bounds, colours = palette(bounds), width = columns * w, height = rows * h, words = new Uint32Array(width * height);
  for (let unit = 0; unit < units; unit++) {
    const left = (unit % columns) * w, top = Math.floor(unit / columns) * h;
    for (let k = 0; k < h * w; k++) {
      const value = values[unit * h * w + k], end = value < 0 ? -low : high;
      const level = end > 0 ? Math.round(LEVELS * Math.max(-1, Math.min(1, value / end))) : 0;
      words[(top + Math.floor(k / w)) * width + left + (k % w)] = colours[LEVELS + level];
    }
  }
  return { pixels: new Uint8ClampedArray(words.buffer), width, height };
}

// {mean, highest} of one unit's numbers.
export function summary([, h = 1, w = 1], values, unit) {
  const own = values.subarray(unit * h * w, (unit + 1) * h * w);
  let total = 0, highest = -Infinity;
  for (const value of own) {
    total += value;
    highest = Math.max(highest, value);
  }
  return { mean: total / own.length, highest };
}
