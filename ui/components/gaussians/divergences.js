// Two densities, and GAN losses and divergences between them, by the formulas of metrics/gan_values.py and
// divergence.py, which compute the official numbers on release.

import { linspace } from "../lib/axes.js";
import { sigmoid, softplus } from "../lib/gan_losses.js";
import { normal } from "../lib/linear_gaussian.js";

const SIGMAS = 7; // outside 7σ a Gaussian has a mass of 3e-12
const PANELS = 64, TINY = 1e-300;
const COARSE = 0.05, STRIDE = 4; // of the curves over q's mean

// Cumulative distribution function of N(0, 1), Numerical Recipes' erfc: relative error below 1.2e-7.
function cumulative(z) {
  const a = Math.abs(z) / Math.SQRT2, t = 1 / (1 + a / 2);
  const terms = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  const half = (t * Math.exp(-a * a + terms.reduceRight((sum, term) => sum * t + term, 0))) / 2;
  return z > 0 ? 1 - half : half;
}

const mean = (list, value) => list.reduce((sum, one) => sum + value(one), 0) / list.length;

// Nodes and weights of Gauss-Legendre quadrature with eight nodes between every two edges: [[x, weight]].
const HALF = [[0.1834346424956498, 0.362683783378362], [0.525532409916329, 0.3137066458778873], [0.7966664774136267, 0.2223810344533745], [0.9602898564975363, 0.1012285362903763]];
const RULE = [...HALF.map(([at, weight]) => [-at, weight]).reverse(), ...HALF];
function nodes(edges) {
  return edges.slice(1).flatMap((edge, k) => {
    const half = (edge - edges[k]) / 2;
    return RULE.map(([at, weight]) => [edges[k] + half * (1 + at), half * weight]);
  });
}

// Data p, an equally weighted mixture, and generator q; components: [[mean, width], …], the last one is q.
export class Pair {
  constructor(components) {
    [this.p, this.q] = [components.slice(0, -1), components.slice(-1)];
    this.low = Math.min(...components.map(([m, s]) => m - SIGMAS * s));
    this.high = Math.max(...components.map(([m, s]) => m + SIGMAS * s));
  }

  density(side, x) {
    return mean(side, ([m, s]) => normal(x, m, s));
  }

  // D*(x) = p / (p + q), avoiding 0 / 0 in the tails.
  discriminator(x) {
    return sigmoid(this.logit(this.density(this.p, x), this.density(this.q, x)));
  }

  // log p − log q of two densities.
  logit(p, q) {
    return Math.log(Math.max(p, TINY)) - Math.log(Math.max(q, TINY));
  }

  // F_p − F_q; rounding errors in the tails count as 0.
  apart(x) {
    const difference = mean(this.p, ([m, s]) => cumulative((x - m) / s)) - mean(this.q, ([m, s]) => cumulative((x - m) / s));
    return Math.abs(difference) < 1e-9 ? 0 : difference;
  }

  // [loss at the best discriminator, divergence] for BCE, for least squares with codes −1, 1, 0 and with 0, 1, 1, and
  // for the critic.
  sides() {
    const even = linspace(this.low, this.high, PANELS + 1);
    this.turns(nodes(even));
    const sums = { bce: 0, jsd: 0, centred: 0, shifted: 0, pearson: 0, critic: 0, wasserstein: 0 };
    for (const [at, weight] of nodes([...even, ...this.kinks].sort((one, other) => one - other))) {
      const a = this.density(this.p, at), b = this.density(this.q, at);
      sums.critic += weight * this.critic(at) * (a - b);
      sums.wasserstein += weight * Math.abs(this.apart(at));
      if (a + b < TINY) continue;
      const logit = this.logit(a, b), D = sigmoid(logit);
      sums.bce -= weight * (a * softplus(-logit) + b * softplus(logit));
      sums.jsd += weight * (this.half(a, b) + this.half(b, a));
      sums.centred += weight * (a + b) * (2 * D - 1) ** 2;
      sums.shifted += weight * (a + b) * (D - 1) ** 2;
      sums.pearson += (weight * (b - a) ** 2) / (a + b);
    }
    return [[sums.bce, 2 * sums.jsd - Math.log(4)], [sums.centred, sums.pearson], [sums.shifted, 0.5 + sums.pearson / 4], [sums.critic, sums.wasserstein]];
  }

