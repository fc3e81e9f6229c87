// Curves that change over a training, under one slider with play: every frame came with the data. A series that changes
// has `frames`, an array of y, in place of y.

import { hideAtFirst, legend, panel, save } from "../lib/curves.js";
import { mount } from "../lib/mount.js";
import { Player, once } from "../lib/player.js";

const PER_FRAME = 220; // milliseconds

class CurvePlayer {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.legend] = [".curves", ".panels", ".legend"].map(find);
    this.player = new Player(
      { slider: find("input"), play: find(".play"), caption: find("output") },
      {
        show: () => this.draw(),
        report: (frame) => this.data.reports && this.report("frame", frame),
        milliseconds: () => PER_FRAME,
        next: once,
      },
    );
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.save));
  }

  // A training that goes on appends frames: whoever looks at the newest one goes with it.
  receive(data) {
    const before = this.data, { player } = this, another = before?.identity !== data.identity;
    const following = another || player.frame === player.last, start = another && Number.isInteger(data.start);
    this.data = data;
    player.load(data.captions, data.label);
    if (another) [this.hidden, this.met] = [new Set(), new Set()];
    hideAtFirst(data.panels, this.hidden, this.met);
    player.show(start ? data.start : following ? player.last : player.frame);
  }

  resize() {
    this.draw();
  }

  stop() {
    this.player.pause();
  }

  draw() {
    const { panels, axis } = this.data, width = Math.max(280, this.box.clientWidth);
    const now = (one) => (one.frames ? { ...one, y: one.frames[this.player.frame] } : one);
    const drawn = panels.map((given) => panel({ ...given, series: given.series.map(now) }, axis, width, this.hidden));
    this.panelsBox.replaceChildren(...drawn);
    legend(this.legend, panels, this.hidden, () => this.draw());
  }
}

export default mount(CurvePlayer);
