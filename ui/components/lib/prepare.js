// From a drawing to the input of a network, as in data/prepare.py on the server, which explains each step. For networks
// with one channel; a test compares the two.
//
//   const { image, keys, problem } = prepare(grey, [height, width], preset);
//
// grey: {values, height, width} of lib/filters.js, 0 … 255, at most 640 pixels a side. preset: the fields of Python's
// Preset, which the server sends. image: Float32Array of whole grey levels 0 … 255; keys: of the steps that were taken.
// problem: null, or the sentence for a page with nothing on it; image is black then.

import { clamp, sum } from "./numbers.js";
import { above, cut, distances, map, median, opening, parts, picture, quantile, resized, roundEven, smooth, spread } from "./filters.js";

const INK = 8; // grey levels: a smaller difference from the page is not ink
const CLEAR = 128; // grey levels: a single pixel that differs by so much stands out from the page after any smoothing
const NOTHING =
  "Nothing was found on the picture: it is of one brightness everywhere; use one with something clearly darker or lighter than its background.";

// Brightness of RGBA bytes, as Pillow's convert("L").
export function greyOf({ data, width, height }) {
  const values = new Float32Array(width * height);
  for (let k = 0; k < values.length; k++) {
    values[k] = (data[4 * k] * 19595 + data[4 * k + 1] * 38470 + data[4 * k + 2] * 7471 + 0x8000) >> 16;
  }
  return picture(height, width, values);
}

export function prepare(grey, [height, width], preset, off = []) {
  const on = (key) => preset.switches.includes(key) && !off.includes(key);
  const keys = ["picture", "grey"];
  const step = (key, x) => {
    keys.push(key);
    return map(x, (value) => clamp(roundEven(value), 0, 255));
  };
  let x = grey;
  if (on("invert") && darkOnLight(x)) {
    x = map(x, (value) => 255 - value);
    keys.push("invert");
  }
  const residual = on("contrast") ? (preset.page ? withoutPage(x) : without(x, planeOf(x))) : minus(x, median(border(x)));
  const levels = levelsOf(residual, preset.page);
  if (!levels && on("crop")) return { image: new Float32Array(height * width), keys, problem: NOTHING };
  const { low, threshold, high } = levels ?? { low: 0, threshold: 255, high: 255 };
  if (on("contrast")) {
    const [black, range] = [Math.fround(low), Math.fround(high - low)];
    x = map(residual, (value) => clamp(Math.fround(value - black) / range, 0, 1) * 255);
    keys.push("contrast");
  }
  if (on("crop")) {
    x = cut(x, ...boxOf(residual, Math.fround(threshold), preset.page));
    keys.push("crop");
  }
  x = reduced(x, 256);
  const share = on("crop") ? preset.side : 1, thick = on("thicken") ? thickened(x, preset.stroke) : null;
  if (thick) x = step("thicken", thick);
  const fits = on("fit") || !preset.switches.includes("fit");
  x = fits ? step("fit", fitted(x, roundEven(share * Math.min(height, width)), height, width)) : step("resize", resized(x, height, width));
  if (on("centre")) x = step("centre", centred(x));
  if (preset.binary) x = step("binary", map(x, (value) => (value >= 128 ? 255 : 0)));
  return { image: x.values, keys, problem: null };
}

const without = (x, other) => map(x, (value, k) => value - other.values[k]);
const minus = (x, number) => map(x, (value) => value - number);

function darkOnLight(x) {
  const clean = ofCleanPage(x);
  if (clean !== null) return clean;
  const plane = planeOf(x), difference = smooth(without(x, plane), Math.max(x.height, x.width) / 150).values;
  let least = Infinity, greatest = -Infinity;
  for (const value of difference) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (greatest - least >= 1) return -least > greatest;
  return sum(plane.values) / plane.values.length > 127;
}

