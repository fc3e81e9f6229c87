// Combines the outputs of a denoiser's two parts as models/denoiser.py does, and measures the errors
// (metrics/denoising.py). Pictures are arrays of 28 · 28 numbers in [0, 1]; a place is 21 · row + column.

import { best } from "../lib/classes.js";
import { clamp } from "../lib/numbers.js";
import { grey } from "../lib/pixels.js";
import { SIDE } from "./noise.js";

export const SIZE = 28;
export const PLACES = SIZE - SIDE + 1; // number of rows, and of columns, at which a square can start
const CANDIDATES = 16; // places in the sum

// The most probable places by the locator's logits: [[place, probability]], the best first.
export const candidates = (logits) => best(logits, CANDIDATES);

// Calls visit(index) for every pixel of the square at a place.
function square(place, visit) {
  const first = Math.floor(place / PLACES) * SIZE + (place % PLACES);
  for (let k = 0; k < SIDE * SIDE; k++) visit(first + Math.floor(k / SIDE) * SIZE + (k % SIDE));
}

// The picture for an unknown place, from the pictures for each candidate in turn: a pixel is the mean of their
// restorations, and keeps its value with the remaining probability.
export function blend(noisy, found, pictures) {
  const restored = new Float64Array(SIZE * SIZE), cover = new Float64Array(SIZE * SIZE);
  found.forEach(([place, chance], k) =>
    square(place, (at) => {
      restored[at] += chance * pictures[k * SIZE * SIZE + at];
      cover[at] += chance;
    }),
  );
  return noisy.map((x, at) => clamp((1 - cover[at]) * x + restored[at], 0, 1));
}

// Mean squared errors inside and outside the square at (row, column).
export function errors(clean, picture, { row, column }) {
  let inside = 0, outside = 0;
  for (let at = 0; at < picture.length; at++) {
    const down = Math.floor(at / SIZE) - row, right = (at % SIZE) - column, squared = (picture[at] - clean[at]) ** 2;
    if (down >= 0 && down < SIDE && right >= 0 && right < SIDE) inside += squared;
    else outside += squared;
  }
  const pixels = SIDE * SIDE;
  return { inside: inside / pixels, outside: outside / (SIZE * SIZE - pixels) };
}

// Peak signal-to-noise ratio in dB for peak 1; null if there is no error.
export const psnr = (mse) => (mse > 0 ? -10 * Math.log10(mse) : null);

// Error map: |difference| of grey levels, white is the full range.
export function errorMap(clean, picture) {
  const [one, other] = [grey(clean), grey(picture)];
  return one.map((level, at) => Math.abs(level - other[at]));
}
