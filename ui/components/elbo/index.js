// A posterior and the q that is to become it. The hand takes q by its top: sideways is μ, up is narrower; the sums of the
// ELBO follow. Panels come from curves.js, sliders and dragging from handles.js, formulas from linear_gaussian.js.

import {
  across, back, FOOT, HEAD, LEFT, legend, make, marker, PANEL, panel, save, upwards, words,
} from "../lib/curves.js";
import { ticks } from "../lib/axes.js";
import { clamp, fixed, number, roundUp } from "../lib/numbers.js";
import { area, draggable, sliders } from "../lib/handles.js";
import { kl, LinearGaussian, normal } from "../lib/linear_gaussian.js";

const AXIS = [-7, 7], POINTS = 281, WIDTHS = [0, 3];
const ROW = 30, LABEL = 118, FIGURE = 62; // of the sums: height of a row, width of its name and of its number
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let elbo = instances.get(parentElement);
  if (!elbo) instances.set(parentElement, (elbo = new Elbo(parentElement)));
  elbo.report = (numbers) => setTriggerValue("moved", numbers);
  elbo.receive(data);
  return () => {
    elbo.watcher.disconnect();
    elbo.stop();
    instances.delete(parentElement);
  };
}

class Elbo {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.handlesBox, this.legend, this.output] = [".curves", ".panels", ".handles", ".legend", "output"].map(find);
    this.hidden = new Set();
    this.stage = make("svg", { class: "stage", role: "img" });
    this.drags();
    find(".climb").addEventListener("click", () => this.climb());
    find(".posterior").addEventListener("click", () => this.arrive());
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  // numbers: μ, σ of q, then x, s, a, b of the model.
  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before || before.identity !== data.identity) {
      this.numbers = [...data.numbers];
      this.show = sliders(this.handlesBox, data.ranges, (k, value) => this.move(k, value), () => this.tell());
    }
    this.draw();
  }

  move(k, value) {
    this.stop();
    const { min, max } = this.data.ranges[k];
    this.numbers[k] = Number(clamp(value, min, max).toFixed(2));
    this.draw();
  }

  tell() {
    this.report(this.numbers);
  }

  drags() {
    let grip = 0;
    draggable(this.stage, {
      grab: (x, y) => (grip = y - this.top()),
      drag: (x, y) => {
        const height = ((this.ground - (y - grip)) / (this.ground - HEAD)) * this.highest, { max } = this.data.ranges[1];
        this.move(0, back(AXIS, this.width)(x));
        this.move(1, height > 0 ? 1 / (height * Math.sqrt(2 * Math.PI)) : max);
      },
      drop: () => this.tell(),
    });
  }

  // ---- q goes there by itself

  stop() {
    cancelAnimationFrame(this.climbing);
  }

  // Gradient ascent in μ and log σ: ∂ELBO/∂μ = (μ* − μ) / σ*² and ∂ELBO/∂log σ = 1 − σ² / σ*², with steps that suit
  // each; μ* and σ* are the posterior's.
  climb() {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.arrive();
    const step = () => {
      const [goal, wide] = this.model().best(1), [m, s] = this.numbers;
      if (Math.abs(goal - m) < 1e-3 && Math.abs(s / wide - 1) < 1e-3) return this.arrive();
      this.numbers[0] = m + 0.08 * (goal - m);
      this.numbers[1] = s * Math.exp(clamp(0.08 * (1 - (s / wide) ** 2), -0.1, 0.1));
      this.draw();
      this.climbing = requestAnimationFrame(step);
    };
    step();
  }

  arrive() {
    this.stop();
    this.numbers.splice(0, 2, ...this.model().best(1));
    this.draw();
    this.tell();
  }

  // ---- drawing

  model() {
    return new LinearGaussian(...this.numbers.slice(2));
  }

  top() {
    return Math.max(HEAD - 4, this.ground - (normal(0, 0, this.numbers[1]) / this.highest) * (this.ground - HEAD));
  }

  draw() {
    const outer = Math.max(280, this.box.clientWidth), columns = outer >= 760 ? 2 : 1;
    this.width = (outer - (columns - 1) * 8) / columns;
    this.box.style.setProperty("--columns", columns);
    this.across = across(AXIS, this.width);
    const model = this.model(), q = this.numbers.slice(0, 2), truth = model.logPx(), { colours } = this.data;
    this.drawStage(model, q);
    const depth = roundUp(Math.max(4, 1.3 * kl(q, model.best(1)))), range = [truth - depth, truth + 0.15 * depth];
    const over = ([first, last], put) => {
      const x = Array.from({ length: POINTS }, (_, k) => first + ((k + 0.5) * (last - first)) / POINTS);
      const flat = { name: "log p(x)", kind: "line", colour: colours.truth, x: [first, last], y: [truth, truth], dash: true };
      return [flat, { name: "ELBO", kind: "line", colour: colours.q, x, y: x.map((at) => model.elbo(put(at))) }];
    };
    const panels = [
      { title: "ELBO over μ, σ as it is", axis: AXIS, range, series: over(AXIS, (at) => [at, q[1]]) },
      { title: "ELBO over σ, μ as it is", axis: WIDTHS, range, series: over(WIDTHS, (at) => [q[0], at]) },
    ];
    const drawn = panels.map((told, k) => {
      const svg = panel(told, told.axis, this.width, this.hidden), x = across(told.axis, this.width);
      marker(svg, x)(q[k]);
      svg.append(make("circle", { cx: x(q[k]), cy: upwards(told)(model.elbo(q)), r: 5, fill: colours.q }));
      return svg;
    });
    const pictures = [this.sums(model, q), ...drawn];
    if (this.panelsBox.firstChild !== this.stage) this.panelsBox.replaceChildren(this.stage, ...pictures);
    else pictures.forEach((svg, k) => this.panelsBox.children[k + 1].replaceWith(svg));
    const curves = ["prior", "posterior", "likelihood"].map((name) => ({ name: this.data.names[name], kind: "line", colour: colours[name], dash: name === "likelihood" }));
    legend(this.legend, [{ series: curves }], this.hidden, () => this.draw());
    this.output.textContent = `ELBO + KL(q ‖ p(z|x)) = ${fixed(model.elbo(q) + kl(q, model.best(1)), 6)} · log p(x) = ${fixed(truth, 6)}`;
    this.show.forEach((show, k) => show(this.numbers[k], `${this.data.ranges[k].label} ${fixed(this.numbers[k], 2)}`));
  }

  drawStage(model, q) {
    const { colours, names } = this.data, posterior = model.best(1);
    this.ground = PANEL - FOOT;
    // The scale stays while the hand moves q: a height is a width.
    this.highest = 1.3 * Math.max(normal(0, 0, 1), normal(0, 0, posterior[1]));
    const y = (value) => this.ground - Math.min(1.02, value / this.highest) * (this.ground - HEAD);
    const [first, last] = AXIS, x = Array.from({ length: POINTS }, (_, k) => first + (k * (last - first)) / (POINTS - 1)), places = x.map(this.across);
    const shown = (name) => !this.hidden.has(names[name]), parts = [];
    parts.push(words(LEFT, 18, "Take q by its top", { "font-size": 13, "font-weight": 600 }));
    for (const tick of ticks(...AXIS)) parts.push(words(this.across(tick), PANEL - 7, number(tick), { "font-size": 12, "text-anchor": "middle" }));
    const bell = ([mean, width], colour) => area(places, x.map((at) => y(normal(at, mean, width))), this.ground, colour);
    if (shown("prior")) parts.push(bell([0, 1], colours.prior));
    if (shown("posterior")) parts.push(bell(posterior, colours.posterior));
    if (shown("likelihood")) {
      // As a function of z it is no density: drawn as high as the posterior.
      const { a, b, s } = model, high = normal(0, 0, posterior[1]);
      const path = x.map((at, k) => `${places[k].toFixed(1)} ${y(high * Math.exp(-(((model.x - b - a * at) / s) ** 2) / 2)).toFixed(1)}`);
      parts.push(make("path", { d: `M${path.join("L")}`, fill: "none", stroke: colours.likelihood, "stroke-width": 2, "stroke-dasharray": "6 4" }));
    }
    parts.push(bell(q, colours.q));
    const at = this.across(q[0]);
    parts.push(make("circle", { cx: at, cy: this.top(), r: 8, fill: colours.q, class: "handle" }));
    parts.push(words(at + 13, this.top() + 4, "q(z|x)", { fill: colours.q, "font-weight": 700, class: "halo" }));
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${PANEL}`);
    this.stage.setAttribute("aria-label", "Densities of z: prior, posterior and q");
    this.stage.replaceChildren(...parts);
  }

  // Bars that begin where the one above ends, from 0 to log p(x); the last comes from the marginal alone.
  sums(model, q) {
    const { colours } = this.data, found = model.reconstruction(q), cost = kl(q), gap = kl(q, model.best(1)), truth = model.logPx();
    const rows = [
      ["E log p(x|z)", 0, found, colours.reconstruction],
      ["− KL(q ‖ p(z))", found, found - cost, colours.prior],
      ["= ELBO", 0, found - cost, colours.q],
      ["+ KL(q ‖ p(z|x))", found - cost, found - cost + gap, colours.posterior],
      ["log p(x)", 0, truth, colours.truth],
    ];
    const ends = rows.flatMap(([, from, to]) => [from, to]), most = Math.max(...ends, 0), least = -roundUp(Math.max(3, -Math.min(...ends)));
    const from = 10 + LABEL, to = this.width - FIGURE - 8, x = (value) => from + ((value - least) / (Math.max(most, 0.05 * -least) - least)) * (to - from);
    const svg = make("svg", { viewBox: `0 0 ${this.width} ${PANEL}`, role: "img", "aria-label": "The sums, in nats" });
    svg.append(words(10, 18, "Both sides, in nats", { "font-size": 13, "font-weight": 600 }));
    svg.append(make("line", { x1: x(0), x2: x(0), y1: HEAD, y2: HEAD + 5 * ROW, stroke: "currentColor", opacity: 0.45 }));
    rows.forEach(([name, start, end, colour], k) => {
      const y = HEAD + k * ROW, left = Math.min(x(start), x(end)), amount = k % 2 ? end - start : end;
      svg.append(words(10, y + 20, name, { "font-size": 13, "font-weight": k % 2 || !k ? 400 : 700 }));
      svg.append(make("rect", { x: left, y: y + 5, width: Math.max(1.5, Math.abs(x(end) - x(start))), height: ROW - 10, fill: colour, rx: 2 }));
      svg.append(words(this.width - 8, y + 20, fixed(amount, 4), { "font-size": 13, "text-anchor": "end", "font-weight": 600 }));
    });
    svg.append(make("line", { x1: x(truth), x2: x(truth), y1: HEAD, y2: HEAD + 5 * ROW, stroke: colours.truth, "stroke-width": 2, "stroke-dasharray": "5 4" }));
    svg.append(words(x(0), PANEL - 9, "0", { "font-size": 12, "text-anchor": "middle" }), words(from, PANEL - 9, number(least), { "font-size": 12, "text-anchor": "middle" }));
    return svg;
  }
}
