// One layer: its name, its tiles, their colour scale, and the number of its dead units.

import { enlarged } from "../lib/canvas.js";
import { element } from "../lib/element.js";
import { fixed, number } from "../lib/numbers.js";
import { extent } from "../lib/point_arrays.js";
import { isShortcut } from "../lib/shortcut.js";
import { write } from "../lib/write.js";
import { byKey, grid, painted, summary, tile, unitAt } from "./grid.js";

const digits = (value) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
export const short = (value) => fixed(value, digits(value));

// The input of the first layer: a row of tiles that cannot be chosen.
export const input = (title, units, bounds) => ({ title, shape: [units], bounds, dead: [], ends: null });

export class Row {
  // layer: {title, shape, bounds, ends, dead}, see __init__.py. index: from 0. looked: the inputs that were used, in
  // words. chosen(unit): called after a click or a key chose this unit.
  constructor(layer, index, looked, chosen) {
    Object.assign(this, { layer, index, looked, chosen, unit: -1, values: null });
    const { shape: [units, h, w], title } = layer;
    this.box = element("section", { className: "layer" });
    this.canvas = element("canvas", layer.ends ? { tabIndex: 0 } : {});
    this.name = layer.ends ? `Layer ${index + 1}: ${title}` : title;
    const slider = { role: "slider", "aria-label": `${this.name}: unit`, "aria-valuemin": 0, "aria-valuemax": units - 1 };
    for (const [key, value] of Object.entries(layer.ends ? slider : { role: "img", "aria-label": title })) this.canvas.setAttribute(key, value);
    this.ring = element("i", { className: "ring", hidden: true });
    this.now = element("output", { className: "now" });
    const heading = element("h3", { textContent: this.name });
    heading.append(element("small", { textContent: h ? `${units} map${units > 1 ? "s" : ""} of ${w}×${h}` : `${number(units)} numbers` }));
    const tiles = element("div", { className: "tiles" });
    tiles.append(this.canvas, this.ring);
    this.box.append(heading, tiles, this.foot());
    this.canvas.addEventListener("pointermove", (event) => this.hover(event));
    if (!layer.ends) return;
    this.canvas.addEventListener("click", (event) => this.click(event));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.describe();
  }

  foot() {
    const { bounds: [low, high], dead, shape: [units] } = this.layer, foot = element("p", { className: "foot" });
    const bar = element("span", { className: `bar${low < 0 ? " signed" : ""}` }), end = (value) => element("span", { textContent: short(value) });
    foot.append(end(low), bar, end(high), this.now);
    if (dead.length) {
      const are = dead.length === 1 ? "is" : "are";
      foot.append(element("span", { className: "dead", textContent: `${number(dead.length)} of ${number(units)} units ${are} dead: 0 everywhere, at all ${this.looked}.` }));
    }
    return foot;
  }

  // The width available for the tiles, in CSS pixels.
  fit(room) {
    if (!(room > 0)) return;
    this.grid = grid(this.layer.shape, room);
    const { width, height, columns, rows, w, h } = this.grid, density = enlarged(this.canvas) * (window.devicePixelRatio || 1);
    Object.assign(this.canvas, { width: Math.round(width * density), height: Math.round(height * density) });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.sheet = element("canvas", { width: columns * w, height: rows * h });
    this.density = density;
    this.draw();
    this.mark();
  }

  // values: of all units, a Float32Array; null if unknown.
  show(values) {
    this.values = values;
    this.draw();
    this.describe();
  }

  draw() {
    if (!this.grid || !this.values) return;
    const { grid: { units, w, h, columns }, density, sheet } = this, context = this.canvas.getContext("2d");
    const { pixels, width, height } = painted(this.grid, this.values, this.layer.bounds);
    sheet.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, this.grid.width, this.grid.height);
    context.imageSmoothingEnabled = false;
    for (let unit = 0; unit < units; unit++) {
      const box = tile(this.grid, unit);
      context.drawImage(sheet, (unit % columns) * w, Math.floor(unit / columns) * h, w, h, box.x, box.y, box.width, box.height);
    }
    this.cross(context);
  }

  // Marks dead units with a cross.
  cross(context) {
    Object.assign(context, { strokeStyle: "#e0569b", lineWidth: 1.5 });
    context.beginPath();
    for (const unit of this.layer.dead) {
      const { x, y, width, height } = tile(this.grid, unit), edge = Math.min(3, width / 4);
      context.moveTo(x + edge, y + edge);
      context.lineTo(x + width - edge, y + height - edge);
      context.moveTo(x + width - edge, y + edge);
      context.lineTo(x + edge, y + height - edge);
    }
    context.stroke();
  }

  // unit: −1 for none.
  choose(unit) {
    if (unit === this.unit) return;
    this.unit = unit;
    this.mark();
    this.describe();
  }

  mark() {
    this.ring.hidden = this.unit < 0 || !this.grid;
    if (this.ring.hidden) return;
    const { x, y, width, height } = tile(this.grid, this.unit);
    Object.assign(this.ring.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  }

  describe() {
    if (!this.layer.ends) return;
    const [low, high] = this.values ? extent(this.values) : [];
    const [least, largest] = this.layer.ends, signed = least < 0, both = (from, to) => `${signed ? `${short(from)} to` : "up to"} ${short(to)}`;
    write(this.now, this.values ? `now ${both(low, high)}; at all ${this.looked} ${both(least, largest)}` : "");
    this.canvas.setAttribute("aria-valuenow", Math.max(this.unit, 0));
    this.canvas.setAttribute("aria-valuetext", this.unit < 0 ? "none chosen" : this.words(this.unit));
  }

  // The current output of a unit, in words.
  words(unit) {
    const dead = this.layer.dead.includes(unit) ? ", dead" : "";
    if (!this.values) return `unit ${unit}${dead}`;
    return `unit ${unit}${dead}: ${this.gives(unit)}`;
  }

  gives(unit) {
    const { mean, highest } = summary(this.layer.shape, this.values, unit);
    return this.layer.shape.length > 1 ? `mean ${short(mean)}, highest ${short(highest)}` : short(mean);
  }

  at({ offsetX, offsetY }) {
    return this.grid ? unitAt(this.grid, offsetX, offsetY) : -1;
  }

  click(event) {
    const unit = this.at(event);
    if (unit >= 0) this.chosen(unit);
  }

  hover(event) {
    const unit = this.at(event);
    this.canvas.title = unit < 0 ? "" : this.words(unit);
  }

  key(event) {
    const unit = this.grid && !isShortcut(event) ? byKey(this.grid, this.unit, event.key) : null;
    if (unit === null) return;
    event.preventDefault();
    this.chosen(unit);
  }
}
