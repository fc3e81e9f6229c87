// The code as bars: the mean of every dimension, ± σ, and the sampled z. A dragged bar keeps its value, whatever the
// encoder gives, until it is reset.

import { boxOf, fit } from "../lib/canvas.js";
import { dragging } from "../lib/dragging.js";
import { clamp, fixed, number } from "../lib/numbers.js";
import { isShortcut } from "../lib/shortcut.js";
import { TypedNumber } from "../lib/typed_number.js";

const REACH = 4; // the bars go from −4 to 4
const FURTHEST = 10; // the limit for keys and typed numbers
const STEP = 0.1;
const BLUE = "#0072b2", YELLOW = "#e69f00", ORANGE = "#d55e00"; // of the encoder, of z, and of moved bars (HUES in ui/charts.py)
const LEFT = 20, FOOT = 15; // CSS pixels for the axis labels, and for the names of the dimensions
const MARKS = [-2, 0, 2], APART = 18; // minimum CSS pixels between two names

// Geometry for a canvas of that size: y of a value and its inverse, a bar's width with its gap, and its left end.
function placed(width, height, count) {
  const middle = (height - FOOT) / 2, unit = (middle - 4) / REACH, cell = (width - LEFT) / count;
  const y = (value) => middle - clamp(value, -REACH, REACH) * unit;
  return { y, value: (at) => (middle - at) / unit, cell, left: (place) => LEFT + place * cell };
}

export class Bars {
  // moved(time): a bar was moved or reset; released(): it was released; wrong(sentence): the typed text is not a number.
  constructor(root, { moved, released, wrong }) {
    const find = (selector) => root.querySelector(selector);
    Object.assign(this, { moved, released, wrong, means: new Map(), at: null, order: [], mean: null });
    this.canvas = find(".bars");
    Object.entries({ min: -FURTHEST, max: FURTHEST }).forEach(([end, value]) => this.canvas.setAttribute(`aria-value${end}`, value));
    this.field = find(".mean");
    this.name = find(".dimension");
    this.others = find(".others");
    this.button = find(".reset");
    this.typed = new TypedNumber(this.field, {
      name: () => `The mean of z${this.at}`,
      bounds: () => [-FURTHEST, FURTHEST],
      taken: (value, time) => {
        this.set(value, time);
        this.released();
      },
      refused: wrong,
    });
    this.listen();
  }

  // Start with a network with these dimensions, the strongest first.
  begin(order, means = []) {
    Object.assign(this, { order, at: order[0], means: new Map(means), mean: null });
    this.typed.leave();
    this.canvas.setAttribute("aria-label", `${order.length} dimensions of the code: ← and → choose one, ↑ and ↓ move its mean, Delete resets it`);
  }

  // The encoder's means, with the moved ones replaced.
  changed(mean) {
    const changed = Float64Array.from(mean);
    for (const [d, value] of this.means) changed[d] = value;
    return changed;
  }

  show(mean, logVar, z) {
    Object.assign(this, { mean, logVar, z });
    this.draw();
  }

  draw() {
    this.button.hidden = !this.means.size;
    this.surface ??= fit(this.canvas); // measured once per size: measuring forces a layout
    const { context, width, height } = this.surface, style = getComputedStyle(this.canvas);
    const text = style.color;
    const { y, cell, left } = placed(width, height, this.order.length);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 0.09;
    context.fillStyle = text;
    context.fillRect(LEFT, y(1), width - LEFT, y(-1) - y(1)); // the prior's ± σ
    context.globalAlpha = 0.5;
    context.fillRect(LEFT, y(0) - 0.5, width - LEFT, 1);
    context.globalAlpha = 0.75;
    this.write(context, style, { y, cell, left, height });
    context.globalAlpha = 1;
    if (!this.mean) return;
    const wide = Math.max(1, Math.min(14, 0.62 * cell)), thin = Math.max(1, Math.min(1.5, wide / 2));
    this.order.forEach((d, place) => {
      const x = left(place) + cell / 2, mean = this.mean[d], sd = Math.exp(this.logVar[d] / 2);
      if (d === this.at) {
        context.globalAlpha = 0.14;
        context.fillStyle = text;
        context.fillRect(left(place), 0, cell, height - FOOT);
        context.globalAlpha = 1;
      }
      context.fillStyle = this.means.has(d) ? ORANGE : BLUE;
      context.fillRect(x - wide / 2, Math.min(y(0), y(mean)), wide, Math.max(1, Math.abs(y(mean) - y(0))));
      context.fillStyle = text;
      context.fillRect(x - thin / 2, y(mean + sd), thin, Math.max(1, y(mean - sd) - y(mean + sd)));
      context.fillStyle = YELLOW;
      context.beginPath();
      const radius = clamp(0.2 * cell, 1.2, 3.5);
      context.arc(x, y(this.z[d]), radius, 0, 7);
      context.fill();
      Object.assign(context, { strokeStyle: text, lineWidth: radius / 3.5 }); // yellow alone has too little contrast
      context.stroke();
    });
    this.describe();
  }

