// Two densities as bells, p the data and q what a generator makes. The hand takes a bell by its top: sideways is its
// mean, up is narrower. All integrals are computed here while the hand moves, with the same formulas as metrics/
// gan_values.py and divergence.py, which compute the official ones on release. Panels come from curves.js, sliders and
// dragging from handles.js.

import { across, back, FOOT, HEAD, LEFT, legend, make, PANEL, panel, save, words } from "../lib/curves.js";
import { ticks } from "../lib/axes.js";
import { clamp, number } from "../lib/numbers.js";
import { area, draggable, sliders } from "../lib/handles.js";
import { normal } from "../lib/linear_gaussian.js";

const AXIS = [-8, 8], POINTS = 321, SIGMAS = 7; // outside 7σ a bell has a mass of 3e-12
const PANELS = 64, TINY = 1e-300;
const COARSE = 0.05, STRIDE = 4; // of the curves over q's mean
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let bells = instances.get(parentElement);
  if (!bells) instances.set(parentElement, (bells = new Bells(parentElement)));
  bells.report = (numbers) => setTriggerValue("moved", numbers);
  bells.receive(data);
  return () => {
    bells.watcher.disconnect();
    instances.delete(parentElement);
  };
}

// ---- the mathematics

// Distribution function of N(0, 1), Numerical Recipes' erfc: relative error below 1.2e-7.
function cumulative(z) {
  const a = Math.abs(z) / Math.SQRT2, t = 1 / (1 + a / 2);
  const terms = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  const half = (t * Math.exp(-a * a + terms.reduceRight((sum, term) => sum * t + term, 0))) / 2;
  return z > 0 ? 1 - half : half;
}

const mean = (list, value) => list.reduce((sum, one) => sum + value(one), 0) / list.length;

// Nodes and weights of Gauss-Legendre's rule with eight nodes between every two edges: [[x, weight]].
const HALF = [[0.1834346424956498, 0.362683783378362], [0.525532409916329, 0.3137066458778873], [0.7966664774136267, 0.2223810344533745], [0.9602898564975363, 0.1012285362903763]];
const RULE = [...HALF.map(([at, weight]) => [-at, weight]).reverse(), ...HALF];
function nodes(edges) {
  return edges.slice(1).flatMap((edge, k) => {
    const half = (edge - edges[k]) / 2;
    return RULE.map(([at, weight]) => [edges[k] + half * (1 + at), half * weight]);
  });
}

class Pair {
  constructor(bells) {
    this.p = bells.slice(0, -1);
    this.q = bells.slice(-1);
    this.low = Math.min(...bells.map(([m, s]) => m - SIGMAS * s));
    this.high = Math.max(...bells.map(([m, s]) => m + SIGMAS * s));
  }
  density(side, x) {
    return mean(side, ([m, s]) => normal(x, m, s));
  }
  // F_p − F_q; rounding in the tails is no difference.
  apart(x) {
    const difference = mean(this.p, ([m, s]) => cumulative((x - m) / s)) - mean(this.q, ([m, s]) => cumulative((x - m) / s));
    return Math.abs(difference) < 1e-9 ? 0 : difference;
  }

  // Both sides of every reduction, in the order of the rows.
  sides() {
    const even = Array.from({ length: PANELS + 1 }, (_, k) => this.low + (k * (this.high - this.low)) / PANELS);
    this.turns(nodes(even));
    const sums = { bce: 0, jsd: 0, paper: 0, emoji: 0, pearson: 0, critic: 0, wasserstein: 0 };
    for (const [at, weight] of nodes([...even, ...this.kinks].sort((one, other) => one - other))) {
      const a = this.density(this.p, at), b = this.density(this.q, at);
      sums.critic += weight * this.critic(at) * (a - b);
      sums.wasserstein += weight * Math.abs(this.apart(at));
      if (a + b < TINY) continue;
      const logit = Math.log(Math.max(a, TINY)) - Math.log(Math.max(b, TINY)), D = 1 / (1 + Math.exp(-logit));
      const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      sums.bce -= weight * (a * softplus(-logit) + b * softplus(logit));
      sums.jsd += weight * (this.half(a, b) + this.half(b, a));
      sums.paper += weight * (a + b) * (2 * D - 1) ** 2;
      sums.emoji += weight * (a + b) * (D - 1) ** 2;
      sums.pearson += (weight * (b - a) ** 2) / (a + b);
    }
    return [[sums.bce, 2 * sums.jsd - Math.log(4)], [sums.paper, sums.pearson], [sums.emoji, 0.5 + sums.pearson / 4], [sums.critic, sums.wasserstein]];
  }

