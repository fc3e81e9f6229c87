// Smooth walks through a latent space. Each has step(t): the code after t more units of time. Nothing here draws.

import { clamp } from "./numbers.js";
import { gaussian } from "./random.js";

// A random walk through typical codes of the prior N(0, I), which may start at any code.
//
// Pieces of great circles between draws keep the length but have a bend at every draw, and an Ornstein–Uhlenbeck process
// trembles, since it has no velocity. So every coordinate is the Ornstein–Uhlenbeck process of a velocity on a spring,
// critically damped: z' = v, v' = −z − 2v + 2·noise. Its stationary law is N(0, 1) for z and v each, independent, so a
// code is that of the prior at every moment, the speed is about √latent at every moment (both within a share of
// 1/√(2·latent)), and a start elsewhere is forgotten as exp(−t). The correlation of two codes at distance t is
// (1 + t)·exp(−t): the Matérn process of smoothness 3/2 (Rasmussen & Williams 2006, section B.2). A step is exact for any
// t, so a slow browser takes the same walk in fewer pictures.
export class PriorWalk {
  constructor(code, random = Math.random) {
    Object.assign(this, { code: Float64Array.from(code), velocity: new Float64Array(code.length), random });
  }

  step(t) {
    const { code, velocity } = this, shrunk = Math.exp(-t), square = shrunk * shrunk;
    // The added noise has the covariance that the stationary distribution loses in the spring's motion.
    const ofCode = 1 - square * ((1 + t) ** 2 + t * t), both = 2 * t * t * square, ofVelocity = 1 - square * (t * t + (1 - t) ** 2);
    const a = Math.sqrt(Math.max(0, ofCode)), b = a > 0 ? both / a : 0, c = Math.sqrt(Math.max(0, ofVelocity - b * b));
    const noise = gaussian(new Float64Array(2 * code.length), this.random);
    this.code = code.map((z, d) => shrunk * ((1 + t) * z + t * velocity[d]) + a * noise[2 * d]);
    this.velocity = velocity.map((v, d) => shrunk * ((1 - t) * v - t * code[d]) + b * noise[2 * d] + c * noise[2 * d + 1]);
    return this.code;
  }
}

const PACE = 0.6; // mean speed on a leg in √latent, the typical length of a code

// From a code to each of the stops, and again from the first; slower at both ends, so that a stop is noticed.
export class Tour {
  constructor(code, stops) {
    Object.assign(this, { from: code, stops, next: 0 });
    this.leave();
  }

  leave() {
    const to = this.stops[this.next], way = Math.hypot(...to.map((part, d) => part - this.from[d]));
    Object.assign(this, { at: 0, duration: Math.max(0.5, way / (PACE * Math.sqrt(to.length))) });
  }

  step(t) {
    this.at += t / this.duration;
    if (this.at >= 1) {
      [this.from, this.next] = [this.stops[this.next], (this.next + 1) % this.stops.length];
      this.leave();
      return this.from;
    }
    return onCircle(this.from, this.stops[this.next], this.at * this.at * (3 - 2 * this.at));
  }
}

// The great circle between two directions, with linearly interpolated length (models/interpolation.py: slerp); a
// straight line if no great circle is defined.
export function onCircle(a, b, share) {
  const lengths = [Math.hypot(...a), Math.hypot(...b)];
  const cosine = a.reduce((sum, part, d) => sum + part * b[d], 0) / (lengths[0] * lengths[1]);
  const angle = Math.acos(clamp(cosine, -1, 1)), sine = Math.sin(angle);
  if (!(sine >= 1e-4)) return a.map((part, d) => (1 - share) * part + share * b[d]); // also for NaN
  const length = (1 - share) * lengths[0] + share * lengths[1];
  const weights = [(1 - share) * angle, share * angle].map((part, end) => (length * Math.sin(part)) / (sine * lengths[end]));
  return a.map((part, d) => weights[0] * part + weights[1] * b[d]);
}
