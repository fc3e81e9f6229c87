// z = μ + σε: draws from N(0, 1) carried to N(μ, σ²), and what each of them says of a gradient in two ways. The draws came
// with the data; the estimates are those of metrics/gradients.py. Panels come from curves.js, sliders from handles.js.

import { across, back, HEAD, LEFT, make, marker, PANEL, panel, RIGHT, save, words } from "../lib/curves.js";
import { clamp, fixed, roundUp } from "../lib/numbers.js";
import { area, draggable, sliders } from "../lib/handles.js";
import { normal } from "../lib/linear_gaussian.js";

const AXIS = [-8, 8], POINTS = 241, LINES = 24; // draws that are shown as points
const BINS = 40, NARROWEST = 0.5; // of the histograms; the σ whose bell just fits
const STRIP = 58; // height under the picture for the two derivatives
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let shown = instances.get(parentElement);
  if (!shown) instances.set(parentElement, (shown = new Reparameterise(parentElement)));
  shown.report = (numbers) => setTriggerValue("moved", numbers);
  shown.receive(data);
  return () => {
    shown.watcher.disconnect();
    instances.delete(parentElement);
  };
}

// ---- the mathematics

// f, f' and the exact (∂/∂μ, ∂/∂σ) of E f(z).
function chosen({ kind, coefficients: [one, two, three] }) {
  if (kind === "sine") {
    const left = (sigma) => Math.exp(-((one * sigma) ** 2) / 2);
    return {
      value: (z) => Math.sin(one * z),
      slope: (z) => one * Math.cos(one * z),
      gradient: (mu, sigma) => [one * left(sigma) * Math.cos(one * mu), -one * one * sigma * left(sigma) * Math.sin(one * mu)],
    };
  }
  return { value: (z) => one + two * z + three * z * z, slope: (z) => two + 2 * three * z, gradient: (mu, sigma) => [two + 2 * three * mu, 2 * three * sigma] };
}

