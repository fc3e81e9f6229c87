// z = μ + σε: draws from N(0, 1) mapped to N(μ, σ²), and the estimates of a gradient from each of them in two ways. The
// draws came with the data.

import { linspace } from "../lib/axes.js";
import { HEAD, LEFT, PANEL, RIGHT, across, back, heading, inked, marker, panel, words } from "../lib/curves.js";
import { Figure, peak, widthOf } from "../lib/figure.js";
import { area, draggable, handle, sliders } from "../lib/handles.js";
import { normal } from "../lib/linear_gaussian.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number, rough, roundUp } from "../lib/numbers.js";
import { make } from "../lib/svg.js";
import { estimates, histogram, integrand, summary } from "./gradients.js";

const AXIS = [-8, 8], X = linspace(...AXIS, 241), LINES = 24; // draws that are shown as points
const BINS = 40, NARROWEST = 0.5; // of the histograms; the σ whose density just fits
const STRIP = 58; // height under the picture for the two derivatives
// Rows of the table, with their estimators; n: the number of draws.
const rows = (n) => [
  ["exact gradient"],
  [`reparameterised: mean of ${number(n)} draws ± standard error`, 0],
  ["spread of one draw", 0],
  [`score function: mean of ${number(n)} draws ± standard error`, 1],
  ["spread of one draw", 1],
  ["draws that the score function needs for the same precision"],
];

class Reparameterise extends Figure {
  constructor(root) {
    super(root);
    this.down = true; // the curves are beside the stage
    let held = null, grip = 0;
    draggable(this.stage, {
      grab: (x, y) => {
        const [mu, , epsilon] = this.numbers, tip = Math.hypot(x - this.across(mu), y - this.apex());
        held = Math.hypot(x - this.across(epsilon), y - this.upper) < tip ? 2 : 0;
        grip = y - this.apex();
      },
      drag: (x, y) => {
        this.set(held, back(AXIS, this.width)(x));
        if (!held) this.set(1, widthOf((y - grip - this.lower) / this.unit));
        this.draw();
      },
      drop: () => this.end(),
    });
  }

  // numbers: μ, σ and the picked ε.
  begin({ ranges, colours, noise }) {
    this.show = sliders(this.find(".handles"), ranges, (k, value) => this.move(k, value), () => this.end());
    this.cells = rows(noise.length).map(([name, estimator]) => {
      const row = document.createElement("tr"), [head, ...cells] = Array.from({ length: 3 }, () => row.insertCell());
      if (estimator !== undefined) {
        const sign = head.appendChild(document.createElement("i"));
        sign.style.color = colours[estimator];
      }
      head.append(name);
      return { row, cells };
    });
    this.find("tbody").replaceChildren(...this.cells.map(({ row }) => row));
  }

  // The density of z hangs down from its axis.
  apex() {
    return this.lower + Math.min(peak(this.numbers[1]), peak(NARROWEST)) * this.unit;
  }

  draw() {
    const { outer, columns } = this.layOut(760);
    this.box.style.setProperty("--sliders", outer >= 560 ? 3 : 1);
    this.box.classList.toggle("wide", columns > 1);
    this.height = columns > 1 ? 2 * PANEL + 8 : 360;
    this.across = across(AXIS, this.width);
    this.drawDraws();
    const [mu, sigma] = this.numbers, f = integrand(this.data.f), exact = f.gradient(mu, sigma);
    const each = estimates(f, mu, sigma, this.data.noise), summaries = each.map((both) => both.map(summary));
    this.put(each.map((both, k) => this.histograms(["∂/∂μ", "∂/∂σ"][k], both, exact[k], summaries[k])));
    summaries.forEach((both, k) => this.write(k, exact[k], ...both));
    this.show.forEach((show, k) => show(this.numbers[k], `${this.data.ranges[k].label} ${fixed(this.numbers[k], 2)}`));
  }

  // One column of the table.
  write(k, exact, own, score) {
    const text = (value) => fixed(value, Math.abs(value) < 1000 ? 3 : 0), ratio = (score.spread / own.spread) ** 2;
    const mean = (one) => `${text(one.mean)} ± ${text(one.spread / Math.sqrt(this.data.noise.length))}`;
    const precision = ratio < Infinity ? `× ${rough(ratio, 2)}` : "";
    const texts = [text(exact), mean(own), text(own.spread), mean(score), text(score.spread), precision];
    texts.forEach((text, row) => (this.cells[row].cells[k].textContent = text));
  }

