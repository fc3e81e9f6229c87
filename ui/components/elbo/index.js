// A posterior and a q to be fitted to it. The user drags q by its peak: sideways changes μ, up makes it narrower; the
// sums of the ELBO follow.

import { linspace } from "../lib/axes.js";
import {
  HEAD, PANEL, across, back, curve, heading, inked, legend, marker, numbersAcross, panel, upwards, words,
} from "../lib/curves.js";
import { Figure, GROUND, heightOf, peak, widthOf } from "../lib/figure.js";
import { area, draggable, handle, sliders } from "../lib/handles.js";
import { LinearGaussian, kl, normal } from "../lib/linear_gaussian.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number, roundUp } from "../lib/numbers.js";
import { make } from "../lib/svg.js";

const AXIS = [-7, 7], Z = linspace(...AXIS, 281), WIDTHS = [0, 3];
const ROW = 30, LABEL = 118, AMOUNT = 62; // of the sums: height of a row, width of its name and of its number

class Elbo extends Figure {
  constructor(root) {
    super(root);
    this.find(".climb").addEventListener("click", () => this.climb());
    this.find(".posterior").addEventListener("click", () => this.arrive());
    let grip = 0;
    draggable(this.stage, {
      grab: (_, y) => {
        this.stop();
        grip = y - this.top();
      },
      drag: (x, y) => {
        this.set(0, back(AXIS, this.width)(x));
        this.set(1, widthOf(((GROUND - (y - grip)) / (GROUND - HEAD)) * this.highest));
        this.draw();
      },
      drop: () => this.end(),
    });
  }

  // numbers: μ, σ of q, then x, s, a, b of the model.
  begin({ ranges }) {
    const move = (k, value) => {
      this.stop();
      this.move(k, value);
    };
    this.show = sliders(this.find(".handles"), ranges, move, () => this.end());
  }

  get model() {
    return new LinearGaussian(...this.numbers.slice(2));
  }

  // ---- q moves to the posterior by itself

  stop() {
    cancelAnimationFrame(this.climbing);
  }

  // Gradient ascent in μ and log σ: ∂ELBO/∂μ = (μ* − μ) / σ*² and ∂ELBO/∂log σ = 1 − σ² / σ*², with a suitable step for
  // each; μ* and σ* are the posterior's.
  climb() {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.arrive();
    const step = () => {
      const [goal, wide] = this.model.best(1), [mean, width] = this.numbers;
      if (Math.abs(goal - mean) < 1e-3 && Math.abs(width / wide - 1) < 1e-3) return this.arrive();
      this.numbers[0] = mean + 0.08 * (goal - mean);
      this.numbers[1] = width * Math.exp(clamp(0.08 * (1 - (width / wide) ** 2), -0.1, 0.1));
      this.draw();
      this.climbing = requestAnimationFrame(step);
    };
    step();
  }

  arrive() {
    this.stop();
    this.numbers.splice(0, 2, ...this.model.best(1));
    this.draw();
    this.end();
  }

  // ---- drawing

  top() {
    return Math.max(HEAD - 4, GROUND - heightOf(peak(this.numbers[1]), this.highest));
  }

  draw() {
    this.layOut(760);
    const { model, data: { colours, names, ranges } } = this, q = this.numbers.slice(0, 2), panels = this.panels(model, q, model.logPx());
    this.drawDensities(model, q);
    this.put([this.sums(model, q), ...panels.map((given, k) => this.panel(given, model, q, k))]);
    const densities = ["prior", "posterior", "likelihood"].map((name) => ({
      name: names[name], kind: "line", colour: colours[name], dash: name === "likelihood",
    }));
    legend(this.find(".legend"), [{ series: densities }, panels[0]], this.hidden, () => this.draw());
    const [bound, gap] = [model.elbo(q), kl(q, model.best(1))].map((value) => fixed(value, 4));
    this.find("output").textContent = `ELBO ${bound} + gap ${gap} = log p(x) = ${fixed(model.logPx(), 4)} nats`;
    this.show.forEach((show, k) => show(this.numbers[k], `${ranges[k].label} ${fixed(this.numbers[k], 2)}`));
  }

  // The ELBO as a function of μ and of σ, with log p(x), its upper bound.
  panels(model, q, truth) {
    const { colours } = this.data, depth = roundUp(Math.max(4, 1.3 * kl(q, model.best(1))));
    const range = [truth - depth, truth + 0.15 * depth], cell = (axis) => (axis[1] - axis[0]) / Z.length / 2;
    const over = (axis, other) => {
      const x = linspace(axis[0] + cell(axis), axis[1] - cell(axis), Z.length); // not at σ = 0
      const flat = { name: "log p(x)", kind: "line", colour: colours.truth, x: axis, y: [truth, truth], dash: true };
      return [flat, { name: "ELBO", kind: "line", colour: colours.q, x, y: x.map((at) => model.elbo(other(at))) }];
    };
    return [
      { title: "ELBO over the mean μ of q, nats", quantity: "μ", axis: AXIS, range, series: over(AXIS, (at) => [at, q[1]]) },
      { title: "ELBO over the width σ of q, nats", quantity: "σ", axis: WIDTHS, range, series: over(WIDTHS, (at) => [q[0], at]) },
    ];
  }

