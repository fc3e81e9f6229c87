// The points in the discriminator's last hidden layer, which has two units, with a mesh of the plane.

import { linear } from "../lib/axes.js";
import { fit, rgb } from "../lib/canvas.js";
import { drawDots } from "../lib/dots.js";
import { drawLines, mesh } from "../lib/mesh.js";
import { extent, grid } from "../lib/point_arrays.js";
import { surface } from "./surface.js";

const CELLS = 32; // of the surface, along each side
const LINES = 9, FINE = 33; // of the mesh: lines along each axis, and points of one of them

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
  for (const lines of mesh(LINES, FINE)) drawLines(context, features(discriminator, lines), FINE, x, y);
  context.globalAlpha = 1;
  drawDots(context, realFeatures, x, y, rgb(colours.real, 0.75), 2);
  drawDots(context, generatedFeatures, x, y, rgb(colours.generated, 0.85), 2);
}

// (2, n), overwritten by the next call.
function features(discriminator, points) {
  return discriminator.forward(points, points.length / 2, "features").at(-2);
}
