// Every number of a tensor flies to its place in the result, channel after channel. The hand scrubs, steps and types other
// numbers, which are reported when a cell closes.

import { save, words } from "../lib/curves.js";
import { mount } from "../lib/mount.js";
import { clamp, number } from "../lib/numbers.js";
import { showPlaying } from "../lib/play_button.js";
import { make } from "../lib/svg.js";
import { Editor } from "./editor.js";
import { CELL, layout, source } from "./layout.js";

const PER_CHANNEL = 1100; // milliseconds
const SPREAD = 0.5; // share of a channel's time over which its cells take off

const ease = (t) => t * t * (3 - 2 * t);

class PixelShuffle {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.svg, this.slider] = [".curves", "svg", "input[type=range]"].map(find);
    [this.output, this.play] = ["output", ".play"].map(find);
    this.editor = new Editor(find(".editor"), {
      place: (k) => this.onPage(k),
      take: (k, text) => this.take(k, text),
      opened: () => this.stop(),
      leave: () => this.svg.focus(),
    });
    this.slider.addEventListener("input", () => {
      this.stop(); // the user takes precedence over the clock
      this.show(this.slider.valueAsNumber);
    });
    this.play.addEventListener("click", () => (this.clock ? this.stop() : this.fly(this.start, this.channels)));
    find(".step").addEventListener("click", () => this.fly(this.start, Math.floor(this.start + 1e-6) + 1));
    find(".save").addEventListener("click", () => save([this.svg], this.box, this.data.save));
    this.svg.addEventListener("click", (event) => {
      const cell = event.target.closest(".cell");
      if (cell) this.editor.open(Number(cell.dataset.k));
    });
    this.svg.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.editor.open(0);
    });
  }

  // Channels of one output; time is counted in them.
  get channels() {
    return this.data.factor ** 2;
  }

  // Where playing starts: at the beginning again after the end.
  get start() {
    return this.time >= this.channels ? 0 : this.time;
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity !== data.identity) {
      this.stop();
      this.editor.drop();
      this.editor.values = [...data.cells];
      this.time = 0;
      this.slider.max = this.channels;
    }
    this.resize();
  }

  resize() {
    this.layout = layout(this.data, Math.max(280, this.box.clientWidth));
    this.svg.setAttribute("viewBox", `0 0 ${this.layout.size.join(" ")}`);
    this.svg.style.maxHeight = "80vh";
    this.show(this.time);
  }

  // The channel of its output to which a cell belongs.
  channel(k) {
    return source(this.data, k).channel % this.channels;
  }

  // How far a cell has flown, from 0 to 1.
  flight(k) {
    const area = this.data.height * this.data.width, start = this.channel(k) + (SPREAD * (k % area)) / area;
    return clamp((this.time - start) / (1 - SPREAD), 0, 1);
  }

  // The corner of a moving cell between its places in the tensor and in the result; higher: height of the arc.
  corner(k, higher = 0) {
    const flight = this.flight(k), share = ease(flight), [x0, y0] = this.layout.from(k), [x1, y1] = this.layout.to(k);
    return [x0 + share * (x1 - x0), y0 + share * (y1 - y0) - higher * Math.sin(Math.PI * share)];
  }

  // ---- drawing

  show(time) {
    this.time = clamp(time, 0, this.channels);
    this.slider.value = this.time;
    this.output.textContent = this.note ?? this.caption();
    this.slider.setAttribute("aria-valuetext", this.caption());
    this.svg.setAttribute("aria-label", `Tensor and result of PixelShuffle. ${this.caption()} Enter edits the numbers.`);
    const flights = this.editor.values.map((_, k) => this.flight(k));
    // Moving cells above resting ones.
    const order = [...flights.keys()].sort((a, b) => (flights[a] % 1 > 0) - (flights[b] % 1 > 0));
    const dashes = { fill: "none", "stroke-dasharray": "3 3", opacity: 0.6 };
    const left = order.filter((k) => flights[k] > 0).map((k) => box(this.layout.from(k), { ...dashes, stroke: this.colour(k) }));
    const paper = getComputedStyle(this.box).getPropertyValue("--st-secondary-background-color") || "#fff";
    this.svg.replaceChildren(...this.frames(), ...left, ...order.map((k) => this.cell(k, paper)));
    this.editor.follow();
  }

  colour(k) {
    return this.data.colours[this.channel(k)];
  }

  // Headings, and the blocks of the result.
  frames() {
    const { outputs, factor, height, width } = this.data, side = factor * CELL, parts = [];
    const bold = { "font-size": 14, "font-weight": 600 };
    for (let output = 0; output < outputs; output++) {
      const [left, top] = this.layout.tensor(output), [x, y] = this.layout.result(output);
      const some = outputs > 1 ? ` ${output * this.channels} to ${(output + 1) * this.channels - 1}` : "";
      parts.push(words(left, top - 10, `in: channels${some}`, bold));
      parts.push(words(x, y - 10, outputs > 1 ? `out: channel ${output}` : "out", bold));
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++) {
          const place = { x: x + column * side, y: y + row * side, width: side, height: side, rx: 4 };
          parts.push(make("rect", { ...place, fill: "none", stroke: "currentColor", "stroke-width": 1.5, opacity: 0.5 }));
        }
    }
    return parts;
  }

  cell(k, paper) {
    const [x, y] = this.corner(k, 26), colour = this.colour(k), group = make("g", { class: "cell", "data-k": k });
    group.append(
      box([x, y], { fill: paper }), // so that nothing shines through in the air
      box([x, y], { fill: colour, "fill-opacity": 0.38, stroke: colour, "stroke-width": 2 }),
      words(x + CELL / 2, y + CELL / 2 + 5, number(this.editor.values[k]), { "text-anchor": "middle", "font-weight": 600 }),
    );
    return group;
  }

  caption() {
    const { factor } = this.data;
    if (this.time === 0) return `${this.channels} channels, one colour each. Press play, or click a cell to change its number.`;
    if (this.time >= this.channels) return `Done: every ${factor}×${factor} block holds one number of each channel.`;
    const channel = Math.floor(this.time), a = Math.floor(channel / factor), b = channel % factor;
    const place = `row ${factor}·i + ${a}, column ${factor}·j + ${b}`;
    return `Channel ${channel}: a = ${a}, b = ${b}. The cell in row i, column j goes to ${place}.`;
  }

  // A cell's place on the page in CSS pixels: [left, top, side].
  onPage(k) {
    const drawn = this.svg.getBoundingClientRect(), { size } = this.layout, place = this.corner(k);
    const scale = Math.min(drawn.width / size[0], drawn.height / size[1]);
    const margins = [(drawn.width - size[0] * scale) / 2, (drawn.height - size[1] * scale) / 2];
    return [margins[0] + scale * place[0], margins[1] + scale * place[1], CELL * scale];
  }

  // ---- play and step

  fly(from, to) {
    this.stop();
    this.note = null;
    const start = performance.now();
    const frame = (now) => {
      const time = from + Math.max(0, now - start) / PER_CHANNEL;
      this.show(Math.min(to, time));
      if (time < to) this.clock = requestAnimationFrame(frame);
      else this.stop();
    };
    this.clock = requestAnimationFrame(frame);
    showPlaying(this.play, true);
  }

  stop() {
    cancelAnimationFrame(this.clock);
    this.clock = null;
    showPlaying(this.play, false);
  }

  // ---- a typed number

  take(k, text) {
    const { least, most } = this.data, { values } = this.editor, value = Number(text);
    const valid = /^-?\d+$/.test(text) && value >= least && value <= most;
    this.note = valid ? null : `A cell takes a whole number from ${number(least)} to ${most}; the previous one was kept.`;
    if (valid && value !== values[k]) {
      values[k] = value;
      this.report("typed", [...values]);
    }
    this.show(this.time);
  }
}

function box([x, y], style) {
  return make("rect", { x: x + 2, y: y + 2, width: CELL - 4, height: CELL - 4, rx: 4, ...style });
}

export default mount(PixelShuffle);