  // Where F_p and F_q cross, and the slope of the best critic between: positive where F_p < F_q.
  turns(places) {
    [this.kinks, this.slopes] = [[], [0]];
    let before = null;
    for (const [at] of places) {
      const sign = Math.sign(this.apart(at));
      if (!sign) continue;
      if (before !== null && -sign !== this.slopes.at(-1)) this.kinks.push(this.root(before, at));
      if (before === null) this.slopes = [-sign];
      else if (-sign !== this.slopes.at(-1)) this.slopes.push(-sign);
      before = at;
    }
  }

  half(a, b) {
    return a > TINY ? (a * Math.log((2 * a) / (a + b))) / 2 : 0;
  }

  root(low, high) {
    const rising = this.apart(high) > 0;
    for (let k = 0; k < 50; k++) {
      const middle = (low + high) / 2;
      if (this.apart(middle) > 0 === rising) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  }

  // The best critic: 0 at the first kink or, without one, at the midpoint of the means.
  critic(x) {
    const zero = this.kinks[0] ?? mean([this.p, this.q], (side) => mean(side, ([m]) => m));
    if (x <= zero || this.kinks.length < 2) return (x - zero) * this.slopes[x <= zero ? 0 : this.slopes.length - 1];
    let rise = 0;
    this.kinks.forEach((kink, k) => {
      if (x > kink) rise += (Math.min(x, this.kinks[k + 1] ?? x) - kink) * this.slopes[k + 1];
    });
    return rise;
  }
}

// JSD, χ² and Wasserstein distance as functions of q's mean, everything else fixed.
export function over(pair, reach) {
  const [, width] = pair.q[0];
  const lowest = Math.min(pair.low, -reach - SIGMAS * width), high = Math.max(pair.high, reach + SIGMAS * width);
  const first = Math.ceil((-reach - lowest) / COARSE), low = -reach - first * COARSE; // the grid meets −reach and, after whole strides, reach
  const count = Math.ceil((high - low) / COARSE) + 1, half = Math.ceil((high - low) / COARSE);
  const x = Array.from({ length: count }, (_, k) => low + k * COARSE);
  const p = x.map((at) => pair.density(pair.p, at)), P = x.map((at) => mean(pair.p, ([m, s]) => cumulative((at - m) / s)));
  // q once, on a grid twice as long: shifting its mean is an offset.
  const q = Array.from({ length: 2 * half + 1 }, (_, k) => normal((k - half) * COARSE, 0, width));
  const Q = Array.from({ length: 2 * half + 1 }, (_, k) => cumulative(((k - half) * COARSE) / width));
  const curves = { x: [], jsd: [], pearson: [], wasserstein: [] };
  for (let centre = first; low + centre * COARSE <= reach + 1e-9; centre += STRIDE) {
    let [jsd, pearson, wasserstein] = [0, 0, 0];
    for (let k = 0; k < count; k++) {
      const place = k - centre + half;
      const a = p[k], b = place < 0 || place > 2 * half ? 0 : q[place], beyond = place < 0 ? 0 : place > 2 * half ? 1 : Q[place];
      wasserstein += Math.abs(P[k] - beyond);
      if (a + b < TINY) continue;
      jsd += pair.half(a, b) + pair.half(b, a);
      pearson += (b - a) ** 2 / (a + b);
    }
    curves.x.push(low + centre * COARSE);
    curves.jsd.push(jsd * COARSE);
    curves.pearson.push(pearson * COARSE);
    curves.wasserstein.push(wasserstein * COARSE);
  }
  return curves;
}
