// The codes nearest to another code, and its place on a map of them.

import { sum } from "./numbers.js";

// PCA's projection of a code: along the two axes (2, latent), from the centre.
export const projected = ({ components, centre }, code) =>
  [0, 1].map((axis) => centre.reduce((total, value, d) => total + (code[d] - value) * components[axis * centre.length + d], 0));

// [[row, distance]] of the `count` codes (M, latent) nearest to a code, in ascending order; Euclidean. A row is
// abandoned as soon as it is farther than those found, so a near row to start with makes the search shorter.
export function nearest(codes, code, count, start = 0) {
  const latent = code.length, rows = codes.length / latent, found = [];
  for (let k = 0; k < rows; k++) {
    const row = (start + k) % rows, at = row * latent, most = found.length === count ? found[count - 1][1] : Infinity;
    let squared = 0;
    for (let d = 0; d < latent && squared < most; d++) squared += (codes[at + d] - code[d]) ** 2;
    if (squared >= most) continue;
    let place = found.length;
    while (place && found[place - 1][1] > squared) place -= 1;
    found.splice(place, 0, [row, squared]);
    if (found.length > count) found.pop();
  }
  return found.map(([row, squared]) => [row, Math.sqrt(squared)]);
}

// A place between the points (M, 2) of near codes, weighted by 1/distance²; at a code it is that code's point.
export function between(points, near) {
  const weights = near.map(([, distance]) => 1 / Math.max(distance, 1e-9) ** 2), all = sum(weights);
  return [0, 1].map((axis) => sum(near.map(([row], k) => weights[k] * points[2 * row + axis])) / all);
}
