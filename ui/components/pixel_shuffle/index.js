// Every number of a tensor flies to its place in the result, channel after channel. The places came from the server; the
// hand scrubs, steps and types other numbers, which are reported when a cell is done. Helpers come from curves.js.

import { make, save, words } from "../lib/curves.js";
import { number } from "../lib/numbers.js";

const CELL = 38, GAP = 16, BETWEEN = 56, TITLE = 26, EDGE = 14; // in the picture's own units
const PER_CHANNEL = 1100; // milliseconds
const SPREAD = 0.5; // share of a channel's time over which its cells take off
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let shuffle = instances.get(parentElement);
  if (!shuffle) instances.set(parentElement, (shuffle = new Shuffle(parentElement)));
  shuffle.report = (cells) => setTriggerValue("typed", cells);
  shuffle.receive(data);
  return () => {
    shuffle.stop();
    shuffle.watcher.disconnect();
    instances.delete(parentElement);
  };
}

const ease = (t) => t * t * (3 - 2 * t);

class Shuffle {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.svg, this.editor, this.slider] = [".curves", "svg", ".editor", "input[type=range]"].map(find);
    [this.output, this.play] = ["output", ".play"].map(find);
    [this.time, this.edited] = [0, null];
    this.slider.addEventListener("input", () => {
      this.stop(); // the hand is stronger than the clock
      this.show(this.slider.valueAsNumber);
    });
    this.play.addEventListener("click", () => (this.clock ? this.stop() : this.fly(this.time >= this.steps ? 0 : this.time, this.steps)));
    find(".step").addEventListener("click", () => {
      const from = this.time >= this.steps ? 0 : this.time;
      this.fly(from, Math.floor(from + 1e-6) + 1);
    });
    find(".save").addEventListener("click", () => save([this.svg], this.box, this.data.file));
    this.types();
    this.watcher = new ResizeObserver(() => this.data && this.lay());
    this.watcher.observe(this.box);
  }

  get steps() {
    return this.data.factor ** 2;
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before || before.identity !== data.identity) {
      this.stop();
      this.cells = [...data.cells];
      this.time = 0;
      this.slider.max = this.steps;
      this.edit(null);
    }
    this.lay();
  }

  // ---- where things stand

  lay() {
    const { outputs, factor, height, width } = this.data;
    const across = Math.max(280, this.box.clientWidth);
    const blockWidth = factor * width * CELL + (factor - 1) * GAP, blockHeight = factor * height * CELL + (factor - 1) * GAP;
    const [right, below] = [factor * width * CELL, factor * height * CELL];
    const beside = across >= blockWidth + BETWEEN + right + 2 * EDGE;
    const pair = beside ? Math.max(blockHeight, below) + TITLE + GAP : blockHeight + below + 2 * TITLE + 2 * GAP;
    const wide = beside ? blockWidth + BETWEEN + right + 2 * EDGE : blockWidth + 2 * EDGE;
    // Not larger than drawn on a wide page; narrower pages shrink it as a whole.
    this.size = [Math.max(wide, Math.min(across, 900)), outputs * pair + EDGE];
    const left = (this.size[0] - wide) / 2 + EDGE;
    const area = height * width;
    const corner = (group) => group * pair + TITLE + EDGE;
    this.from = this.cells.map((_, k) => {
      const channel = Math.floor(k / area), sub = channel % factor ** 2, inside = k % area;
      const [a, b, i, j] = [Math.floor(sub / factor), sub % factor, Math.floor(inside / width), inside % width];
      return [left + b * (width * CELL + GAP) + j * CELL, corner(Math.floor(channel / factor ** 2)) + a * (height * CELL + GAP) + i * CELL];
    });
    this.target = (group) => (beside
      ? [left + blockWidth + BETWEEN, corner(group) + (blockHeight - below) / 2]
      : [left + (blockWidth - right) / 2, corner(group) + blockHeight + TITLE + GAP]);
    this.to = this.data.places.map(([group, row, column]) => {
      const [x, y] = this.target(group);
      return [x + column * CELL, y + row * CELL];
    });
    this.svg.setAttribute("viewBox", `0 0 ${this.size[0]} ${this.size[1]}`);
    this.svg.style.maxHeight = "80vh";
    this.show(this.time);
  }

  // When cell k takes off and lands, in channels.
  flight(k) {
    const { factor, height, width } = this.data, area = height * width;
    const start = (Math.floor(k / area) % factor ** 2) + (SPREAD * (k % area)) / area;
    return Math.min(1, Math.max(0, (this.time - start) / (1 - SPREAD)));
  }

  // ---- drawing

  show(time) {
    this.time = Math.min(this.steps, Math.max(0, time));
    this.slider.value = this.time;
    this.output.textContent = this.note ?? this.caption();
    this.slider.setAttribute("aria-valuetext", this.caption());
    const { outputs, factor, height, width, colours } = this.data, area = height * width;
    const paper = getComputedStyle(this.box).getPropertyValue("--st-secondary-background-color") || "#fff";
    const parts = [], heads = { "font-size": 14, "font-weight": 600 };
    for (let group = 0; group < outputs; group++) {
      const [x, y] = this.target(group), first = this.from[group * factor ** 2 * area];
      const some = outputs > 1 ? ` ${group * factor ** 2} to ${(group + 1) * factor ** 2 - 1}` : "";
      parts.push(words(first[0], first[1] - 10, `in: channels${some}`, heads), words(x, y - 10, outputs > 1 ? `out: channel ${group}` : "out", heads));
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          parts.push(make("rect", { x: x + column * factor * CELL, y: y + row * factor * CELL, width: factor * CELL, height: factor * CELL,
            rx: 4, fill: "none", stroke: "currentColor", "stroke-width": 1.5, opacity: 0.5 }));
    }
    const box = ([x, y], style) => make("rect", { x: x + 2, y: y + 2, width: CELL - 4, height: CELL - 4, rx: 4, ...style });
    const flights = this.cells.map((_, k) => this.flight(k));
    const colour = (k) => colours[Math.floor(k / area) % factor ** 2];
    flights.forEach((share, k) => share > 0 && parts.push(box(this.from[k], { fill: "none", stroke: colour(k), "stroke-dasharray": "3 3", opacity: 0.6 })));
    // Those in the air above those that rest.
    const order = [...flights.keys()].sort((a, b) => (flights[a] % 1 > 0) - (flights[b] % 1 > 0));
    for (const k of order) {
      const share = ease(flights[k]), [from, to] = [this.from[k], this.to[k]];
      const x = from[0] + share * (to[0] - from[0]), y = from[1] + share * (to[1] - from[1]) - 26 * Math.sin(Math.PI * share);
      const cell = make("g", { class: "cell", "data-k": k });
      cell.append(
        box([x, y], { fill: paper }), // so that nothing shines through in the air
        box([x, y], { fill: colour(k), "fill-opacity": 0.38, stroke: colour(k), "stroke-width": 2 }),
        words(x + CELL / 2, y + CELL / 2 + 5, number(this.cells[k]), { "text-anchor": "middle", "font-weight": 600 }),
      );
      parts.push(cell);
    }
    this.svg.setAttribute("aria-label", `Tensor and result of PixelShuffle. ${this.caption()} Enter edits the numbers.`);
    this.svg.replaceChildren(...parts);
    if (this.edited !== null) this.place();
  }

  caption() {
    const { factor } = this.data, done = this.time >= this.steps;
    if (this.time === 0) return `${this.steps} channels, one colour each. Press play, or click a cell to change its number.`;
    if (done) return `Done: every ${factor}×${factor} block holds one number of each channel.`;
    const channel = Math.min(this.steps - 1, Math.floor(this.time)), a = Math.floor(channel / factor), b = channel % factor;
    return `Channel ${channel}: a = ${a}, b = ${b}. The cell in row i, column j goes to row ${factor}·i + ${a}, column ${factor}·j + ${b}.`;
  }

  // ---- play and step

  fly(from, to) {
    this.stop();
    this.note = null;
    const begun = performance.now();
    const frame = (now) => {
      const time = from + Math.max(0, now - begun) / PER_CHANNEL;
      this.show(Math.min(to, time));
      if (time < to) this.clock = requestAnimationFrame(frame);
      else this.stop();
    };
    this.clock = requestAnimationFrame(frame);
    this.label("❚❚", "Pause");
  }

  stop() {
    cancelAnimationFrame(this.clock);
    this.clock = null;
    this.label("▶", "Play");
  }

  label(sign, text) {
    this.play.textContent = sign;
    this.play.setAttribute("aria-label", text);
  }

  // ---- typing into a cell

  types() {
    this.svg.addEventListener("click", (event) => {
      const cell = event.target.closest(".cell");
      if (cell) this.edit(Number(cell.dataset.k));
    });
    this.svg.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.edit(0);
    });
    this.editor.addEventListener("keydown", (event) => {
      const by = { Enter: 0, Escape: 0, Tab: event.shiftKey ? -1 : 1 }[event.key];
      if (by === undefined) return;
      const next = this.edited + by;
      if (event.key === "Escape") this.editor.value = this.cells[this.edited];
      if (by && (next < 0 || next >= this.cells.length)) return; // Tab leaves at both ends
      event.preventDefault();
      if (by) this.edit(next);
      else this.svg.focus(); // closes the cell
    });
    this.editor.addEventListener("blur", () => this.edit(null));
  }

  // Take what stands in the open cell, and open another one (or none).
  edit(k) {
    const open = this.edited;
    this.edited = null;
    if (open !== null) this.take(open, this.editor.value.trim().replace("−", "-"));
    this.editor.hidden = k === null;
    if (k !== null) {
      this.stop();
      this.edited = k;
      this.editor.value = this.cells[k];
      this.editor.setAttribute("aria-label", `Number ${k + 1} of ${this.cells.length}`);
      this.place();
      this.editor.focus();
      this.editor.select();
    } else if (this.from) this.show(this.time);
  }

  take(k, text) {
    const { least, most } = this.data, value = Number(text);
    const good = /^-?\d+$/.test(text) && value >= least && value <= most;
    this.note = good ? null : `A cell takes a whole number from ${number(least)} to ${most}; the one before stays.`;
    if (!good || value === this.cells[k]) return;
    this.cells[k] = value;
    this.report([...this.cells]);
  }

  // The open cell lies over its picture.
  place() {
    const share = ease(this.flight(this.edited)), [from, to] = [this.from[this.edited], this.to[this.edited]];
    const drawn = this.svg.getBoundingClientRect(), scale = Math.min(drawn.width / this.size[0], drawn.height / this.size[1]);
    const margin = [(drawn.width - this.size[0] * scale) / 2, (drawn.height - this.size[1] * scale) / 2];
    const [left, top] = [0, 1].map((axis) => margin[axis] + scale * (from[axis] + share * (to[axis] - from[axis])));
    Object.assign(this.editor.style, { left: `${left}px`, top: `${top}px`, width: `${CELL * scale}px`, height: `${CELL * scale}px` });
  }
}
