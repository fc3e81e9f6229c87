// Curves that change during a training, with a slider and a play button: every frame came with the data. A series that
// changes has `frames`, an array of y, instead of y; `figures` are numbers of the frame in large type, [{name, texts}].

import { hideAtFirst, legend, PANEL, panel, save } from "../lib/curves.js";
import { mount } from "../lib/mount.js";
import { Player } from "../lib/player.js";

const PER_FRAME = 220; // milliseconds
const WIDE = 700, GAP = 8; // CSS pixels: from this width on panels are in two columns, with this gap

class CurvePlayer {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.legend, this.figuresBox] = [".curves", ".panels", ".legend", ".figures"].map(find);
    this.player = new Player(
      { slider: find("input"), play: find(".play"), caption: find("output") },
      {
        show: () => this.draw(),
        report: (frame) => this.data.reports && this.report("frame", frame),
        milliseconds: () => PER_FRAME,
      },
    );
    find(".save").addEventListener("click", () => {
      const two = this.data.panels.length > 2, width = two ? Math.min(this.width(), WIDE / 2) : this.width();
      save(this.drawn(width, this.last(two)), this.box, this.data.save, { down: true }); // has room for both columns
    });
  }

  // A running training appends frames: a user at the newest frame stays at the newest.
  receive(data) {
    const before = this.data, { player } = this, another = before?.identity !== data.identity;
    const following = another || player.frame === player.last, start = another && Number.isInteger(data.start);
    this.data = data;
    player.load(data.captions, data.label);
    if (another) [this.hidden, this.met] = [new Set(), new Set()];
    hideAtFirst(data.panels, this.hidden, this.met);
    this.values = (data.figures ?? []).map(({ name }) => figure(name));
    this.figuresBox.replaceChildren(...this.values.map(({ parentNode }) => parentNode));
    player.show(start ? data.start : following ? player.last : player.frame);
    if (data.plays && !before && !matchMedia("(prefers-reduced-motion: reduce)").matches) player.start();
  }

  resize() {
    this.draw();
  }

  stop() {
    this.player.pause();
  }

  outer() {
    return Math.max(280, this.box.clientWidth);
  }

  two() {
    return this.data.panels.length > 2 && this.outer() >= WIDE;
  }

  // CSS pixels of one panel.
  width() {
    return this.two() ? (this.outer() - GAP) / 2 : this.outer();
  }

  // Height of the last panel, enlarged if a place beside it would be empty.
  last(two) {
    return two && this.data.panels.length % 2 ? 2 * PANEL + GAP : PANEL;
  }

  // The panels of the frame; last: height of the last one.
  drawn(width, last) {
    const { panels, axis } = this.data, now = (one) => (one.frames ? { ...one, y: one.frames[this.player.frame] } : one);
    return panels.map((given, k) => {
      const height = k === panels.length - 1 ? last : PANEL;
      return panel({ ...given, height, series: given.series.map(now) }, axis, width, this.hidden);
    });
  }

  draw() {
    const { panels } = this.data, two = this.two(), last = this.last(two);
    this.box.style.setProperty("--columns", two ? 2 : 1);
    // Down the columns: panels that share an axis stay above each other.
    this.box.style.setProperty("--rows", two ? Math.ceil(panels.length / 2) : panels.length);
    const drawn = this.drawn(this.width(), last);
    if (last > PANEL) drawn.at(-1).style.gridRow = "span 2";
    this.panelsBox.replaceChildren(...drawn);
    legend(this.legend, panels, this.hidden, () => this.draw());
    this.values.forEach((value, k) => (value.textContent = this.data.figures[k].texts[this.player.frame]));
  }
}

// The element for the text of a figure, in a box with its name.
function figure(name) {
  const box = document.createElement("div"), label = document.createElement("span"), value = document.createElement("b");
  label.textContent = name;
  box.append(label, value);
  return value;
}

export default mount(CurvePlayer);
