// Frames with a slider and a play button: the clock moves the slider, and the user takes precedence over the clock.

import { clamp } from "./numbers.js";
import { showPlaying } from "./play_button.js";

export class Player {
  // parts: {slider, play, caption}; show(frame) draws one, report(frame) says where the user or the clock has stopped.
  // milliseconds() per frame.
  constructor({ slider, play, caption }, { show, report, milliseconds }) {
    Object.assign(this, { slider, button: play, caption, draw: show, report, milliseconds, frame: 0, timer: null });
    slider.addEventListener("input", () => {
      this.go(slider.valueAsNumber);
      report(this.frame);
    });
    slider.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    });
    play.addEventListener("click", () => this.toggle());
  }

  get last() {
    return this.captions.length - 1;
  }

  // A text for every frame, the slider's label, and the frame that is shown next.
  load(captions, label, frame = this.frame) {
    Object.assign(this, { captions, frame });
    this.slider.max = this.last;
    this.slider.setAttribute("aria-label", label);
  }

  show(frame) {
    this.frame = clamp(frame, 0, this.last);
    const caption = this.captions[this.frame];
    this.slider.value = this.frame;
    this.slider.setAttribute("aria-valuetext", caption);
    this.caption.textContent = caption;
    this.draw(this.frame);
  }

  // The user moves to a frame.
  go(frame) {
    this.pause();
    this.show(frame);
  }

  toggle() {
    if (!this.timer) return this.start();
    this.pause();
    this.report(this.frame);
  }

  start() {
    if (this.frame === this.last) this.show(0);
    const step = () => {
      if (this.frame < this.last) return this.show(this.frame + 1);
      this.pause();
      this.report(this.frame);
    };
    clearInterval(this.timer); // other frames may come while these play
    this.timer = setInterval(step, this.milliseconds());
    showPlaying(this.button, true);
  }

  // At another speed.
  restart() {
    if (this.timer) this.start();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    showPlaying(this.button, false);
  }
}