// The same, but faster, for a page of one colour with only darker or only lighter ink, such as a drawing; null for others.
function ofCleanPage(x) {
  const edge = border(x), paper = edge[0];
  let least = paper, greatest = paper;
  for (const value of edge) if (value !== paper) return null;
  for (const value of x.values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (greatest === paper && paper - least > CLEAR) return true;
  return least === paper && greatest - paper > CLEAR ? false : null;
}

// ---- the page and its content ----

// A frame of 4 % of the shorter side: its places, and their offsets down and right from the centre, as shares.
function frame({ height, width }) {
  if (framed?.height === height && framed.width === width) return framed;
  const wide = Math.max(1, roundEven(0.04 * Math.min(height, width))), places = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (row < wide || row >= height - wide || column < wide || column >= width - wide) places.push(row * width + column);
    }
  }
  const down = Float32Array.from(places, (place) => Math.floor(place / width) / height - 0.5);
  const right = Float32Array.from(places, (place) => (place % width) / width - 0.5);
  framed = { height, width, places, down, right };
  return framed;
}

let framed; // for the last size: a page being drawn on keeps its size

function border(x) {
  const { places } = frame(x), values = new Float32Array(places.length);
  for (let k = 0; k < values.length; k++) values[k] = x.values[places[k]];
  return values;
}

// The plane fitted to the border's values by least squares without outliers.
function planeOf(x) {
  const { height, width } = x, { down, right } = frame(x), values = border(x), count = values.length;
  const errors = new Float32Array(count), keep = new Uint8Array(count);
  const most = Math.max(3 * spread(values), 40), middle = median(values);
  for (let k = 0; k < count; k++) keep[k] = Math.abs(values[k] - middle) <= most;
  for (let round = 0; round < 2; round++) {
    const [base, fall, slope] = leastSquares(down, right, values, keep);
    for (let k = 0; k < count; k++) errors[k] = Math.abs(base + fall * down[k] + slope * right[k] - values[k]);
    const bound = Math.max(3 * 1.4826 * median(errors), 4);
    for (let k = 0; k < count; k++) keep[k] = errors[k] <= bound;
  }
  const [base, fall, slope] = leastSquares(down, right, values, keep), plane = picture(height, width);
  for (let row = 0; row < height; row++) {
    const start = base + fall * (row / height - 0.5);
    for (let column = 0; column < width; column++) plane.values[row * width + column] = start + slope * (column / width - 0.5);
  }
  return plane;
}

// [base, fall, slope] of the least-squares fit base + fall·down + slope·right to the kept values: normal equations.
function leastSquares(down, right, values, keep) {
  let n = 0, d = 0, r = 0, v = 0, dd = 0, dr = 0, rr = 0, dv = 0, rv = 0;
  for (let k = 0; k < values.length; k++) {
    if (!keep[k]) continue;
    const one = down[k], other = right[k], value = values[k];
    n += 1;
    d += one;
    r += other;
    v += value;
    dd += one * one;
    dr += one * other;
    rr += other * other;
    dv += one * value;
    rv += other * value;
  }
  const system = [[n, d, r, v], [d, dd, dr, dv], [r, dr, rr, rv]];
  for (let i = 0; i < 3; i++) {
    const pivot = system[i][i] || 1;
    system[i] = system[i].map((value) => value / pivot);
    for (let j = 0; j < 3; j++) {
      const factor = system[j][i];
      if (j !== i) system[j] = system[j].map((value, column) => value - factor * system[i][column]);
    }
  }
  return system.map((row) => row[3]);
}

// Subtracts the page's brightness below light strokes: the picture without everything narrower than 3/8 of it.
function withoutPage(x) {
  const small = reduced(x, 64), side = Math.max(3, roundEven(0.375 * Math.min(small.height, small.width)) | 1);
  const opened = opening(small, side), [first] = opened.values;
  if (opened.values.every((value) => value === first)) return first ? minus(x, first) : x;
  return without(x, resized(smooth(opened, side / 6), x.height, x.width, "bilinear"));
}

