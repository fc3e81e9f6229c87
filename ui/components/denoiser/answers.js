// What the two parts of a denoiser give, put together as models/denoiser.py does, and how far it is from the clean picture
// (metrics/denoising.py). Pictures are arrays of 28 · 28 numbers in [0, 1]; a place is 21 · row + column.

import { best } from "../lib/classes.js";
import { clamp } from "../lib/numbers.js";
import { grey } from "../lib/pixels.js";
import { SIDE } from "./noise.js";

export const SIZE = 28;
export const PLACES = SIZE - SIDE + 1; // rows, and columns, where a square can start
const CANDIDATES = 16; // places in the sum

// The most probable places of the locator's logits: [[place, probability]], the first is the best.
export const candidates = (logits) => best(logits, CANDIDATES);

// Calls visit(index) for every pixel of the square at a place.
function square(place, visit) {
  const first = Math.floor(place / PLACES) * SIZE + (place % PLACES);
  for (let k = 0; k < SIDE * SIDE; k++) visit(first + Math.floor(k / SIDE) * SIZE + (k % SIDE));
}

// The picture for an unknown place, from those for each of the candidates one after another: a pixel is the mean of what
// they restore there, and stays as it is with the probability that is left.
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

// Mean squared errors inside and outside of the square at (row, column).
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

// Peak signal-to-noise ratio in dB for peak 1; null where nothing is wrong.
export const psnr = (mse) => (mse > 0 ? -10 * Math.log10(mse) : null);

// Where a picture is wrong: |difference| of grey levels, white is the whole range.
export function errorMap(clean, picture) {
  const [one, other] = [grey(clean), grey(picture)];
  return one.map((level, at) => Math.abs(level - other[at]));
}
