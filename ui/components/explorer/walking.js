// Walk: the code moves by itself, through the prior or from one favourite to the next, one step per frame, until the
// user takes over. A tab in the background gets no frames, so the walk pauses there and continues where it was.

import { PriorWalk, Tour } from "../lib/walk.js";

const LONGEST = 0.05; // s of a frame: after a pause the walk continues without a jump

export class Walking {
  // code(): the start. stops(): codes of the favourites. to(code, words): it has moved there. end(): it stopped there.
  constructor(root, { code, stops, to, end }) {
    Object.assign(this, { code, stops, to, end, on: false });
    const find = (selector) => root.querySelector(`.walk ${selector}`);
    [this.button, this.way, this.speed] = [find(".go"), find(".way"), find(".speed")];
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.speed.value = this.speed.min;
    this.button.addEventListener("click", () => (this.on ? this.stop() : this.start()));
    this.way.addEventListener("change", () => this.on && this.start());
    // A press anywhere else ends it. This listener comes first, so that a slider continues from where the walk stopped.
    const box = root.querySelector(".explorer"), apart = ".walk, .favourites .keep";
    box.addEventListener("pointerdown", ({ target }) => target.closest(apart) || this.stop(), { capture: true });
    box.addEventListener("keydown", ({ key, target }) => key === "Tab" || target.closest(apart) || this.stop(), { capture: true });
    this.escape = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.stop();
    };
  }

  // Whether the network runs, which a walk needs.
  set possible(possible) {
    for (const control of [this.button, this.way, this.speed]) control.disabled = !possible;
    if (!possible) this.halt();
  }

  // After a change of the favourites.
  update() {
    const few = this.stops().length < 2, between = this.way.value === "favourites";
    this.way.options[1].disabled = few;
    if (few) this.way.value = "prior";
    if (this.on && between) this.start();
  }

  start() {
    const { value } = this.way;
    this.path = value === "prior" ? new PriorWalk(this.code()) : new Tour(this.code(), this.stops());
    if (this.on) return;
    this.show(true);
    let last = null;
    const step = (now) => {
      this.frame = requestAnimationFrame(step);
      const seconds = Math.min((now - (last ?? now)) / 1000, LONGEST);
      last = now;
      const code = this.path.step(2 ** this.speed.valueAsNumber * seconds), { next } = this.path;
      this.to(code, next === undefined ? "On a walk through the prior" : `On the way to favourite ${next + 1}`);
    };
    this.frame = requestAnimationFrame(step);
  }

  stop() {
    if (!this.on) return;
    this.halt();
    this.end();
  }

  // Stops without calling end(): the caller knows the place.
  halt() {
    cancelAnimationFrame(this.frame);
    this.show(false);
  }

  show(on) {
    this.on = on;
    this.button.textContent = on ? "■ Stop" : "▶ Walk";
    this.button.setAttribute("aria-pressed", String(on));
    window[on ? "addEventListener" : "removeEventListener"]("keydown", this.escape);
  }
}