// {low, threshold, high} of picture − page; null without content.
function levelsOf(residual, page) {
  const smoothed = smooth(residual, Math.max(residual.height, residual.width) / 400).values;
  const middle = median(smoothed), centre = page ? middle : 0;
  const least = Math.fround(page ? centre + Math.max(5 * spread(smoothed, middle), INK) : INK);
  const ink = above(smoothed, least);
  if (ink.length < Math.max(1, 1e-4 * smoothed.length)) return null;
  if (!page) return { low: INK / 2, threshold: INK, high: Math.max(quantile(ink, 0.995), 2 * INK) };
  const threshold = centre + (quantile(ink, 0.9) - centre) / 2;
  const high = median(above(ink, Math.fround(threshold)));
  return { low: centre + Math.min(3 * spread(residual.values), (high - centre) / 4), threshold, high };
}

// [top, left, rows, columns] around the content. alone: without specks and parts that touch the border.
function boxOf({ values, height, width }, threshold, alone) {
  const mask = new Uint8Array(values.length);
  for (let k = 0; k < mask.length; k++) mask[k] = values[k] > threshold;
  if (alone) {
    const { part, areas } = parts(mask, height, width), inner = [...areas];
    for (let column = 0; column < width; column++) inner[part[column]] = inner[part[(height - 1) * width + column]] = 0;
    for (let row = 0; row < height; row++) inner[part[row * width]] = inner[part[row * width + width - 1]] = 0;
    const largest = (sizes) => sizes.reduce((one, other) => Math.max(one, other), 0);
    const sizes = largest(inner) >= 0.1 * largest(areas) ? inner : areas, least = 0.03 * largest(sizes);
    for (let k = 0; k < mask.length; k++) mask[k] = sizes[part[k]] >= least;
  }
  let [top, left, bottom, right] = [height, width, -1, -1];
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      if (!mask[place]) continue;
      if (top > row) top = row;
      if (left > column) left = column;
      if (right < column) right = column;
      bottom = row;
    }
  }
  return [top, left, bottom - top + 1, right - left + 1];
}

// Strokes widened to `share` of the longer side, or null if they are already as wide.
function thickened(x, share) {
  const ink = (value) => value > 127, side = Math.max(x.height, x.width);
  const inside = distances(cut(x, -1, -1, x.height + 2, x.width + 2), (value) => !ink(value)); // 0 where there is no ink
  let sum = 0, count = 0;
  for (const distance of inside.values) {
    sum += distance;
    count += distance > 0;
  }
  if (!count || count === x.values.length) return null;
  const width = 4 * (sum / count - 0.25), grow = (share * side - width) / 2 / (1 - share); // over a strip of width w, the mean distance to its edge is w/4
  if (width > 0.6 * share * side) return null;
  const margin = Math.ceil(grow), wide = cut(x, -margin, -margin, x.height + 2 * margin, x.width + 2 * margin);
  const outside = distances(wide, ink).values;
  return map(wide, (value, k) => Math.max(value, 255 * clamp(grow + 0.5 - outside[k], 0, 1)));
}

// ---- sizes and places ----

function reduced(x, side) {
  const scale = side / Math.max(x.height, x.width);
  return scale >= 1 ? x : scaled(x, scale);
}

const scaled = (x, scale) => resized(x, ...[x.height, x.width].map((length) => Math.max(1, roundEven(length * scale))));

function fitted(x, longest, height, width) {
  const inner = scaled(x, longest / Math.max(x.height, x.width));
  return cut(inner, -Math.floor((height - inner.height) / 2), -Math.floor((width - inner.width) / 2), height, width);
}

// Moved by whole pixels so that the centre of mass is as near to the middle as possible, but not over the edge.
function centred(x) {
  const { values, height, width } = x, rows = new Float64Array(height), columns = new Float64Array(width);
  values.forEach((value, place) => {
    rows[Math.floor(place / width)] += value;
    columns[place % width] += value;
  });
  const total = sum(rows);
  if (!total) return x;
  const [down, right] = [rows, columns].map((sums) => {
    const mean = sums.reduce((sum, value, k) => sum + k * value, 0) / total, size = sums.length;
    const first = sums.findIndex((value) => value > 0), last = sums.findLastIndex((value) => value > 0);
    return clamp(Math.floor(size / 2 - mean + 0.5), -first, size - 1 - last);
  });
  return cut(x, -down, -right, height, width);
}
