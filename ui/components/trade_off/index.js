// Reconstruction against KL: every β has its best q, a point on the curve, and is the slope of the curve there. The
// user drags the point, or the line of the set point C.

import { linspace } from "../lib/axes.js";
import {
  HEAD, LEFT, PANEL, RIGHT, across, back, heading, inked, legend, marker, numbersAcross, panel, upwards, words,
} from "../lib/curves.js";
import { Figure, GROUND, heightOf, peak } from "../lib/figure.js";
import { area, draggable, handle, sliders } from "../lib/handles.js";
import { LinearGaussian, kl, normal } from "../lib/linear_gaussian.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, rough, roundUp } from "../lib/numbers.js";
import { make } from "../lib/svg.js";

const AXIS = [-7, 7], Z = linspace(...AXIS, 281), STEPS = 241; // of β
const BEST = "best q for each β", LIMIT = "set point C", TANGENT = "tangent of slope β", PRIOR = "prior p(z)", POSTERIOR = "posterior p(z|x)";

class TradeOff extends Figure {
  constructor(root) {
    super(root);
    this.find(".meet").addEventListener("click", () => this.jump(this.multiplier(this.limit)));
    this.find(".elbo").addEventListener("click", () => this.jump(1));
    let held = null;
    draggable(this.stage, {
      grab: (x, y) => {
        const { axis } = this.given, at = across(axis, this.width), q = this.model.best(this.beta);
        const point = Math.hypot(at(kl(q)) - x, upwards(this.given)(this.model.reconstruction(q)) - y);
        held = Math.hypot(at(this.limit) - x, GROUND - y) < point ? "limit" : "beta";
      },
      drag: (x) => {
        const at = Math.max(1e-6, back(this.given.axis, this.width)(x));
        if (held === "limit") this.aim(at);
        else this.turn(this.multiplier(at));
      },
      drop: () => this.end(),
    });
  }

  // numbers: β and C; model: x, s, a, b; rival: μ and σ of a person's own q.
  begin({ betas, limits, colours }) {
    const rows = [
      { name: "β, logarithmic", min: Math.log10(betas[0]), max: Math.log10(betas[1]), colour: colours.q },
      { name: "set point C", min: limits[0], max: limits[1], colour: colours.limit },
    ];
    const move = (k, value) => (k ? this.aim(value) : this.turn(10 ** value));
    this.show = sliders(this.find(".handles"), rows, move, () => this.end());
  }

  get beta() {
    return this.numbers[0];
  }

  get limit() {
    return this.numbers[1];
  }

  get model() {
    return new LinearGaussian(...this.data.model);
  }

  turn(beta) {
    this.numbers[0] = Number(clamp(beta, ...this.data.betas).toPrecision(4));
    this.draw();
  }

  aim(limit) {
    this.numbers[1] = Number(clamp(limit, ...this.data.limits).toFixed(2));
    this.draw();
  }

  jump(beta) {
    this.numbers[0] = clamp(beta, ...this.data.betas); // unrounded: the point has to lie on the line
    this.draw();
    this.end();
  }

  multiplier(limit) {
    return this.model.multiplier(limit, ...this.data.betas);
  }

  // ---- drawing

  draw() {
    const { outer } = this.layOut(1000, 3);
    this.box.style.setProperty("--sliders", outer >= 560 ? 2 : 1);
    const { model, data: { colours, betas, limits, rival } } = this, q = model.best(this.beta), cost = kl(q);
    const ends = betas.map(Math.log10), exponents = linspace(...ends, STEPS), each = exponents.map((exponent) => model.best(10 ** exponent));
    const most = Math.max(limits[1], roundUp(1.5 * kl(model.best(1))));
    const costs = each.map((one) => kl(one)), gains = each.map((one) => model.reconstruction(one));
    const line = (x, y) => [{ name: BEST, kind: "line", colour: colours.q, x, y }];
    const range = this.range(gains.filter((_, k) => costs[k] <= most), model.reconstruction(rival));
    this.given = { title: "Reconstruction over KL, in nats", quantity: "KL", axis: [0, most], range, series: line(costs, gains) };
    this.drawTradeOff(model, q, cost, rival);
    const given = { title: "KL of the best q, nats, over log₁₀ β", quantity: "log β", range: [0, most], series: line(exponents, costs) };
    const falling = panel(given, ends, this.width, this.hidden), x = across(ends, this.width), y = upwards(given), at = Math.log10(this.beta);
    if (!this.hidden.has(LIMIT)) falling.append(this.line(LEFT, this.width - RIGHT, y(this.limit), y(this.limit)));
    falling.append(make("circle", { cx: x(at), cy: y(cost), r: 5, fill: colours.q }));
    marker(falling, x)(at);
    this.put([this.densities(model, q), falling]);
    const named = [[BEST, colours.q], [TANGENT, "currentColor"], [LIMIT, colours.limit, true], [PRIOR, colours.prior], [POSTERIOR, colours.posterior]];
    const series = named.map(([name, colour, dash]) => ({ name, kind: "line", colour, dash }));
    legend(this.find(".legend"), [{ series }], this.hidden, () => this.draw());
    this.find("output").textContent = this.sentence(cost);
    this.show[0](at, `β = ${rough(this.beta, 3)}`);
    this.show[1](this.limit, `C = ${this.limit.toFixed(2)} nats`);
  }

