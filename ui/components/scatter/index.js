// A map of codes: points in the plane, with pictures on hover; a click or the keyboard chooses a point.
// All pictures came as one sheet, so hovering needs no request.

import { boxOf, enlarged, fit } from "../lib/canvas.js";
import { bitmap } from "../lib/decode.js";
import { mount } from "../lib/mount.js";
import { clamp } from "../lib/numbers.js";
import { isShortcut } from "../lib/shortcut.js";
import { saveSlide } from "../lib/slide.js";
import { letters } from "../lib/theme.js";
import { View, best } from "../lib/view.js";
import { dragging } from "../lib/dragging.js";
import { fingers } from "./fingers.js";
import { Journey, OWN } from "./journey.js";
import { Lasso } from "./lasso.js";
import { Legend } from "./legend.js";

const REACH = { mouse: 14, pen: 14, touch: 24 }; // CSS pixels within which a pointer hits a point
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Scatter {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.canvas = this.box = find(".points");
    this.tip = find(".tip");
    this.message = find(".message");
    this.cloud = document.createElement("canvas"); // all points, so that hovering redraws only one ring
    this.met = this.chosen = null; // rows: the one under the pointer or found by keys, and the chosen one
    this.view = new View();
    this.legend = new Legend(find(".legend"), () => this.draw());
    root.querySelectorAll("[data-zoom]").forEach((button) => {
      const factor = Number(button.dataset.zoom);
      button.addEventListener("click", () => (factor ? this.zoom(factor) : this.whole()));
    });
    find("[data-save]").addEventListener("click", () => this.save());
    this.journey = new Journey(root, this);
    this.lasso = new Lasso(root, this);
    this.pointer();
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  async receive(data) {
    const before = this.data;
    if (before?.identity === data.identity) return; // the same map: the component's choice is newer
    this.data = data;
    this.chosen = data.chosen;
    this.canvas.setAttribute("aria-label", data.label);
    this.legend.receive(data.classes, data.colours);
    this.lasso.receive(data.lasso ?? null);
    this.whole();
    this.journey.receive(data);
    if (before?.sprites === data.sprites) return;
    this.sheet = null; // not the pictures of another model
    const sheet = await bitmap(data.sprites);
    if (this.data.sprites !== data.sprites) return;
    this.sheet = sheet;
    this.journey.sheetIsHere();
    if (this.met !== null) this.showTip();
  }

  resize() {
    this.draw();
  }

  stop() {
    this.journey.stop();
  }

  // ---- drawing

  draw() {
    this.view.fit(boxOf(this.canvas));
    const { hidden } = this.legend;
    this.rows = [...this.data.labels.keys()].filter((row) => !hidden.has(this.data.labels[row])); // those that are shown
    const density = enlarged(this.canvas) * (window.devicePixelRatio || 1), { width, height } = this.view.size;
    Object.assign(this.cloud, { width: Math.round(width * density), height: Math.round(height * density) });
    const context = this.cloud.getContext("2d");
    context.scale(density, density);
    this.paint(context);
    this.rings();
  }

  // Points came as whole numbers from 0 to 10,000.
  place(row) {
    const { points } = this.data;
    return this.view.place([points[2 * row] / 10000, points[2 * row + 1] / 10000]);
  }

  get radius() {
    return Math.min(6, 2.2 * Math.sqrt(this.view.scale) * (this.data.labels.length < 2000 ? 1.5 : 1));
  }

  paint(context) {
    const { colours, labels } = this.data;
    context.globalAlpha = 0.8;
    for (const row of this.rows) {
      context.fillStyle = colours[labels[row]];
      context.beginPath();
      context.arc(...this.place(row), this.radius, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  // Redraws the points, with the names of the axes and rings around the current and the chosen point.
  rings() {
    if (!this.cloud.width || !this.cloud.height) return; // hidden: an empty canvas cannot be drawn
    const { context, width, height } = fit(this.canvas);
    context.drawImage(this.cloud, 0, 0, width, height);
    axisNames(context, this.data.axes, [width, height], this.canvas);
    this.ring(context, this.met, 1.5);
    this.marks(context);
  }

  // What is chosen and what the hand put on the map.
  marks(context) {
    const style = getComputedStyle(this.canvas), colour = (name, other) => style.getPropertyValue(name) || other;
    if (this.journey.mode !== "walk") this.ring(context, this.chosen, 3);
    for (const hand of [this.lasso, this.journey])
      hand.paint(context, colour("--st-text-color", "#888"), colour("--st-background-color", "#fff"));
  }

  ring(context, row, thickness) {
    if (row === null) return;
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--st-text-color") || "#888";
    context.lineWidth = thickness;
    context.beginPath();
    context.arc(...this.place(row), this.radius + 4, 0, 7);
    context.stroke();
  }

  meet(row) {
    if (row === this.met) return;
    this.met = row;
    this.rings();
    this.tip.hidden = row === null;
    if (row !== null) this.showTip();
  }

  showTip() {
    const [x, y] = this.place(this.met), { width, height } = this.view.size;
    const { columns, tile: [tileHeight, tileWidth], classes, labels } = this.data;
    this.tip.style.left = `${clamp(x + (x > width / 2 ? -150 : 18), 0, Math.max(0, width - 140))}px`;
    this.tip.style.top = `${clamp(y - 70, 0, Math.max(0, height - 150))}px`;
    const words = `${classes[labels[this.met]]} · number ${this.met}`;
    this.tip.querySelector("span").textContent = this.sheet ? words : `${words} · loading the picture`;
    const canvas = this.tip.querySelector("canvas");
    canvas.hidden = !this.sheet;
    if (!this.sheet) return;
    Object.assign(canvas, { width: tileWidth, height: tileHeight });
    const left = (this.met % columns) * tileWidth, top = Math.floor(this.met / columns) * tileHeight;
    canvas.getContext("2d").drawImage(this.sheet, left, top, tileWidth, tileHeight, 0, 0, tileWidth, tileHeight);
  }

  choose(row) {
    this.chosen = row;
    this.meet(row); // fingers do not hover
    this.rings();
    this.report("chosen", row);
  }

  // ---- moving about

  whole() {
    this.view.whole();
    this.looked();
  }

  zoom(factor, place) {
    this.view.zoom(factor, place);
    this.looked();
  }

  looked() {
    // A finger moves the map once it is zoomed, and draws in walk and lasso mode.
    this.canvas.style.touchAction = this.view.zoomed || this.journey.mode === "walk" || this.lasso.on ? "none" : "";
    this.meet(null);
    this.draw();
  }

  save() {
    const { width, height } = this.view.size, { classes, colours, axes } = this.data;
    const style = getComputedStyle(this.canvas);
    const paint = (context) => {
      context.fillStyle = style.backgroundColor;
      context.fillRect(0, 0, width, height);
      context.save();
      context.beginPath();
      context.rect(0, 0, width, height);
      context.clip();
      this.paint(context);
      this.marks(context);
      context.restore();
      axisNames(context, axes, [width, height], this.canvas);
    };
    const shown = classes.map((name, k) => ({ name, colour: colours[k], kind: "points" }));
    const legend = shown.filter((_, k) => !this.legend.hidden.has(k));
    return saveSlide(this.data.save, { size: [width, height], paint, legend }, this.canvas);
  }

  // ---- the hand and the keyboard

  pointer() {
    const { canvas } = this;
    const at = (event) => boxOf(canvas).at(event);
    const near = (event) => {
      const [x, y] = at(event), reach = REACH[event.pointerType] ?? REACH.mouse;
      return best(this.rows, (row) => {
        const [px, py] = this.place(row), distance = Math.hypot(px - x, py - y);
        return distance <= reach ? distance : Infinity;
      });
    };
    const { journey, lasso } = this, end = (event) => (journey.hasOwnAt(at(event)) ? OWN : near(event));
    dragging(canvas, {
      grab: (event) => {
        this.hand = [lasso, journey].find((hand) => hand.grab(at(event), end(event)));
        if (!this.hand) return false;
        event.stopImmediatePropagation(); // the map does not move
        this.meet(null);
        return true;
      },
      drag: (event) => this.hand.drag(at(event), end(event), event.timeStamp),
      drop: (event) => this.hand.drop(end(event)),
    });
    const { down } = fingers(canvas, at, {
      begin: () => ({ ...this.view }),
      move: (from, to, factor, start) => {
        this.view.carry(from, to, factor, start);
        this.looked();
      },
      press: (event) => {
        const row = near(event);
        if (row !== null && journey.mode !== "walk") this.choose(row);
      },
    });
    canvas.addEventListener("pointermove", (event) => down() || journey.held || lasso.path || event.pointerType === "touch" || this.meet(near(event)));
    canvas.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.meet(null));
    // The wheel scrolls the page until the map has been clicked, so that it does not trap anybody.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !canvas.matches(":focus")) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), at(event));
    }, { passive: false });
  }

  key(event) {
    if (isShortcut(event)) return;
    if (event.key === "Enter" && this.met !== null) return this.take(this.met);
    if (event.key === "Escape") return this.meet(null);
    if (event.key === "+" || event.key === "-") return this.zoom(event.key === "+" ? 1.5 : 1 / 1.5);
    if (event.key === "0") return this.whole();
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const shown = (row) => row !== null && !this.legend.hidden.has(this.data.labels[row]);
    const start = [this.met, this.chosen].find(shown) ?? this.rows[0];
    if (start === undefined) return;
    const next = this.next(start, direction) ?? start;
    this.follow(next);
    this.meet(next);
    this.message.textContent = this.tip.querySelector("span").textContent;
  }

  // By keyboard: chooses a point, adds it to a group, or makes it the next end of the line.
  take(row) {
    if (this.lasso.on) return this.lasso.toggle(row);
    if (this.journey.mode !== "walk") return this.choose(row);
    this.journey.setNext(row);
    this.journey.tell();
  }

  // The nearest row roughly in a direction, with sideways distances counted twice.
  next(start, [ux, uy]) {
    const [x, y] = this.place(start);
    return best(this.rows, (row) => {
      const [px, py] = this.place(row), [dx, dy] = [px - x, py - y];
      const ahead = dx * ux + dy * uy, aside = Math.abs(dx * uy - dy * ux);
      return ahead > 0.5 ? ahead + 2 * aside : Infinity;
    });
  }

  // Moves the map if a point lies outside the visible part.
  follow(row) {
    const place = this.place(row), { width, height } = this.view.size;
    if (this.view.inside(place)) return;
    this.view.carry(place, [width / 2, height / 2], 1);
    this.looked();
  }
}

// The names of both axes: right on the lower edge, and upwards on the left one.
function axisNames(context, [across, upwards], [width, height], canvas) {
  const ink = getComputedStyle(canvas).getPropertyValue("--st-text-color") || "#888";
  Object.assign(context, { font: letters(canvas, 12), fillStyle: ink });
  context.save();
  context.textAlign = "right";
  context.fillText(across, width - 10, height - 8);
  context.translate(16, 10);
  context.rotate(-Math.PI / 2);
  context.fillText(upwards, 0, 0);
  context.restore();
}

export default mount(Scatter);