  // Axis labels at the left; under the bars the numbers of as many dimensions as fit.
  write(context, style, { y, cell, left, height }) {
    const size = Math.max(11, parseFloat(style.getPropertyValue("--least")) || 0), every = Math.ceil(APART / cell);
    Object.assign(context, { font: `${size}px ${style.fontFamily}`, textBaseline: "middle", textAlign: "right" });
    for (const value of MARKS) context.fillText(number(value), LEFT - 4, y(value));
    context.textAlign = "center";
    this.order.forEach((d, place) => {
      if (place % every === 0) context.fillText(String(d), left(place) + cell / 2, height - FOOT / 2);
    });
  }

  describe() {
    const { at, mean, logVar, z } = this;
    this.name.textContent = `z${at}`;
    this.others.textContent = `σ ${fixed(Math.exp(logVar[at] / 2), 2)} · z ${fixed(z[at], 2)}`;
    this.typed.show(mean[at].toFixed(2));
    this.canvas.setAttribute("aria-valuenow", mean[at].toFixed(2));
    this.canvas.setAttribute("aria-valuetext", `z${at}: mean ${fixed(mean[at], 2)}, ${this.others.textContent}`);
    this.field.setAttribute("aria-label", `Mean of z${at}`);
  }

  choose(d) {
    if (d !== this.at) this.typed.leave();
    this.at = d;
  }

  set(value, time) {
    this.typed.leave();
    this.wrong("");
    this.means.set(this.at, value);
    this.moved(time);
  }

  reset(time) {
    this.means.clear();
    this.typed.leave();
    this.wrong("");
    this.moved(time);
    this.released();
  }

  listen() {
    const { canvas, field } = this;
    const under = (event) => {
      const { width, height, at } = boxOf(canvas), [x, y] = at(event), count = this.order.length;
      const { cell, value: valueAt } = placed(width, height, count);
      const place = clamp(Math.floor((x - LEFT) / cell), 0, count - 1), value = valueAt(y);
      return [this.order[place], Math.round(clamp(value, -REACH, REACH) * 100) / 100];
    };
    dragging(canvas, {
      grab: (event) => {
        if (!this.mean) return false;
        const [d, value] = under(event);
        this.choose(d);
        this.set(value, event.timeStamp);
      },
      drag: (event) => this.set(under(event)[1], event.timeStamp), // the bar that was taken, wherever the hand goes
      drop: () => this.released(),
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.classList.contains("held") || !this.mean || event.pointerType !== "mouse" || field.matches(":focus")) return;
      const [d] = under(event);
      if (d === this.at) return;
      this.choose(d);
      this.draw();
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    this.button.addEventListener("click", (event) => this.reset(event.timeStamp));
  }

  key(event) {
    if (!this.mean || isShortcut(event)) return;
    const place = this.order.indexOf(this.at), aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key], up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (aside) {
      this.choose(this.order[clamp(place + aside, 0, this.order.length - 1)]);
      this.draw();
    } else if (up) {
      this.set(Math.round(clamp(this.mean[this.at] + up * STEP, -FURTHEST, FURTHEST) * 100) / 100, event.timeStamp);
      this.released();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.means.delete(this.at);
      this.moved(event.timeStamp);
      this.released();
    } else return;
    event.preventDefault();
  }
}
