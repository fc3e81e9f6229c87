// The points in the discriminator's last hidden layer, which has two units, with a mesh of the plane.

import { linear } from "../lib/axes.js";
import { fit, rgb } from "../lib/canvas.js";
import { drawDots } from "../lib/dots.js";
import { extent, grid } from "../lib/point_arrays.js";
import { surface } from "./surface.js";

const CELLS = 32; // of the surface, along each side
const LINES = 9, FINE = 33; // of the mesh: lines each way, and points along one of them
const REACH = 2.4; // of the mesh, in standard deviations

export function drawFeatures(canvas, { settings }, { discriminator }, { real, generated }, { ink, colours }) {
  const { context, width, height } = fit(canvas);
  const [realFeatures, generatedFeatures] = [real, generated].map((points) => features(discriminator, points).slice());
  const window = [0, 1].map((unit) => {
    const half = (points) => points.subarray((unit * points.length) / 2, ((unit + 1) * points.length) / 2);
    const [low, high] = extent([...half(realFeatures), ...half(generatedFeatures)]), margin = 0.12 * (high - low) || 1e-3;
    return [low - margin, high + margin];
  });
  const x = linear(window[0], [0, width]), y = linear(window[1], [height, 0]);
  // The last layer alone on a grid of features: its border is a line.
  const n = CELLS * CELLS, logits = discriminator.layer(discriminator.layers.at(-1), grid(window, CELLS), n, new Float64Array(n));
  context.drawImage(surface(settings.loss, logits, CELLS), 0, 0, width, height);
  Object.assign(context, { strokeStyle: ink, globalAlpha: 0.22, lineWidth: 1 });
  for (const upright of [true, false]) drawMesh(context, features(discriminator, mesh(upright)), x, y);
  context.globalAlpha = 1;
  drawDots(context, realFeatures, x, y, rgb(colours.real, 0.75), 2);
  drawDots(context, generatedFeatures, x, y, rgb(colours.generated, 0.85), 2);
}

// (2, n), overwritten by the next call.
function features(discriminator, points) {
  return discriminator.forward(points, points.length / 2, "features").at(-2);
}

// Points along straight lines of the plane, line after line: (2, LINES · FINE).
function mesh(upright) {
  const n = LINES * FINE, points = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    const along = REACH * ((2 * (k % FINE)) / (FINE - 1) - 1), beside = REACH * ((2 * Math.floor(k / FINE)) / (LINES - 1) - 1);
    [points[k], points[n + k]] = upright ? [beside, along] : [along, beside];
  }
  return points;
}

function drawMesh(context, points, x, y) {
  const n = points.length / 2;
  context.beginPath();
  for (let k = 0; k < n; k++) context[k % FINE ? "lineTo" : "moveTo"](x(points[k]), y(points[n + k]));
  context.stroke();
}