  // One of them as a picture, with q's number k marked.
  panel(given, model, q, k) {
    const svg = panel(given, given.axis, this.width, this.hidden), x = across(given.axis, this.width);
    marker(svg, x)(q[k]);
    if (!this.hidden.has("ELBO")) svg.append(make("circle", { cx: x(q[k]), cy: upwards(given)(model.elbo(q)), r: 5, fill: this.data.colours.q }));
    return svg;
  }

  drawDensities(model, q) {
    const { colours, names } = this.data, posterior = model.best(1), x = across(AXIS, this.width), places = Z.map(x);
    // The scale is fixed while q is dragged, so that a height is a width.
    this.highest = 1.3 * Math.max(peak(1), peak(posterior[1]));
    const up = (density) => GROUND - Math.min(1.02 * (GROUND - HEAD), heightOf(density, this.highest));
    const density = ([mean, width], colour) => area(places, Z.map((z) => up(normal(z, mean, width))), GROUND, colour);
    const parts = [heading("Densities of z: drag q by its top"), ...numbersAcross(AXIS, this.width, { quantity: "z" })];
    if (!this.hidden.has(names.prior)) parts.push(density([0, 1], colours.prior));
    if (!this.hidden.has(names.posterior)) parts.push(density(posterior, colours.posterior));
    if (!this.hidden.has(names.likelihood)) {
      // As a function of z this is not a density: it is drawn as high as the posterior.
      const y = Z.map((z) => peak(posterior[1]) * Math.exp(-(((model.x - model.b - model.a * z) / model.s) ** 2) / 2));
      parts.push(...curve({ kind: "line", colour: colours.likelihood, x: Z, y, dash: true }, x, up));
    }
    const at = x(q[0]), top = this.top();
    parts.push(density(q, colours.q), handle(at, top, colours.q));
    parts.push(words(at + 13, top + 4, "q(z|x)", { fill: inked(colours.q), "font-weight": 700, class: "halo" }));
    this.drawStage("Densities of z: prior, posterior and q", parts);
  }

  // Waterfall bars from 0 to log p(x): each begins where the one above ends; the last comes from the marginal alone.
  sums(model, q) {
    const { colours } = this.data, gain = model.reconstruction(q), elbo = model.elbo(q), gap = kl(q, model.best(1)), truth = model.logPx();
    const rows = [
      ["E log p(x|z)", 0, gain, colours.reconstruction],
      ["− KL(q ‖ p(z))", gain, elbo, colours.prior],
      ["= ELBO", 0, elbo, colours.q],
      ["+ KL(q ‖ p(z|x))", elbo, elbo + gap, colours.posterior],
      ["log p(x)", 0, truth, colours.truth],
    ];
    const ends = rows.flatMap(([, from, to]) => [from, to]), least = -roundUp(Math.max(3, -Math.min(...ends)));
    const most = Math.max(...ends, 0, 0.05 * -least), from = 10 + LABEL, to = this.width - AMOUNT - 8;
    const x = (value) => from + ((value - least) / (most - least)) * (to - from);
    const upright = (value, attributes) => make("line", { x1: x(value), x2: x(value), y1: HEAD, y2: HEAD + 5 * ROW, ...attributes });
    const svg = make("svg", { viewBox: `0 0 ${this.width} ${PANEL}`, role: "img", "aria-label": "The terms of log p(x), in nats" });
    svg.append(heading("The terms of log p(x), in nats", 10), upright(0, { stroke: "currentColor", opacity: 0.45 }));
    rows.forEach(([name, start, end, colour], k) => {
      const y = HEAD + k * ROW, left = Math.min(x(start), x(end)), amount = k % 2 ? end - start : end;
      const width = Math.max(1.5, Math.abs(x(end) - x(start)));
      svg.append(words(10, y + 20, name, { "font-size": 13, "font-weight": k % 2 || !k ? 400 : 700 }));
      svg.append(make("rect", { x: left, y: y + 5, width, height: ROW - 10, fill: colour, rx: 2 }));
      svg.append(words(this.width - 8, y + 20, fixed(amount, 4), { "font-size": 13, "text-anchor": "end", "font-weight": 600 }));
    });
    svg.append(upright(truth, { stroke: colours.truth, "stroke-width": 2, "stroke-dasharray": "5 4" }));
    for (const [place, text] of [[x(0), "0"], [from, number(least)]])
      svg.append(words(place, PANEL - 9, text, { "font-size": 12, "text-anchor": "middle" }));
    return svg;
  }
}

export default mount(Elbo);
