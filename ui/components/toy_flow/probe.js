// One dragged point: noise whose path is followed to the data, or a point of the data that is mapped back to noise and
// from there to the data again.

import { fill } from "../lib/fill.js";
import { clamp, fixed } from "../lib/numbers.js";
import { path } from "../lib/ode.js";
import { isShortcut } from "../lib/shortcut.js";

const STEP = 0.1; // of a key, in standard deviations
const FARTHEST = 4;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const HANDS = { noise: "moves a point of noise", data: "moves a data point, taken back to noise", draw: "draws points" };

export class Probe {
  // changed(): there is another point or another use of the pointer, which is chosen in the <select> `hand`.
  constructor(plane, hand, changed) {
    Object.assign(this, { hand, changed, at: null });
    hand.addEventListener("change", () => {
      this.at = null;
      changed();
    });
    plane.addEventListener("keydown", (event) => {
      if (!this.drags || isShortcut(event)) return;
      const way = KEYS[event.key];
      if (event.key !== "Escape" && !way) return;
      event.preventDefault();
      this.put(way ? (this.at ?? [0, 0]).map((value, k) => value + STEP * way[k]) : null);
    });
  }

  // draws: whether points can be drawn by hand, which is then the pointer's first use.
  offer(draws) {
    const names = draws ? ["draw", "noise", "data"] : ["noise", "data"], before = this.hand.value;
    const same = names.includes(before) && this.draws === draws;
    fill(this.hand, names.map((name) => [name, HANDS[name]]), same ? before : names[0]);
    if (!same) this.at = null;
    this.draws = draws;
  }

  // Whether the pointer holds a point.
  get drags() {
    return this.hand.value !== "draw";
  }

  get name() {
    return this.hand.value === "data" ? "a data point" : "a point of noise";
  }

  put(place) {
    this.at = place?.map((value) => clamp(value, -FARTHEST, FARTHEST));
    this.changed();
  }

  // null or {places: [[x, y], …] from noise to data, back: the way to the noise or null, data: where that began or null}.
  path(velocity, way) {
    if (!this.at) return null;
    const follow = (from, ends) => path(velocity, Float64Array.from(from), { ...ends, ...way });
    if (this.hand.value === "noise") return { places: follow(this.at, {}), back: null, data: null };
    const back = follow(this.at, { start: 1, end: 0 });
    return { places: follow(back.at(-1), {}), back, data: this.at };
  }

  words({ places, data }, { centre, scale }, way) {
    const list = (values) => `(${[...values].map((value) => fixed(value, 2)).join(", ")})`;
    const inUnits = (point) => list(point.map((value, axis) => value * scale[axis] + centre[axis]));
    const [noise, end] = [places[0], places.at(-1)], apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (data) return `Data ${inUnits(data)} → noise ${list(noise)} → ${inUnits(end)}; error of the round trip ${fixed(apart(data, end), 3)} sd with ${way} each way`;
    const straight = apart(noise, end), length = places.slice(1).reduce((sum, place, k) => sum + apart(place, places[k]), 0);
    const longer = straight > 0 ? `, ${fixed(100 * (length / straight - 1), 1)}% longer than a straight line` : "";
    return `Noise ${list(noise)} → ${inUnits(end)}${longer}`;
  }
}