function summary(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, spread: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

// ---- the picture

class Reparameterise {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.handlesBox, this.rows] = [".curves", ".panels", ".handles", "tbody"].map(find);
    this.stage = make("svg", { class: "stage", role: "img" });
    this.drags();
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  // numbers: μ, σ and the picked ε.
  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before || before.identity !== data.identity) {
      this.numbers = [...data.numbers];
      this.show = sliders(this.handlesBox, data.ranges, (k, value) => this.move(k, value), () => this.report(this.numbers));
      const rows = [["exact gradient"], ["reparameterised: mean", 0], ["spread", 0], ["score function: mean", 1], ["spread", 1], ["score function: draws for the same precision"]];
      this.cells = rows.map(([name, which]) => {
        const row = document.createElement("tr"), [head, ...cells] = Array.from({ length: 3 }, () => row.insertCell());
        const sign = document.createElement("i");
        if (which !== undefined) head.append(Object.assign(sign, { style: `color: ${data.colours[which]}` }));
        head.append(name);
        return { row, cells };
      });
      this.rows.replaceChildren(...this.cells.map(({ row }) => row));
    }
    this.draw();
  }

  move(k, value) {
    const { min, max } = this.data.ranges[k];
    this.numbers[k] = Number(clamp(value, min, max).toFixed(2));
    this.draw();
  }

  drags() {
    let held = null, grip = 0;
    draggable(this.stage, {
      grab: (x, y) => {
        const [mu, , epsilon] = this.numbers;
        held = Math.hypot(x - this.across(epsilon), y - this.upper) < Math.hypot(x - this.across(mu), y - this.apex()) ? 2 : 0;
        grip = y - this.apex();
      },
      drag: (x, y) => {
        this.move(held, back(AXIS, this.width)(x));
        if (held) return;
        const height = (y - grip - this.lower) / this.unit;
        this.move(1, height > 0 ? 1 / (height * Math.sqrt(2 * Math.PI)) : this.data.ranges[1].max);
      },
      drop: () => this.report(this.numbers),
    });
  }

  // Bells of z hang down from their axis.
  apex() {
    return this.lower + Math.min(normal(0, 0, this.numbers[1]), normal(0, 0, NARROWEST)) * this.unit;
  }

  draw() {
    const outer = Math.max(280, this.box.clientWidth), columns = outer >= 760 ? 2 : 1;
    this.width = (outer - (columns - 1) * 8) / columns;
    this.box.style.setProperty("--columns", columns);
    this.box.style.setProperty("--sliders", outer >= 560 ? 3 : 1);
    this.box.classList.toggle("wide", columns > 1);
    this.height = columns > 1 ? 2 * PANEL + 8 : 360;
    this.across = across(AXIS, this.width);
    this.drawStage();

    const [mu, sigma] = this.numbers, { noise, colours } = this.data, f = chosen(this.data.f), exact = f.gradient(mu, sigma);
    const slopes = noise.map((e) => f.slope(mu + sigma * e)), values = noise.map((e) => f.value(mu + sigma * e) / sigma);
    const estimates = [
      [slopes, values.map((value, k) => value * noise[k])],
      [slopes.map((slope, k) => slope * noise[k]), values.map((value, k) => value * (noise[k] ** 2 - 1))],
    ];
    const told = estimates.map((both) => both.map(summary));
    const drawn = estimates.map((both, k) => this.histograms(["∂/∂μ", "∂/∂σ"][k], both, exact[k], told[k], colours));
    if (this.panelsBox.firstChild !== this.stage) this.panelsBox.replaceChildren(this.stage, ...drawn);
    else drawn.forEach((svg, k) => this.panelsBox.children[k + 1].replaceWith(svg));

    const shown = (value) => fixed(value, Math.abs(value) < 1000 ? 3 : 0);
    [0, 1].forEach((k) => {
      const [own, score] = told[k], ratio = (score.spread / own.spread) ** 2;
      const texts = [shown(exact[k]), shown(own.mean), `± ${shown(own.spread)}`, shown(score.mean), `± ${shown(score.spread)}`, ratio < Infinity ? `× ${Number(ratio.toPrecision(2)).toLocaleString("en")}` : ""];
      texts.forEach((text, row) => (this.cells[row].cells[k].textContent = text));
    });
    this.show.forEach((show, k) => show(this.numbers[k], `${this.data.ranges[k].label} ${fixed(this.numbers[k], 2)}`));
  }

  drawStage() {
    const [mu, sigma, epsilon] = this.numbers, { noise, colours } = this.data, z = mu + sigma * epsilon;
    const room = this.height - HEAD - STRIP;
    [this.upper, this.lower] = [HEAD + 0.27 * room, HEAD + 0.62 * room];
    // The lower bell's scale is fixed, so that a height is a width; both have the same.
    this.unit = (0.36 * room) / normal(0, 0, NARROWEST);
    const parts = [words(LEFT, 18, "Take q by its tip, and the large ε", { "font-size": 13, "font-weight": 600 })];
    const [first, last] = AXIS, x = Array.from({ length: POINTS }, (_, k) => first + (k * (last - first)) / (POINTS - 1)), places = x.map(this.across);
    parts.push(area(places, x.map((at) => this.upper - this.unit * normal(at, 0, 1)), this.upper, colours[2]));
    parts.push(area(places, x.map((at) => this.lower + Math.min(this.unit * normal(at, mu, sigma), this.apex() - this.lower)), this.lower, colours[3]));
    for (const y of [this.upper, this.lower]) {
      parts.push(make("line", { x1: LEFT, x2: this.width - RIGHT, y1: y, y2: y, stroke: "currentColor", opacity: 0.45 }));
    }
    parts.push(words(LEFT, this.upper - 8, "ε ~ N(0, 1)", { fill: colours[2], "font-weight": 700 }), words(LEFT, this.lower + 18, "z = μ + σε", { fill: colours[3], "font-weight": 700 }));
    for (const e of noise.slice(0, LINES)) {
      const [from, to] = [this.across(e), this.across(mu + sigma * e)];
      parts.push(make("line", { x1: from, x2: to, y1: this.upper, y2: this.lower, stroke: "currentColor", opacity: 0.3 }));
      parts.push(make("circle", { cx: from, cy: this.upper, r: 3, fill: colours[2] }), make("circle", { cx: to, cy: this.lower, r: 3, fill: colours[3] }));
    }
    const [from, to] = [this.across(epsilon), this.across(z)], bottom = this.height - STRIP + 8;
    parts.push(make("line", { x1: from, x2: to, y1: this.upper, y2: this.lower, stroke: "currentColor", "stroke-width": 2.5 }));
    parts.push(make("line", { x1: to, x2: to, y1: this.lower, y2: this.height - 14, stroke: "currentColor", "stroke-dasharray": "2 4", opacity: 0.7 }));
    parts.push(make("circle", { cx: to, cy: this.lower, r: 6, fill: colours[3] }), make("circle", { cx: from, cy: this.upper, r: 8, fill: colours[2], class: "handle" }));
    parts.push(make("circle", { cx: this.across(mu), cy: this.apex(), r: 8, fill: colours[3], class: "handle" }));
    const label = (x, y, text, left) => parts.push(words(x + (left ? -12 : 12), y, text, { "text-anchor": left ? "end" : "start", "font-weight": 700, class: "halo" }));
    const left = to > 0.6 * this.width;
    label(from, this.upper - 10, `ε = ${fixed(epsilon, 2)}`, epsilon < 0);
    label(to, this.lower + 18, `z = ${fixed(z, 2)}`, left);
    // How z moves when μ or σ grows by one.
    [["∂z/∂μ = 1", 1], [`∂z/∂σ = ε = ${fixed(epsilon, 2)}`, epsilon]].forEach(([name, by], k) => {
      const y = bottom + 6 + 26 * k, end = this.across(clamp(z + by, ...AXIS)), way = Math.sign(by);
      if (Math.abs(end - to) > 6) parts.push(make("path", { d: `M${to} ${y}L${end} ${y}m${-6 * way} -5l${6 * way} 5l${-6 * way} 5`, fill: "none", stroke: colours[4], "stroke-width": 2.5 }));
      const edge = left ? Math.min(to, end) - 10 : Math.max(to, end) + 10;
      parts.push(words(edge, y + 5, name, { "text-anchor": left ? "end" : "start", "font-size": 13, "font-weight": 600 }));
    });
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.stage.setAttribute("aria-label", "Draws of N(0, 1) carried to N(μ, σ²)");
    this.stage.replaceChildren(...parts);
  }

  // Shares of the draws over what one draw says; the line is the exact gradient.
  histograms(name, both, exact, told, colours) {
    const half = roundUp(Math.max(1e-6, 2.5 * Math.max(...told.map(({ spread }) => spread))), [1, 2, 5]), low = exact - half, step = (2 * half) / BINS;
    const shares = both.map((values) => {
      const counts = new Array(BINS).fill(0);
      for (const value of values) {
        const bin = Math.floor((value - low) / step);
        if (bin >= 0 && bin < BINS) counts[bin] += 100 / values.length;
      }
      return counts;
    });
    const axis = [low, low + 2 * half], edges = Array.from({ length: BINS + 1 }, (_, k) => low + k * step);
    const stairs = (counts) => ({ x: edges.flatMap((edge) => [edge, edge]), y: [0, ...counts.flatMap((count) => [count, count]), 0] });
    const range = [0, 1.08 * Math.max(...shares.flat(), 1)];
    const series = shares.map((counts, k) => ({ name: String(k), kind: "line", colour: colours[k], ...stairs(counts) }));
    const svg = panel({ title: `${name} told by one draw, % of draws`, axis, range, series }, axis, this.width, new Set());
    marker(svg, across(axis, this.width))(exact);
    return svg;
  }
}