  // Of the reconstruction, with room for the rival, unless it is far off.
  range(gains, rival) {
    const high = Math.max(...gains), least = Math.min(...gains), low = rival > 2 * least - high ? Math.min(least, rival) : least;
    const margin = 0.12 * (high - low);
    return [low - margin, high + margin];
  }

  line(x1, x2, y1, y2) {
    return make("line", { x1, x2, y1, y2, stroke: this.data.colours.limit, "stroke-width": 2, "stroke-dasharray": "5 4" });
  }

  drawTradeOff(model, q, cost, rival) {
    const { colours } = this.data, { axis, range, title } = this.given, parts = [...panel(this.given, axis, this.width, this.hidden).childNodes];
    const x = across(axis, this.width), y = upwards(this.given), gain = model.reconstruction(q);
    // The tangent, as far as the picture goes.
    const inside = (at) => clamp(at, Math.max(0, cost + (range[0] - gain) / this.beta), Math.min(axis[1], cost + (range[1] - gain) / this.beta));
    const [from, to] = [inside(-Infinity), inside(Infinity)], on = (at) => y(gain + this.beta * (at - cost));
    const tangent = { x1: x(from), x2: x(to), y1: on(from), y2: on(to), stroke: "currentColor", "stroke-width": 1.5, opacity: 0.6 };
    if (cost <= axis[1] && !this.hidden.has(TANGENT)) parts.push(make("line", { ...tangent, class: "tangent" }));
    const limit = x(this.limit), left = limit > 0.8 * this.width, { limit: colour } = colours;
    parts.push(this.line(limit, limit, HEAD - 6, GROUND), handle(limit, GROUND, colour, 7));
    parts.push(words(limit + (left ? -7 : 7), HEAD + 6, "C", { fill: inked(colour), "font-weight": 700, "text-anchor": left ? "end" : "start" }));
    const [theirs, reached] = [kl(rival), model.reconstruction(rival)];
    if (theirs <= axis[1] && reached >= range[0]) {
      parts.push(make("circle", { cx: x(theirs), cy: y(reached), r: 5, fill: "none", stroke: colours.q, "stroke-width": 2 }));
      parts.push(words(x(theirs) + 10, y(reached) - 6, "your q", { "font-size": 12, class: "halo" }));
    }
    if (cost <= axis[1]) parts.push(handle(x(cost), y(gain), colours.q));
    this.drawStage(title, parts);
  }

  densities(model, q) {
    const { colours } = this.data, posterior = model.best(1), places = Z.map(across(AXIS, this.width));
    const highest = 1.15 * Math.max(peak(1), peak(posterior[1]));
    const up = (density) => GROUND - Math.min(1.02 * (GROUND - HEAD), heightOf(density, highest));
    const density = ([mean, width], colour) => area(places, Z.map((z) => up(normal(z, mean, width))), GROUND, colour);
    const svg = make("svg", { viewBox: `0 0 ${this.width} ${PANEL}`, role: "img", "aria-label": "Prior, posterior and the best q" });
    svg.append(heading("Densities of z for this β"), ...numbersAcross(AXIS, this.width, { quantity: "z" }));
    const drawn = [[PRIOR, [0, 1], colours.prior], [POSTERIOR, posterior, colours.posterior], [BEST, q, colours.q]];
    svg.append(...drawn.filter(([name]) => !this.hidden.has(name)).map(([, one, colour]) => density(one, colour)));
    return svg;
  }

  sentence(cost) {
    const error = this.limit - cost, numbers = `KL = ${cost.toFixed(3)}, C − KL = ${fixed(error, 3)} nats`;
    const needed = this.multiplier(this.limit), reachable = Math.abs(kl(this.model.best(needed)) - this.limit) < 1e-6;
    if (Math.abs(error) < 5e-4) return `${numbers}: met, and β is the multiplier`;
    if (!reachable) return `${numbers}: no β from ${this.data.betas.join(" to ")} meets C`;
    return `${numbers}: KL is too ${error < 0 ? "large, β has to rise" : "small, β has to fall"}`;
  }
}

export default mount(TradeOff);