  // Where F_p and F_q cross, and the slope of the best critic between: up where F_p < F_q.
  turns(places) {
    [this.kinks, this.slopes] = [[], [0]];
    let before = null;
    for (const [at] of places) {
      const sign = Math.sign(this.apart(at));
      if (!sign) continue;
      if (before !== null && -sign !== this.slopes.at(-1)) this.kinks.push(this.root(before, at));
      if (before === null) this.slopes = [-sign];
      else if (-sign !== this.slopes.at(-1)) this.slopes.push(-sign);
      before = at;
    }
  }

  half(a, b) {
    return a > TINY ? (a * Math.log((2 * a) / (a + b))) / 2 : 0;
  }

  root(low, high) {
    const rising = this.apart(high) > 0;
    for (let k = 0; k < 50; k++) {
      const middle = (low + high) / 2;
      if (this.apart(middle) > 0 === rising) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  }

  // The best critic: 0 at the first kink or, without one, in the middle of the means.
  critic(x) {
    const zero = this.kinks[0] ?? mean([this.p, this.q], (side) => mean(side, ([m]) => m));
    if (x <= zero || this.kinks.length < 2) return (x - zero) * this.slopes[x <= zero ? 0 : this.slopes.length - 1];
    let rise = 0;
    this.kinks.forEach((kink, k) => {
      if (x > kink) rise += (Math.min(x, this.kinks[k + 1] ?? x) - kink) * this.slopes[k + 1];
    });
    return rise;
  }
}

// JSD, χ² and Wasserstein distance over q's mean, everything else as it is.
function over(pair, reach) {
  const [, width] = pair.q[0];
  const low = Math.min(pair.low, -reach - SIGMAS * width), high = Math.max(pair.high, reach + SIGMAS * width);
  const count = Math.ceil((high - low) / COARSE) + 1, half = Math.ceil((high - low) / COARSE);
  const x = Array.from({ length: count }, (_, k) => low + k * COARSE);
  const p = x.map((at) => pair.density(pair.p, at)), P = x.map((at) => mean(pair.p, ([m, s]) => cumulative((at - m) / s)));
  // q once, on a grid twice as long: moving it by its mean is an offset.
  const q = Array.from({ length: 2 * half + 1 }, (_, k) => normal((k - half) * COARSE, 0, width));
  const Q = Array.from({ length: 2 * half + 1 }, (_, k) => cumulative(((k - half) * COARSE) / width));
  const first = Math.ceil((-reach - low) / COARSE), found = { x: [], jsd: [], pearson: [], wasserstein: [] };
  for (let centre = first; low + centre * COARSE <= reach + 1e-9; centre += STRIDE) {
    let [jsd, pearson, wasserstein] = [0, 0, 0];
    for (let k = 0; k < count; k++) {
      const place = k - centre + half;
      const a = p[k], b = place < 0 || place > 2 * half ? 0 : q[place], beyond = place < 0 ? 0 : place > 2 * half ? 1 : Q[place];
      wasserstein += Math.abs(P[k] - beyond);
      if (a + b < TINY) continue;
      jsd += pair.half(a, b) + pair.half(b, a);
      pearson += (b - a) ** 2 / (a + b);
    }
    found.x.push(low + centre * COARSE);
    found.jsd.push(jsd * COARSE);
    found.pearson.push(pearson * COARSE);
    found.wasserstein.push(wasserstein * COARSE);
  }
  return found;
}

// ---- the picture

class Bells {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox, this.handlesBox, this.legend, this.rows] = [".curves", ".panels", ".handles", ".legend", "tbody"].map(find);
    this.hidden = new Set();
    this.stage = make("svg", { class: "stage", role: "img" });
    this.drags();
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before || before.identity !== data.identity) {
      this.bells = Array.from({ length: data.bells.length / 2 }, (_, k) => data.bells.slice(2 * k, 2 * k + 2));
      this.build();
    }
    this.draw();
  }

  name(k) {
    return k === this.bells.length - 1 ? "q" : this.bells.length > 2 ? `p${"₁₂"[k]}` : "p";
  }

  colour(k) {
    return this.data.colours[k === this.bells.length - 1 ? "q" : "p"];
  }

  // Two sliders for every bell, for the keyboard and for exact values; and the rows of numbers.
  build() {
    const { reach, widths } = this.data;
    const parts = this.bells.flatMap((_, k) => [[-reach, reach, "mean"], [...widths, "width"]].map(([min, max, what], part) => ({ k, part, what, min, max })));
    const rows = parts.map(({ k, what, min, max }) => ({ name: `${what} of ${this.name(k)}`, colour: this.colour(k), min, max }));
    const shown = sliders(this.handlesBox, rows, (row, value) => this.move(parts[row].k, parts[row].part, value), () => this.tell());
    this.sliders = parts.map((part, row) => ({ ...part, show: shown[row] }));
    this.values = this.data.rows.map(([loss, divergence]) => {
      const row = document.createElement("tr"), cells = Array.from({ length: 4 }, () => row.insertCell());
      [cells[0].textContent, cells[2].textContent] = [loss, divergence];
      this.rows.append(row);
      return { row, at: [cells[1], cells[3]] };
    });
    this.rows.replaceChildren(...this.values.map(({ row }) => row));
  }

  move(k, part, value) {
    const [low, high] = part ? this.data.widths : [-this.data.reach, this.data.reach];
    this.bells[k][part] = Number(clamp(value, low, high).toFixed(2));
    this.draw();
  }

  tell() {
    this.report(this.bells.flat());
  }

  drags() {
    let held = null, grip = 0;
    draggable(this.stage, {
      grab: (x, y) => {
        const distance = this.bells.map(([m], k) => Math.hypot(this.across(m) - x, this.top(k) - y));
        held = distance.indexOf(Math.min(...distance));
        grip = y - this.top(held);
      },
      drag: (x, y) => {
        const height = (this.bottom - (y - grip)) / (this.bottom - HEAD) * this.highest;
        this.bells[held][0] = Number(clamp(back(AXIS, this.width)(x), -this.data.reach, this.data.reach).toFixed(2));
        const [narrow, wide] = this.data.widths, share = this.share(held);
        this.bells[held][1] = Number(clamp(height > 0 ? share / (height * Math.sqrt(2 * Math.PI)) : wide, narrow, wide).toFixed(2));
        this.draw();
      },
      drop: () => this.tell(),
    });
  }

  // The mass of a bell: one of two holds half.
  share(k) {
    return k === this.bells.length - 1 ? 1 : 1 / (this.bells.length - 1);
  }

  top(k) {
    const [, width] = this.bells[k];
    return this.bottom - (this.share(k) / (width * Math.sqrt(2 * Math.PI)) / this.highest) * (this.bottom - HEAD);
  }

  draw() {
    const { colours, reach } = this.data, outer = Math.max(280, this.box.clientWidth);
    const columns = outer >= 760 ? 2 : 1;
    this.width = (outer - (columns - 1) * 8) / columns;
    this.box.style.setProperty("--columns", columns);
    this.across = across(AXIS, this.width);
    const pair = new Pair(this.bells), numbers = pair.sides(), [first, last] = AXIS;
    const x = Array.from({ length: POINTS }, (_, k) => first + (k * (last - first)) / (POINTS - 1));
    const share = x.map((at) => {
      const log = (side) => Math.log(Math.max(pair.density(side, at), TINY));
      return 1 / (1 + Math.exp(log(pair.q) - log(pair.p)));
    });
    const T = x.map((at) => pair.critic(at)), [least, most] = [Math.min(...T), Math.max(...T)], moved = over(pair, reach);
    const line = (name, colour, xs, y, dash = false) => ({ name, kind: "line", colour, x: xs, y, dash });
    const panels = [
      { title: "Best discriminator D(x)", range: [-1.1, 1.1], series: [
        line("D of BCE and of codes 0, 1", colours.jsd, x, share), line("D of codes −1, 1", colours.pearson, x, share.map((d) => 2 * d - 1)) ] },
      { title: "Best critic T(x), slope 1 at most", range: [least - 0.08 * (most - least) - 0.1, most + 0.08 * (most - least) + 0.1], series: [line("critic T", colours.wasserstein, x, T)] },
      { title: "If q's mean were elsewhere", range: [0, 1.08 * Math.max(2, ...moved.wasserstein)], series: [
        line("JSD", colours.jsd, moved.x, moved.jsd), line("χ²", colours.pearson, moved.x, moved.pearson), line("Wasserstein", colours.wasserstein, moved.x, moved.wasserstein) ] },
    ];
    this.drawStage(pair, x);
    const drawn = panels.map((told) => panel(told, AXIS, this.width, this.hidden));
    const at = this.across(this.bells.at(-1)[0]);
    drawn[2].append(make("line", { x1: at, x2: at, y1: 24, y2: PANEL - FOOT, stroke: "currentColor", "stroke-width": 1.5, opacity: 0.7 }));
    if (this.panelsBox.firstChild !== this.stage) this.panelsBox.replaceChildren(this.stage, ...drawn);
    else drawn.forEach((svg, k) => (this.panelsBox.children[k + 1] ? this.panelsBox.children[k + 1].replaceWith(svg) : this.panelsBox.append(svg)));
    const [bce, pearson, , critic] = numbers, told = { JSD: (bce[1] + Math.log(4)) / 2, "χ²": pearson[1], Wasserstein: critic[1] };
    for (const { one, value } of legend(this.legend, panels, this.hidden, () => this.draw()))
      value.textContent = one.name in told ? told[one.name].toFixed(4) : "";
    this.values.forEach(({ at: cells }, k) => cells.forEach((cell, side) => (cell.textContent = number((numbers[k][side] + 0).toFixed(6)))));
    for (const { k, part, what, show } of this.sliders) show(this.bells[k][part], `${this.name(k)} ${what} ${number(this.bells[k][part].toFixed(2))}`);
  }

  drawStage(pair, x) {
    this.bottom = PANEL - FOOT;
    const p = x.map((at) => pair.density(pair.p, at)), q = x.map((at) => pair.density(pair.q, at));
    // The scale stays while the hand moves: a height is a width.
    this.highest = 1 / (this.data.widths[0] * Math.sqrt(2 * Math.PI)) / 1.6;
    const y = (value) => this.bottom - Math.min(1.02, value / this.highest) * (this.bottom - HEAD);
    const bell = (values, colour) => area(x.map(this.across), values.map(y), this.bottom, colour);
    const parts = [words(LEFT, 18, "Data p and generator q: take a bell by its top", { "font-size": 13, "font-weight": 600 })];
    for (const tick of ticks(...AXIS)) parts.push(words(this.across(tick), PANEL - 7, number(tick), { "font-size": 12, "text-anchor": "middle" }));
    parts.push(bell(p, this.colour(0)), bell(q, this.colour(this.bells.length - 1)));
    this.bells.forEach(([m], k) => {
      const at = this.across(m), top = Math.max(HEAD - 4, this.top(k));
      parts.push(make("circle", { cx: at, cy: top, r: 8, fill: this.colour(k), class: "handle" }));
      parts.push(words(at + 13, top + 4, this.name(k), { fill: this.colour(k), "font-weight": 700 }));
    });
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${PANEL}`);
    this.stage.setAttribute("aria-label", "The densities of the data and of the generator");
    this.stage.replaceChildren(...parts);
  }
}
