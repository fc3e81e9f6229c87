// Walk: the code goes on by itself, through the prior or from one favourite to the next, one step a frame, until a hand takes
// over. A tab in the background gets no frames, so the walk waits there and goes on from where it was.

import { PriorWalk, Tour } from "../lib/walk.js";

const LONGEST = 0.05; // s of a frame: after a pause the walk goes on, it does not jump

export class Walking {
  // code(): where it starts. stops(): codes of the favourites. to(code, words): it is there now. end(): it stopped there.
  constructor(root, { code, stops, to, end }) {
    Object.assign(this, { code, stops, to, end, on: false });
    const find = (selector) => root.querySelector(`.walk ${selector}`);
    [this.button, this.way, this.speed] = [find(".go"), find(".way"), find(".speed")];
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.speed.value = this.speed.min;
    this.button.addEventListener("click", () => (this.on ? this.stop() : this.start()));
    this.way.addEventListener("change", () => this.on && this.start());
    // A hand anywhere else ends it. Pointers are heard first here, so that a slider goes on from where the walk stopped.
    const box = root.querySelector(".explorer"), apart = ".walk, .favourites .keep";
    box.addEventListener("pointerdown", ({ target }) => target.closest(apart) || this.stop(), { capture: true });
    box.addEventListener("keydown", ({ key, target }) => key === "Tab" || target.closest(apart) || this.stop(), { capture: true });
    this.escape = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.stop();
    };
  }

  // Whether the network runs, without which there is no walk.
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

  // It stops, and whoever says so knows where.
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
