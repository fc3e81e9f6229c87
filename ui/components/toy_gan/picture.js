// Draws a snapshot: points, features, losses and the energy distance, in colours for the page's theme.

import { rgb } from "../lib/canvas.js";
import { inColumns } from "../lib/canvas_columns.js";
import { drawChart } from "../lib/step_chart.js";
import { theme } from "../lib/theme.js";
import { drawFeatures } from "./features.js";
import { drawPoints } from "./points.js";

const EQUILIBRIUM = { d: 2 * Math.log(2), g: Math.log(2) }; // of cross entropies

export class Picture {
  constructor(box) {
    this.box = box;
    for (const name of ["plane", "features", "losses", "energy", "rest"]) this[name] = box.querySelector(`.${name}`);
  }

  // data: of the server; networks: {discriminator}; points: as drawPoints takes them.
  draw(data, networks, points, snapshots) {
    const look = theme(this.box);
    drawPoints(this.plane, data, networks, points, look);
    drawFeatures(this.features, data, networks, points, look);
    this.drawCharts(data, snapshots, look);
  }

  drawCharts({ settings: { loss }, floor }, snapshots, look) {
    const entropy = ["minimax", "non_saturating"].includes(loss);
    const shared = { steps: snapshots.values("step"), at: snapshots.current.step };
    this.rest.textContent = entropy ? "dashed: equilibrium" : "";
    const losses = { d: look.colours.real, g: look.colours.generated }, rest = { ...EQUILIBRIUM };
    if (loss === "minimax") rest.g *= -1;
    const series = Object.entries(losses).map(([name, colour]) => ({ values: snapshots.values(name), colour: rgb(colour) }));
    const guides = Object.entries(losses).map(([name, colour]) => ({ value: rest[name], colour: rgb(colour, 0.8) }));
    drawChart(this.losses, { ...shared, series, guides: entropy ? guides : [], log: false }, look);
    const energy = { values: snapshots.values("energy"), colour: look.ink };
    const floors = floor ? [{ value: floor, colour: look.ink }] : [];
    drawChart(this.energy, { ...shared, series: [energy], guides: floors, log: true }, look);
  }

  // For saveSlide() in lib/slide.js: all of it, the points at the left. redraw() draws the canvases again.
  slide(redraw) {
    const columns = [
      [{ canvas: this.plane }],
      [
        { title: "Features", canvas: this.features },
        { title: "Losses", canvas: this.losses },
        { title: "Energy distance", canvas: this.energy },
      ],
    ];
    const { real, generated } = theme(this.box).colours;
    const legend = [
      { name: "real points, loss of the discriminator", colour: rgb(real), kind: "points" },
      { name: "generated points, loss of the generator", colour: rgb(generated), kind: "points" },
    ];
    return { ...inColumns(columns, redraw, this.box), legend };
  }
}
