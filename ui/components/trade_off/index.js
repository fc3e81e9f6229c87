// Reconstruction against KL: every β has its best q, a point on the curve, and is the curve's slope there. The hand takes
// the point, or the line of the set point C. Formulas come from linear_gaussian.js.

import {
  across, back, FOOT, HEAD, LEFT, make, marker, PANEL, panel, RIGHT, save, upwards, words,
} from "../lib/curves.js";
import { ticks } from "../lib/axes.js";
import { clamp, fixed, number, roundUp } from "../lib/numbers.js";
import { area, draggable, sliders } from "../lib/handles.js";
import { kl, LinearGaussian, normal } from "../lib/linear_gaussian.js";

const AXIS = [-7, 7], POINTS = 281, STEPS = 240;
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let shown = instances.get(parentElement);
  if (!shown) instances.set(parentElement, (shown = new TradeOff(parentElement)));
  shown.report = (numbers) => setTriggerValue("moved", numbers);
  shown.receive(data);
  return () => {
    shown.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class TradeOff {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.handlesBox, this.output] = [".curves", ".panels", ".handles", "output"].map(find);
    this.plane = make("svg", { class: "stage", role: "img" });
    this.drags();
    find(".meet").addEventListener("click", () => this.set(this.multiplier(this.limit)));
    find(".elbo").addEventListener("click", () => this.set(1));
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    this.model = new LinearGaussian(...data.model);
    if (!before || before.identity !== data.identity) {
      [this.beta, this.limit] = data.numbers;
      const { betas, limits, colours } = data;
      const rows = [
        { name: "β, logarithmic", min: Math.log10(betas[0]), max: Math.log10(betas[1]), colour: colours.q },
        { name: "set point C", min: limits[0], max: limits[1], colour: colours.limit },
      ];
      this.show = sliders(this.handlesBox, rows, (k, value) => (k ? this.aim(value) : this.turn(10 ** value)), () => this.tell());
    }
    this.draw();
  }

  turn(beta) {
    this.beta = Number(clamp(beta, ...this.data.betas).toPrecision(4));
    this.draw();
  }

  aim(limit) {
    this.limit = Number(clamp(limit, ...this.data.limits).toFixed(2));
    this.draw();
  }

  set(beta) {
    this.beta = clamp(beta, ...this.data.betas); // all digits: the point has to meet the line
    this.draw();
    this.tell();
  }

  tell() {
    this.report([this.beta, this.limit]);
  }

  multiplier(limit) {
    return this.model.multiplier(limit, ...this.data.betas);
  }

  drags() {
    let held = null;
    draggable(this.plane, {
      grab: (x, y) => {
        const { axis, range } = this.told, at = across(axis, this.width), q = this.model.best(this.beta);
        const point = Math.hypot(at(kl(q)) - x, upwards({ range })(this.model.reconstruction(q)) - y);
        held = Math.hypot(at(this.limit) - x, PANEL - FOOT - y) < point ? "limit" : "beta";
      },
      drag: (x) => {
        const at = Math.max(1e-6, back(this.told.axis, this.width)(x));
        if (held === "limit") this.aim(at);
        else this.turn(this.multiplier(at));
      },
      drop: () => this.tell(),
    });
  }

  // ---- drawing

  draw() {
    const outer = Math.max(280, this.box.clientWidth), columns = outer >= 1000 ? 3 : 1;
    this.width = (outer - (columns - 1) * 8) / columns;
    this.box.style.setProperty("--columns", columns);
    this.box.style.setProperty("--sliders", outer >= 560 ? 2 : 1);
    const { colours, betas, limits, rival } = this.data, q = this.model.best(this.beta), cost = kl(q);
    const ends = betas.map(Math.log10);
    const exponents = Array.from({ length: STEPS + 1 }, (_, k) => ends[0] + (k * (ends[1] - ends[0])) / STEPS);
    const each = exponents.map((exponent) => this.model.best(10 ** exponent));
    const most = Math.max(limits[1], roundUp(1.5 * kl(this.model.best(1)))), axis = [0, most];
    const costs = each.map((one) => kl(one)), gains = each.map((one) => this.model.reconstruction(one));
    const shown = gains.filter((_, k) => costs[k] <= most), high = Math.max(...shown), theirs = this.model.reconstruction(rival);
    let low = Math.min(...shown);
    if (theirs > low - (high - low)) low = Math.min(low, theirs); // room for the rival, unless it is far off
    const margin = 0.12 * (high - low);
    this.told = { title: "Reconstruction over KL(q ‖ p(z)), nats", axis, range: [low - margin, high + margin], series: [{ name: "best", kind: "line", colour: colours.q, x: costs, y: gains }] };
    this.drawPlane(q, cost, rival);
    const told = { title: "KL of the best q over log₁₀ β", axis: ends, range: [0, most], series: [{ name: "KL", kind: "line", colour: colours.q, x: exponents, y: costs }] };
    const falling = panel(told, ends, this.width, new Set()), at = across(ends, this.width)(Math.log10(this.beta)), y = upwards(told);
    falling.append(this.line(LEFT, this.width - RIGHT, y(this.limit), y(this.limit)));
    falling.append(make("circle", { cx: at, cy: y(cost), r: 5, fill: colours.q }));
    marker(falling, across(ends, this.width))(Math.log10(this.beta));
    const pictures = [this.bells(q), falling];
    if (this.panelsBox.firstChild !== this.plane) this.panelsBox.replaceChildren(this.plane, ...pictures);
    else pictures.forEach((svg, k) => this.panelsBox.children[k + 1].replaceWith(svg));
    this.say(cost);
    this.show[0](Math.log10(this.beta), `β = ${Number(this.beta.toPrecision(3))}`);
    this.show[1](this.limit, `C = ${this.limit.toFixed(2)} nats`);
  }

  line(x1, x2, y1, y2) {
    return make("line", { x1, x2, y1, y2, stroke: this.data.colours.limit, "stroke-width": 2, "stroke-dasharray": "5 4" });
  }

  drawPlane(q, cost, rival) {
    const { colours } = this.data, { axis, range } = this.told, drawn = panel(this.told, axis, this.width, new Set());
    const x = across(axis, this.width), y = upwards(this.told), gain = this.model.reconstruction(q), parts = [...drawn.childNodes];
    // The tangent, as far as the picture goes.
    const inside = (at) => clamp(at, Math.max(0, cost + (range[0] - gain) / this.beta), Math.min(axis[1], cost + (range[1] - gain) / this.beta));
    const [from, to] = [inside(-Infinity), inside(Infinity)], on = (at) => y(gain + this.beta * (at - cost));
    if (cost <= axis[1]) parts.push(make("line", { x1: x(from), x2: x(to), y1: on(from), y2: on(to), stroke: "currentColor", "stroke-width": 1.5, opacity: 0.6, class: "tangent" }));
    parts.push(this.line(x(this.limit), x(this.limit), HEAD - 6, PANEL - FOOT), make("circle", { cx: x(this.limit), cy: PANEL - FOOT, r: 7, fill: colours.limit, class: "handle" }));
    const left = x(this.limit) > 0.8 * this.width;
    parts.push(words(x(this.limit) + (left ? -7 : 7), HEAD + 6, "C", { fill: colours.limit, "font-weight": 700, "text-anchor": left ? "end" : "start" }));
    const [theirs, reached] = [kl(rival), this.model.reconstruction(rival)];
    if (theirs <= axis[1] && reached >= range[0]) {
      parts.push(make("circle", { cx: x(theirs), cy: y(reached), r: 5, fill: "none", stroke: colours.q, "stroke-width": 2 }));
      parts.push(words(x(theirs) + 10, y(reached) - 6, "your q", { "font-size": 12, class: "halo" }));
    }
    if (cost <= axis[1]) parts.push(make("circle", { cx: x(cost), cy: y(gain), r: 8, fill: colours.q, class: "handle" }));
    this.plane.setAttribute("viewBox", `0 0 ${this.width} ${PANEL}`);
    this.plane.setAttribute("aria-label", this.told.title);
    this.plane.replaceChildren(...parts);
  }

  bells(q) {
    const { colours } = this.data, posterior = this.model.best(1), ground = PANEL - FOOT, x = across(AXIS, this.width);
    const highest = 1.15 * Math.max(normal(0, 0, 1), normal(0, 0, posterior[1]));
    const places = Array.from({ length: POINTS }, (_, k) => AXIS[0] + (k * (AXIS[1] - AXIS[0])) / (POINTS - 1)), placesAcross = places.map(x);
    const bell = ([mean, width], colour) => area(placesAcross, places.map((at) => ground - Math.min(1.02, normal(at, mean, width) / highest) * (ground - HEAD)), ground, colour);
    const svg = make("svg", { viewBox: `0 0 ${this.width} ${PANEL}`, role: "img", "aria-label": "Prior, posterior and the best q" });
    svg.append(words(LEFT, 18, "Prior, posterior and the best q for β", { "font-size": 13, "font-weight": 600 }));
    for (const tick of ticks(...AXIS)) svg.append(words(x(tick), PANEL - 7, number(tick), { "font-size": 12, "text-anchor": "middle" }));
    svg.append(bell([0, 1], colours.prior), bell(posterior, colours.posterior), bell(q, colours.q));
    return svg;
  }

  say(cost) {
    const error = this.limit - cost, told = `KL = ${cost.toFixed(3)}, C − KL = ${fixed(error, 3)} nats`;
    const needed = this.multiplier(this.limit), reachable = Math.abs(kl(this.model.best(needed)) - this.limit) < 1e-6;
    if (Math.abs(error) < 5e-4) this.output.textContent = `${told}: met, and β is the multiplier`;
    else if (!reachable) this.output.textContent = `${told}: no β from ${this.data.betas.join(" to ")} meets C`;
    else this.output.textContent = `${told}: KL is too ${error < 0 ? "large, β has to rise" : "small, β has to fall"}`;
  }
}
