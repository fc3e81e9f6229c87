// Draws a snapshot: data, latent space, and the curves of the ELBO's terms.

import { rgb } from "../lib/canvas.js";
import { inColumns } from "../lib/canvas_columns.js";
import { sum } from "../lib/numbers.js";
import { drawChart } from "../lib/step_chart.js";
import { theme } from "../lib/theme.js";
import { drawLatent } from "./latent.js";
import { drawRows } from "./pictures.js";
import { drawPlane } from "./plane.js";

const SETTLED = 8, EARLY = 3; // from so many values on, the first ones, far from all later ones, may lie outside
const TERMS = { reconstruction: "#009e73", dimensions: ["#7b5ea7", "#c2729e"] }; // as in style.css

export class Picture {
  constructor(box) {
    this.box = box;
    for (const name of ["plane", "latent", "terms", "kl"]) this[name] = box.querySelector(`.${name}`);
  }

  // data: of the server; vae: with the snapshot's weights; content: {codes, probe} and what drawPlane or drawRows takes.
  draw(data, vae, content, snapshots) {
    const look = theme(this.box);
    if (data.side) drawRows(this.plane, data.side, content, look);
    else drawPlane(this.plane, data, vae, content, look);
    drawLatent(this.latent, vae, content.codes, data, content.probe, look);
    this.drawCharts(vae.latent, content.baseline, snapshots, look);
  }

  drawCharts(latent, baseline, snapshots, look) {
    const shared = { steps: snapshots.values("step"), at: snapshots.current.step };
    const guides = [{ value: baseline, colour: look.ink, outside: true }];
    const terms = [
      { values: snapshots.values("reconstruction"), colour: TERMS.reconstruction },
      { values: snapshots.list.map(elbo), colour: look.ink },
    ];
    drawChart(this.terms, { ...shared, series: terms, guides, skip: snapshots.last < SETTLED ? 0 : EARLY, least: 1 }, look);
    this.dimensions = latent === 1 ? [] : TERMS.dimensions;
    const parts = this.dimensions.map((colour, k) => ({ values: snapshots.list.map(({ kls }) => kls[k]), colour }));
    const kl = [...parts, { values: snapshots.list.map(klOf), colour: look.ink }];
    drawChart(this.kl, { ...shared, series: kl, guides: [{ value: 0, colour: rgb([128, 128, 128]) }], least: 1, floor: 0 }, look);
  }

  // For saveSlide() in lib/slide.js: all of it. redraw() draws the canvases again. pictures: whether data are pictures.
  slide(redraw, pictures) {
    const columns = [
      [
        { title: pictures ? "Data" : "Data, with the decoder's mesh of codes", canvas: this.plane },
        { title: "Reconstruction and ELBO, nats, over the steps", canvas: this.terms },
      ],
      [
        { title: "Latent space: q(z|x) with one standard deviation; dashed: the prior", canvas: this.latent },
        { title: "KL, nats, over the steps", canvas: this.kl },
      ],
    ];
    const { ink, colours } = theme(this.box);
    const legend = [
      { name: "real", colour: rgb(colours.real), kind: "points" },
      { name: "generated", colour: rgb(colours.generated), kind: "points" },
      { name: "reconstruction", colour: TERMS.reconstruction },
      { name: "ELBO, whole KL", colour: ink },
      ...this.dimensions.map((colour, k) => ({ name: `KL of z${"₁₂"[k]}`, colour })),
    ];
    return { ...inColumns(columns, redraw, this.box), legend };
  }
}

// Of a snapshot, in nats.
export function klOf({ kls }) {
  return sum(kls);
}

export function elbo(snapshot) {
  return snapshot.reconstruction - klOf(snapshot);
}
