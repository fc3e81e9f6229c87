// Points in the plane: real ones, a mesh of decoded codes, and samples or reconstructions.

import { linear, linspace } from "../lib/axes.js";
import { fit, line, rgb } from "../lib/canvas.js";
import { dot, drawDots, drawNumbers, drawRings, planeScales } from "../lib/dots.js";
import { REACH, drawLines, mesh } from "../lib/mesh.js";

export const LINES = 13; // of the mesh of codes, along each axis
export const FINE = 49; // points of one of them
const FINEST = 257; // points along the only line if a code is one number
const RADIUS = 2.3;

// real, generated (2, n), standardised; pairs: whether generated[k] belongs to real[k]; drawn: the user's points or null;
// probe: null or {mean: [x, y] of p(x|z), from: the encoded point [x, y] or null}.
export function drawPlane(canvas, data, { decoder, settings }, { real, generated, pairs, drawn, probe }, look) {
  const { context, width, height } = fit(canvas), { x, y } = planeScales(data, width, height), [xs, ys] = data.window;
  drawNumbers(context, width, height, xs, ys, look);
  if (drawn) drawRings(context, drawn, linear(xs, [0, width]), linear(ys, [height, 0]), look.ink);
  context.save();
  const flat = settings.latent === 1, fine = flat ? FINEST : FINE;
  Object.assign(context, { strokeStyle: look.ink, lineWidth: flat ? 2 : 1, globalAlpha: flat ? 0.7 : 0.3 });
  for (const codes of flat ? [Float64Array.from(linspace(-REACH, REACH, FINEST))] : mesh(LINES, FINE))
    drawLines(context, decoder.forward(codes, codes.length / settings.latent, "mesh").at(-1), fine, x, y);
  context.restore();
  drawDots(context, real, x, y, rgb(look.colours.real, 0.75), RADIUS);
  if (pairs) drawPairs(context, real, generated, x, y, look.ink);
  drawDots(context, generated, x, y, rgb(look.colours.generated, 0.85), RADIUS);
  if (probe) drawProbe(context, probe, x, y, settings.sigma, look);
}

function drawPairs(context, from, to, x, y, ink) {
  const n = to.length / 2, m = from.length / 2;
  Object.assign(context, { strokeStyle: ink, lineWidth: 1, globalAlpha: 0.45 });
  context.beginPath();
  for (let k = 0; k < n; k++) {
    context.moveTo(x(from[k]), y(from[m + k]));
    context.lineTo(x(to[k]), y(to[n + k]));
  }
  context.stroke();
  context.globalAlpha = 1;
}

// The decoder's mean with a ring of one σ, and a line from the encoded point.
function drawProbe(context, { mean: [a, b], from }, x, y, sigma, { ink, colours }) {
  if (from) line(context, [[x(from[0]), y(from[1])], [x(a), y(b)]], ink, 1.5);
  Object.assign(context, { strokeStyle: rgb(colours.generated), fillStyle: rgb(colours.generated), lineWidth: 2 });
  context.beginPath();
  context.ellipse(x(a), y(b), Math.abs(x(sigma) - x(0)), Math.abs(y(sigma) - y(0)), 0, 0, 7);
  context.stroke();
  dot(context, x(a), y(b), 6);
  if (!from) return;
  context.fillStyle = rgb(colours.real);
  dot(context, x(from[0]), y(from[1]), 6);
}
