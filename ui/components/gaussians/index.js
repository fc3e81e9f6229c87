// Two densities, p of the data and q of a generator, as sums of Gaussians. The user drags one by its peak: sideways changes its
// mean, up makes it narrower. All integrals are computed here during the drag, the official ones on release.

import { linspace } from "../lib/axes.js";
import { HEAD, across, back, heading, inked, legend, marker, numbersAcross, panel, words } from "../lib/curves.js";
import { Figure, GROUND, heightOf, peak, widthOf } from "../lib/figure.js";
import { area, draggable, handle, sliders } from "../lib/handles.js";
import { mount } from "../lib/mount.js";
import { fixed } from "../lib/numbers.js";
import { Pair, over } from "./divergences.js";

const AXIS = [-8, 8], X = linspace(...AXIS, 321);
const JSD = "JSD, nats", PEARSON = "χ²", WASSERSTEIN = "Wasserstein, units of x";

class Gaussians extends Figure {
  constructor(root) {
    super(root);
    let held = null, grip = 0;
    draggable(this.stage, {
      grab: (x, y) => {
        const distances = this.components.map(([mean], k) => Math.hypot(this.across(mean) - x, this.top(k) - y));
        held = distances.indexOf(Math.min(...distances));
        grip = y - this.top(held);
      },
      drag: (x, y) => {
        const density = ((GROUND - (y - grip)) / (GROUND - HEAD)) * this.highest;
        this.set(2 * held, back(AXIS, this.width)(x));
        this.set(2 * held + 1, widthOf(density / this.share(held)));
        this.draw();
      },
      drop: () => this.end(),
    });
  }

  // numbers: mean and width of every Gaussian, q's last; rows: [loss, divergence] of the table.
  begin({ ranges, rows }) {
    this.show = sliders(this.find(".handles"), ranges, (k, value) => this.move(k, value), () => this.end());
    this.cells = rows.map(([loss, divergence]) => {
      const row = document.createElement("tr"), cells = Array.from({ length: 4 }, () => row.insertCell());
      [cells[0].textContent, cells[2].textContent] = [loss, divergence];
      return { row, values: [cells[1], cells[3]] };
    });
    this.find("tbody").replaceChildren(...this.cells.map(({ row }) => row));
  }

  get components() {
    return Array.from({ length: this.numbers.length / 2 }, (_, k) => this.numbers.slice(2 * k, 2 * k + 2));
  }

  // The mass of a Gaussian: 1 for q, equal parts for p's.
  share(k) {
    const count = this.numbers.length / 2 - 1;
    return k === count ? 1 : 1 / count;
  }

  top(k) {
    return GROUND - heightOf(this.share(k) * peak(this.numbers[2 * k + 1]), this.highest);
  }

  draw() {
    this.layOut(760);
    this.across = across(AXIS, this.width);
    // The scale is fixed during a drag, so that a height is a width.
    this.highest = peak(this.data.ranges[1].min) / 1.6;
    const pair = new Pair(this.components), values = pair.sides(), panels = this.panels(pair);
    this.drawDensities(pair);
    const drawn = panels.map((given) => panel(given, AXIS, this.width, this.hidden));
    marker(drawn[2], this.across)(this.numbers.at(-2));
    this.put(drawn);
    const [bce, pearson, , critic] = values;
    const now = { [JSD]: (bce[1] + Math.log(4)) / 2, [PEARSON]: pearson[1], [WASSERSTEIN]: critic[1] };
    for (const { one, value } of legend(this.find(".legend"), panels, this.hidden, () => this.draw()))
      value.textContent = one.name in now ? fixed(now[one.name], 4) : "";
    this.cells.forEach((row, k) => row.values.forEach((cell, side) => (cell.textContent = fixed(values[k][side], 6))));
    this.show.forEach((show, k) => show(this.numbers[k], `${this.data.ranges[k].label} ${fixed(this.numbers[k], 2)}`));
  }

  panels(pair) {
    const { colours, reach } = this.data, elsewhere = over(pair, reach);
    const share = X.map((x) => pair.discriminator(x)), critic = X.map((x) => pair.critic(x));
    const [least, most] = [Math.min(...critic), Math.max(...critic)], margin = 0.08 * (most - least) + 0.1;
    const line = (name, colour, x, y) => ({ name, kind: "line", colour, x, y });
    return [
      {
        title: "Best discriminator D(x)",
        quantity: "x",
        range: [-1.1, 1.1],
        series: [
          line("D of BCE and of labels 0, 1", colours.jsd, X, share),
          line("D of labels −1, 1", colours.pearson, X, share.map((d) => 2 * d - 1)),
        ],
      },
      {
        title: "Best critic T(x), slope at most 1",
        quantity: "x",
        range: [least - margin, most + margin],
        series: [line("critic T", colours.wasserstein, X, critic)],
      },
      {
        title: "Distances over the mean of q",
        quantity: "mean q",
        range: [0, 1.08 * Math.max(2, ...elsewhere.wasserstein)],
        series: [
          line(JSD, colours.jsd, elsewhere.x, elsewhere.jsd),
          line(PEARSON, colours.pearson, elsewhere.x, elsewhere.pearson),
          line(WASSERSTEIN, colours.wasserstein, elsewhere.x, elsewhere.wasserstein),
        ],
      },
    ];
  }

  drawDensities(pair) {
    const places = X.map(this.across), { colours, names } = this.data;
    const density = (side, colour) => {
      const heights = X.map((x) => Math.min(1.02 * (GROUND - HEAD), heightOf(pair.density(side, x), this.highest)));
      return area(places, heights.map((height) => GROUND - height), GROUND, colour);
    };
    const parts = [heading("Densities: drag p or q by its top"), ...numbersAcross(AXIS, this.width, { quantity: "x" })];
    parts.push(density(pair.p, colours.p), density(pair.q, colours.q));
    this.components.forEach(([mean], k) => {
      const x = this.across(mean), top = Math.max(HEAD - 4, this.top(k)), colour = this.data.ranges[2 * k].colour;
      parts.push(handle(x, top, colour), words(x + 13, top + 4, names[k], { fill: inked(colour), "font-weight": 700 }));
    });
    this.drawStage("The densities of the data and of the generator", parts);
  }
}

export default mount(Gaussians);
