// A straight line between two codes in the latent space, and its course on the map. Nothing here draws.

import { linspace } from "../lib/axes.js";
import { between, nearest, projected } from "../lib/neighbours.js";
import { clamp } from "../lib/numbers.js";

const NEAR = 5; // codes between which t-SNE's map places a new one
const PLACES = 49; // of the line on the map

// (1 − α)·a + α·b.
export const mixed = (a, b, alpha) => Float64Array.from(a, (value, d) => value + alpha * (b[d] - value));

// The place of a code in the unit square of the map. map: {kind, codes (M, latent), points (M, 2) of the unit square,
// components, centre, middle, span}. PCA is a formula; t-SNE has none, so a code stands between its nearest ones, each
// weighted by 1 / distance².
export function placeOf(map, code) {
  if (map.kind !== "pca") return between(map.points, nearest(map.codes, code, NEAR));
  return projected(map, code).map((value, axis) => (value - map.middle[axis]) / map.span + 0.5);
}

export class Line {
  constructor(map, a, b) {
    Object.assign(this, { a, b });
    this.alphas = map.kind === "pca" ? [0, 1] : linspace(0, 1, PLACES);
    this.places = this.alphas.map((alpha) => placeOf(map, mixed(a, b, alpha)));
  }

  code(alpha) {
    return mixed(this.a, this.b, alpha);
  }

  place(alpha) {
    const at = alpha * (this.places.length - 1), k = Math.min(Math.floor(at), this.places.length - 2), share = at - k;
    return [0, 1].map((axis) => this.places[k][axis] + share * (this.places[k + 1][axis] - this.places[k][axis]));
  }

  // The α whose place is nearest to a place on the map.
  alphaAt([x, y]) {
    let best = 0, least = Infinity;
    for (let k = 0; k + 1 < this.places.length; k++) {
      const [x0, y0] = this.places[k], [dx, dy] = [this.places[k + 1][0] - x0, this.places[k + 1][1] - y0];
      const squared = dx * dx + dy * dy;
      const share = squared ? clamp(((x - x0) * dx + (y - y0) * dy) / squared, 0, 1) : 0;
      const distance = Math.hypot(x0 + share * dx - x, y0 + share * dy - y);
      if (distance < least) [best, least] = [(k + share) / (this.places.length - 1), distance];
    }
    return best;
  }
}
