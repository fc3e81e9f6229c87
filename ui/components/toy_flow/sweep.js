// The energy distance of samples from the same noise with few and with many steps, for every solver, computed in pieces.

import { SOLVERS, stepped } from "../lib/ode.js";

export const COUNTS = [1, 2, 4, 8, 16, 32, 100]; // of steps from noise to data, as ui/training/toy_flow.py
const AT_ONCE = 8; // ms of work in a frame

export class Sweep {
  // velocity(x, t); noise (2, n); distance(points): of points (2, n) to real ones.
  constructor(velocity, noise, distance) {
    this.distances = Object.fromEntries(Object.keys(SOLVERS).map((solver) => [solver, COUNTS.map(() => null)]));
    this.pieces = this.run(velocity, noise, distance);
    this.ended = false;
  }

  // Continues for some milliseconds; returns whether a distance has been computed.
  go() {
    const until = performance.now() + AT_ONCE;
    let arrived = false;
    while (!this.ended && performance.now() < until) {
      const { done, value } = this.pieces.next();
      this.ended = done;
      arrived ||= !!value;
    }
    return arrived;
  }

  // Yields after every step of a solver whether a distance is new, the quick ones first.
  *run(velocity, noise, distance) {
    for (const [index, count] of COUNTS.entries())
      for (const name of Object.keys(SOLVERS)) {
        let x = noise;
        for (let k = 0; k < count; k++) {
          x = stepped(name, velocity, x, k / count, 1 / count);
          yield false;
        }
        this.distances[name][index] = distance(x);
        yield true;
      }
  }
}
