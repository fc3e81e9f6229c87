// Draws a snapshot: the plane, the loss, and the distance by the number of steps.

import { rgb } from "../lib/canvas.js";
import { inColumns } from "../lib/canvas_columns.js";
import { number } from "../lib/numbers.js";
import { SOLVERS } from "../lib/ode.js";
import { drawChart } from "../lib/step_chart.js";
import { theme } from "../lib/theme.js";
import { NOISE, drawPlane } from "./plane.js";
import { COUNTS } from "./sweep.js";

// As in style.css. Also dashed, for people who cannot tell two of the colours apart.
const COLOURS = { euler: "#009e73", midpoint: "#7b5ea7", heun: "#c2729e" }, DASHES = { midpoint: [9, 4], heun: [2, 3] };
const EARLY = 3; // values of the loss that may lie outside, where there are many

export class Picture {
  constructor(box) {
    this.box = box;
    for (const name of ["plane", "loss", "sweep"]) this[name] = box.querySelector(`.${name}`);
  }

  // data: of the server; velocity(x, t); content: as drawPlane takes it; distances: {solver: one for each of COUNTS, or null};
  // count: the index of the number of steps that is chosen.
  draw(data, velocity, content, snapshots, distances, count) {
    const look = theme(this.box);
    drawPlane(this.plane, data, velocity, content, look);
    const loss = { values: snapshots.values("loss"), colour: look.ink }, least = { value: data.least, colour: look.ink };
    const skip = snapshots.last < 4 * EARLY ? 0 : EARLY;
    drawChart(this.loss, { series: [loss], guides: [least], steps: snapshots.values("step"), at: snapshots.current.step, cut: 0, skip, least: 0.1 }, look);
    const series = Object.keys(SOLVERS).map((solver) => ({ values: distances[solver], colour: COLOURS[solver], dash: DASHES[solver] }));
    const names = COUNTS.map((steps, index) => [index, number(steps)]);
    const guides = [{ value: data.floor, colour: look.ink }];
    drawChart(this.sweep, { series, guides, steps: names.map(([index]) => index), at: count, names, log: true, cut: 0, least: 1 }, look);
  }

  // For saveSlide() in lib/slide.js: all of it, the points at the left. redraw() draws the canvases again.
  slide(redraw) {
    const columns = [
      [{ canvas: this.plane }],
      [
        { title: "Loss over the training steps", canvas: this.loss },
        { title: "Energy distance by the number of steps", canvas: this.sweep },
      ],
    ];
    const { real, generated } = theme(this.box).colours;
    const legend = [
      { name: "noise", colour: rgb(NOISE), kind: "points" },
      { name: "real", colour: rgb(real), kind: "points" },
      { name: "generated", colour: rgb(generated), kind: "points" },
      ...Object.entries(SOLVERS).map(([solver, { name }]) => ({ name, colour: COLOURS[solver], dash: !!DASHES[solver] })),
    ];
    return { ...inColumns(columns, redraw, this.box), legend };
  }
}
