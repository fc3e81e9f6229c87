// What is drawn of a snapshot: points, features, losses and the energy distance, in colours for the page's theme.

import { isLight, rgb } from "../lib/canvas.js";
import { drawChart } from "./chart.js";
import { drawFeatures } from "./features.js";
import { drawPoints } from "./points.js";
import { COLOURS } from "./surface.js";

const INK = { light: COLOURS, dark: { real: [86, 180, 233], generated: [255, 152, 60] } }; // of points and curves
const GAP = 16, HEADING = 22; // CSS pixels on a slide
const EQUILIBRIUM = { d: 2 * Math.log(2), g: Math.log(2) }; // of cross entropies

export class Picture {
  constructor(box) {
    this.box = box;
    for (const name of ["plane", "features", "losses", "energy", "rest"]) this[name] = box.querySelector(`.${name}`);
  }

  // data: of the server; networks: {discriminator}; points: as drawPoints takes them.
  draw(data, networks, points, snapshots) {
    const style = getComputedStyle(this.box), ink = style.color, colours = INK[isLight(ink) ? "dark" : "light"];
    const look = { ink, colours, font: style.fontFamily };
    this.box.style.setProperty("--real", rgb(colours.real));
    this.box.style.setProperty("--fake", rgb(colours.generated));
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

  // What lib/slide.js draws: all of it, the points at the left. redraw() draws the canvases anew, which have as many pixels
  // as the slide while it is drawn.
  slide(redraw) {
    const { plane, ...others } = this.canvases, right = Object.entries(others);
    const sizes = new Map(Object.values(this.canvases).map((canvas) => [canvas, canvas.getBoundingClientRect()]));
    const height = (canvas) => sizes.get(canvas).height, [, { width }] = [...sizes][1];
    const size = [
      sizes.get(plane).width + GAP + width,
      Math.max(height(plane), right.reduce((sum, [, canvas]) => sum + HEADING + height(canvas), 0)),
    ];
    const paint = (context) => {
      for (const canvas of sizes.keys()) canvas.dataset.density = context.getTransform().a;
      redraw();
      const put = (canvas, x, y) => context.drawImage(canvas, x, y, sizes.get(canvas).width, height(canvas));
      put(plane, 0, 0);
      let top = 0;
      context.font = `600 13px ${getComputedStyle(this.box).fontFamily}`;
      for (const [title, canvas] of right) {
        context.fillText(title, sizes.get(plane).width + GAP, top + 14);
        put(canvas, sizes.get(plane).width + GAP, top + HEADING);
        top += HEADING + height(canvas);
      }
      for (const canvas of sizes.keys()) delete canvas.dataset.density;
      redraw();
    };
    const [real, fake] = ["--real", "--fake"].map((name) => this.box.style.getPropertyValue(name));
    const legend = [
      { name: "real points, loss of the discriminator", colour: real, kind: "points" },
      { name: "generated points, loss of the generator", colour: fake, kind: "points" },
    ];
    return { size, paint, legend };
  }

  get canvases() {
    const { plane, features, losses, energy } = this;
    return { plane, Features: features, Losses: losses, "Energy distance": energy };
  }
}