  drawDraws() {
    const [mu, sigma, epsilon] = this.numbers, { noise, colours: [, , above, below, way] } = this.data, z = mu + sigma * epsilon;
    const room = this.height - HEAD - STRIP, places = X.map(this.across), x = this.across;
    [this.upper, this.lower] = [HEAD + 0.27 * room, HEAD + 0.62 * room];
    // The scale of the lower density is fixed, so that a height is a width; both use it.
    this.unit = (0.36 * room) / peak(NARROWEST);
    const { upper, lower, unit } = this, bold = { "font-weight": 700 };
    const parts = [heading("Drag q by its tip, and the large ε")];
    const line = (x1, x2, y1, y2, attributes) => parts.push(make("line", { x1, x2, y1, y2, stroke: "currentColor", ...attributes }));
    parts.push(area(places, X.map((at) => upper - unit * normal(at, 0, 1)), upper, above));
    parts.push(area(places, X.map((at) => lower + Math.min(unit * normal(at, mu, sigma), this.apex() - lower)), lower, below));
    for (const y of [upper, lower]) line(LEFT, this.width - RIGHT, y, y, { opacity: 0.45 });
    parts.push(words(LEFT, upper - 8, "ε ~ N(0, 1)", { fill: inked(above), ...bold }), words(LEFT, lower + 18, "z = μ + σε", { fill: inked(below), ...bold }));
    const dot = (cx, cy, r, fill) => parts.push(make("circle", { cx, cy, r, fill }));
    for (const e of noise.slice(0, LINES)) {
      const [from, to] = [x(e), x(mu + sigma * e)];
      line(from, to, upper, lower, { opacity: 0.3 });
      dot(from, upper, 3, above);
      dot(to, lower, 3, below);
    }
    const [from, to] = [x(epsilon), x(z)], left = to > 0.6 * this.width;
    line(from, to, upper, lower, { "stroke-width": 2.5 });
    line(to, to, lower, this.height - 14, { "stroke-dasharray": "2 4", opacity: 0.7 });
    dot(to, lower, 6, below);
    parts.push(handle(from, upper, above), handle(x(mu), this.apex(), below));
    const label = (at, y, text, before) =>
      parts.push(words(at + (before ? -12 : 12), y, text, { "text-anchor": before ? "end" : "start", ...bold, class: "halo" }));
    label(from, upper - 10, `ε = ${fixed(epsilon, 2)}`, epsilon < 0);
    label(to, lower + 18, `z = ${fixed(z, 2)}`, left);
    // How z moves when μ or σ grows by one.
    [["∂z/∂μ = 1", 1], [`∂z/∂σ = ε = ${fixed(epsilon, 2)}`, epsilon]].forEach(([name, by], k) => {
      const y = this.height - STRIP + 14 + 26 * k, end = x(clamp(z + by, ...AXIS)), tip = 6 * Math.sign(by);
      const d = `M${to} ${y}L${end} ${y}m${-tip} -5l${tip} 5l${-tip} 5`;
      if (Math.abs(end - to) > 6) parts.push(make("path", { d, fill: "none", stroke: way, "stroke-width": 2.5 }));
      const edge = left ? Math.min(to, end) - 10 : Math.max(to, end) + 10;
      parts.push(words(edge, y + 5, name, { "text-anchor": left ? "end" : "start", "font-size": 13, "font-weight": 600 }));
    });
    this.drawStage("Draws of N(0, 1) carried to N(μ, σ²)", parts, this.height);
  }

  // Shares of the draws against their estimates; the line is the exact gradient.
  histograms(name, both, exact, summaries) {
    const widest = Math.max(...summaries.map(({ spread }) => spread)), half = roundUp(Math.max(1e-6, 2.5 * widest), [1, 2, 5]);
    const axis = [exact - half, exact + half], edges = linspace(...axis, BINS + 1);
    const shares = both.map((values) => histogram(values, ...axis, BINS));
    const series = shares.map((share, k) => ({
      name: String(k),
      kind: "line",
      colour: this.data.colours[k],
      x: edges.flatMap((edge) => [edge, edge]), // stairs
      y: [0, ...share.flatMap((value) => [value, value]), 0],
    }));
    const range = [0, 1.08 * Math.max(...shares.flat(), 1)];
    const given = { title: `Estimates of ${name} from one draw each, % of draws`, quantity: name, range, series };
    const svg = panel(given, axis, this.width, new Set());
    marker(svg, across(axis, this.width))(exact);
    return svg;
  }
}

export default mount(Reparameterise);
