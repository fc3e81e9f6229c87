// Curves that change over a training, under one slider with play: every frame came with the data. Panels come from
// curves.js; a series that changes has `frames`, an array of y, in place of y.

import { hideAtFirst, legend, panel, save } from "../lib/curves.js";
import { mount } from "../lib/mount.js";

const PER_FRAME = 220; // milliseconds

class CurvePlayer {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".curves");
    this.panelsBox = find(".panels");
    this.legend = find(".legend");
    this.slider = find("input");
    this.output = find("output");
    this.play = find(".play");
    this.slider.addEventListener("input", () => {
      this.stop(); // the hand is stronger than the clock
      this.show(this.slider.valueAsNumber);
    });
    this.slider.addEventListener("change", () => this.data.reports && this.report("frame", this.frame));
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
  }

  resize() {
    this.show(this.frame);
  }

  get last() {
    return this.data.captions.length - 1;
  }

  // A training that goes on appends frames: whoever looks at the newest one goes with it.
  receive(data) {
    const before = this.data, following = !before || before.identity !== data.identity || this.frame === this.last;
    this.data = data;
    this.slider.max = this.last;
    this.slider.setAttribute("aria-label", data.label);
    if (!before || before.identity !== data.identity) {
      [this.hidden, this.met] = [new Set(), new Set()];
    }
    hideAtFirst(data.panels, this.hidden, this.met);
    legend(this.legend, data.panels, this.hidden, () => this.receive(this.data));
    if ((!before || before.identity !== data.identity) && Number.isInteger(data.start)) return this.show(Math.min(data.start, this.last));
    this.show(following ? this.last : Math.min(this.frame, this.last));
  }

  show(frame) {
    this.frame = frame;
    this.slider.value = frame;
    this.output.textContent = this.data.captions[frame];
    this.slider.setAttribute("aria-valuetext", this.data.captions[frame]);
    const width = Math.max(280, this.box.clientWidth);
    const now = (one) => (one.frames ? { ...one, y: one.frames[frame] } : one);
    const drawn = this.data.panels.map((told) => ({ ...told, series: told.series.map(now) }));
    this.panelsBox.replaceChildren(...drawn.map((told) => panel(told, this.data.axis, width, this.hidden)));
  }

  start() {
    if (this.frame === this.last) this.show(0);
    this.timer = setInterval(() => (this.frame < this.last ? this.show(this.frame + 1) : this.stop()), PER_FRAME);
    this.label("❚❚", "Pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.label("▶", "Play");
  }

  label(sign, words) {
    this.play.textContent = sign;
    this.play.setAttribute("aria-label", words);
  }
}

export default mount(CurvePlayer);
