// What is drawn of a snapshot: points, features, losses and the energy distance, in colours for the page's theme.

import { isLight, rgb } from "../lib/canvas.js";
import { drawChart } from "./chart.js";
import { drawFeatures } from "./features.js";
import { drawPoints } from "./points.js";
import { COLOURS } from "./surface.js";

const INK = { light: COLOURS, dark: { real: [86, 180, 233], generated: [255, 152, 60] } }; // of points and curves
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

  // All of it as a PNG's data URL, the points at the left.
  png() {
    const { plane, features, losses, energy } = this, right = [features, losses, energy];
    const gap = 10 * (window.devicePixelRatio || 1);
    const sheet = document.createElement("canvas");
    sheet.width = plane.width + features.width + 3 * gap;
    sheet.height = Math.max(plane.height, right.reduce((sum, one) => sum + one.height + gap, -gap)) + 2 * gap;
    const context = sheet.getContext("2d");
    context.fillStyle = getComputedStyle(this.box).getPropertyValue("--st-background-color") || "#fff";
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(plane, gap, gap);
    let top = gap;
    for (const one of right) {
      context.drawImage(one, plane.width + 2 * gap, top);
      top += one.height + gap;
    }
    return sheet.toDataURL("image/png");
  }
}
