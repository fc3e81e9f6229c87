// The plane of the points: the discriminator's surface, real and generated points, and the generator's arrows.

import { drawArrows } from "../lib/arrows.js";
import { linear } from "../lib/axes.js";
import { fit, rgb } from "../lib/canvas.js";
import { drawDots, drawNumbers, drawRings, planeScales } from "../lib/dots.js";
import { LOSSES } from "../lib/gan_losses.js";
import { clamp } from "../lib/numbers.js";
import { grid } from "../lib/point_arrays.js";
import { surface } from "./surface.js";

const CELLS = 48; // of the surface, along each side
const LONGEST = 42; // CSS pixels of an arrow
const RADIUS = 2.3;

// data: of the server. networks: {discriminator}. real, generated (2, n) standardised; drawn: the user's own points
// [[x, y], …] in the data's units, or null. arrows: their length for a slope of 1, in standard deviations. look: {ink,
// font, colours}.
export function drawPoints(canvas, data, { discriminator }, { real, generated, drawn, arrows }, look) {
  const { window: [xs, ys], settings } = data;
  const { context, width, height } = fit(canvas);
  const { x: across, y: up, window: standard } = planeScales(data, width, height);
  const x = (value) => clamp(across(value), 0, width), y = (value) => clamp(up(value), 0, height); // points outside are drawn at the edge
  const logits = discriminator.forward(grid(standard, CELLS), CELLS * CELLS, "grid").at(-1);
  context.drawImage(surface(settings.loss, logits, CELLS), 0, 0, width, height);
  drawNumbers(context, width, height, xs, ys, look);
  if (drawn) drawRings(context, drawn, linear(xs, [0, width]), linear(ys, [height, 0]), look.ink);
  drawDots(context, real, x, y, rgb(look.colours.real, 0.75), RADIUS);
  const forces = arrows && generatorForces(discriminator, generated, settings.loss, arrows);
  if (arrows) drawArrows(context, generated, forces, { x, y }, { colour: look.ink, longest: LONGEST, every: 2 }); // avoids overlaps
  drawDots(context, generated, x, y, rgb(look.colours.generated, 0.9), RADIUS);
}

// The number of points (2, n), standardised, that lie outside the window.
export function outside(points, { window, centre, scale }) {
  const n = points.length / 2, inside = (value, axis) => {
    const place = value * scale[axis] + centre[axis];
    return place >= window[axis][0] && place <= window[axis][1];
  };
  let count = 0;
  for (let k = 0; k < n; k++) if (!inside(points[k], 0) || !inside(points[n + k], 1)) count++;
  return count;
}

// Minus the gradient of the generator's loss at every point, times `factor`: the direction in which it moves, (2, n).
function generatorForces(discriminator, generated, loss, factor) {
  const n = generated.length / 2, outputs = discriminator.forward(generated, n, "forces"), slope = LOSSES[loss].generator[1];
  return discriminator.inputGradient(outputs, n).map((part, k) => -factor * slope(outputs.at(-1)[k % n]) * part);
}
