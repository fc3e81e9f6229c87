// A value that moves to and fro between two ends by itself, continuously, until the user or the button stops it.

import { clamp } from "../lib/numbers.js";
import { showPlaying } from "../lib/play_button.js";

export class Clock {
  // value(): the current value; go(value): a step; stopped(): somebody has stopped it; speed(): passes per second.
  constructor(button, { value, go, stopped, speed }) {
    Object.assign(this, { button, value, go, stopped, speed, frame: null, way: 1 });
    button.addEventListener("click", () => this.toggle());
  }

  get runs() {
    return this.frame !== null;
  }

  // Sets the ends.
  load(low, high) {
    Object.assign(this, { low, high });
  }

  toggle() {
    if (!this.runs) return this.start();
    this.pause();
    this.stopped();
  }

  start() {
    let before = null;
    const tick = (now) => {
      if (before !== null) this.go(this.after(this.value(), (now - before) / 1000));
      before = now;
      this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
    showPlaying(this.button, true);
  }

  // The value some seconds later. A tab that was in the background continues where it was.
  after(value, seconds) {
    const { low, high } = this, to = value + this.way * Math.min(seconds, 0.1) * this.speed() * (high - low);
    if (to > high || to < low) this.way = to > high ? -1 : 1;
    return clamp(to, low, high);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    showPlaying(this.button, false);
  }
}
