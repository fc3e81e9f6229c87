// The latent space: q(z|x) of real points as ellipses (two dimensions) or bars (one), the prior behind them, and the
// decoder's outputs for places.

import { linear, ticks } from "../lib/axes.js";
import { fit, line, rgb } from "../lib/canvas.js";
import { dot } from "../lib/dots.js";
import { drawLines, mesh } from "../lib/mesh.js";
import { number, roundUp } from "../lib/numbers.js";
import { extent, grid } from "../lib/point_arrays.js";
import { Pictures } from "./pictures.js";
import { FINE, LINES } from "./plane.js";

const LEAST = 3.2; // standard deviations of the prior from the middle to an edge
const ELLIPSES = 60, DOTS = 250, BARS = 48;
const CELLS = 11; // of the grid of pictures, along each side
const DIM = 0.55, GAP = 1.5; // opacity of pictures under ellipses, and CSS pixels around each
const FOOT = 18; // CSS pixels under the bars, for numbers
const LARGE = 76; // CSS pixels of the picture beside a pointer

// Half the width of the window, so that all means lie inside.
export function reach(means) {
  const [low, high] = extent(means), far = Math.max(high, -low);
  return Number.isFinite(far) && far > LEAST ? roundUp(1.05 * far) : LEAST;
}

// The places on a canvas {x, y} of a code.
export function scales(half, width, height) {
  return { x: linear([-half, half], [0, width]), y: linear([-half, half], [height, 0]) };
}

// vae: the displayed networks. codes: {means, logVars} (latent, n). data: side of pictures or null, labels, colours. probe: null or
// {z: [..], q: {mean, sd} or null, pixels: (side², 1) or null}.
export function drawLatent(canvas, vae, codes, data, probe, look) {
  const { context, width, height } = fit(canvas), half = reach(codes.means), { x, y } = scales(half, width, height);
  const colours = (k) => (data.labels ? data.colours[data.labels[k]] : rgb(look.colours.real));
  const flat = vae.latent === 1, strip = flat && data.side ? width / CELLS : 0, ground = height - FOOT - strip;
  if (data.side) drawDecoded(context, vae.decoder, data.side, half, width, flat ? ground : 0);
  else if (!flat) {
    Object.assign(context, { strokeStyle: look.ink, lineWidth: 1, globalAlpha: 0.2 });
    for (const lines of mesh(LINES, FINE)) drawLines(context, lines, FINE, x, y);
    context.globalAlpha = 1;
  }
  if (flat) drawBars(context, codes, { x, half, ground, width, height }, colours, look);
  else drawEllipses(context, codes, x, y, colours, look, data.side);
  if (!probe) return;
  const place = [x(probe.z[0]), flat ? ground / 2 : y(probe.z[1])];
  if (flat) line(context, [[place[0], 0], [place[0], height]], rgb(look.colours.generated), 2);
  if (probe.q && !flat) drawEllipse(context, probe.q.mean, probe.q.sd, x, y, { stroke: look.ink, width: 3, fill: 0 });
  if (probe.q && flat) line(context, [-1, 1].map((side) => [x(probe.q.mean[0] + side * probe.q.sd[0]), place[1]]), look.ink, 4);
  context.fillStyle = rgb(look.colours.generated);
  dot(context, ...place, 6);
  if (!probe.pixels) return;
  const [left, top] = [place[0] + (place[0] > width / 2 ? -LARGE - 12 : 12), place[1] + (place[1] > height / 2 ? -LARGE - 12 : 12)];
  new Pictures("probe", probe.pixels, 1, data.side).draw(context, 0, { left, top, size: LARGE, frame: rgb(look.colours.generated) });
}

// The decoder's pictures for the middles of cells: all over the window, or in a row at `top` for one dimension.
function drawDecoded(context, decoder, side, half, width, top) {
  const window = [[-half, half], [-half, half]], size = width / CELLS, count = top ? CELLS : CELLS * CELLS;
  const middles = grid(window, CELLS), codes = top ? middles.subarray(0, CELLS) : middles;
  const pictures = new Pictures("grid", decoder.forward(codes, count, "grid").at(-1), count, side);
  Object.assign(context, { fillStyle: "#000", globalAlpha: 1 });
  context.fillRect(0, top, width, Math.ceil(count / CELLS) * size);
  context.globalAlpha = top ? 1 : DIM;
  for (let k = 0; k < count; k++) {
    pictures.draw(context, k, { left: (k % CELLS) * size + GAP, top: top + Math.floor(k / CELLS) * size + GAP, size: size - 2 * GAP });
  }
  context.globalAlpha = 1;
}

function drawEllipses(context, { means, logVars }, x, y, colours, { ink, font }, pictures) {
  const n = means.length / 2, prior = pictures ? "#fff" : ink;
  for (let k = 0; k < Math.min(ELLIPSES, n); k++) {
    const mean = [means[k], means[n + k]], sd = [Math.exp(logVars[k] / 2), Math.exp(logVars[n + k] / 2)];
    drawEllipse(context, mean, sd, x, y, { stroke: colours(k), width: pictures ? 1.6 : 1, fill: pictures ? 0.2 : 0.03 });
  }
  for (let k = 0; k < Math.min(DOTS, n); k++) {
    context.fillStyle = colours(k);
    dot(context, x(means[k]), y(means[n + k]), pictures ? 2.6 : 1.8);
  }
  for (const radius of [1, 2, 3]) drawEllipse(context, [0, 0], [radius, radius], x, y, { stroke: prior, width: radius === 1 ? 2 : 1.2, dash: [6, 5], fill: 0 });
  Object.assign(context, { fillStyle: prior, font: font(12), textAlign: "center" });
  for (const radius of [1, 2, 3]) context.fillText(String(radius), x(0), y(radius) - 3);
}

function drawEllipse(context, mean, sd, x, y, { stroke, width, dash = [], fill }) {
  Object.assign(context, { strokeStyle: stroke, fillStyle: stroke, lineWidth: width });
  context.setLineDash(dash);
  context.beginPath();
  context.ellipse(x(mean[0]), y(mean[1]), Math.abs(x(sd[0]) - x(0)), Math.abs(y(sd[1]) - y(0)), 0, 0, 7);
  context.stroke();
  context.setLineDash([]);
  if (!fill) return;
  context.globalAlpha = fill;
  context.fill();
  context.globalAlpha = 1;
}

// One bar from mean − sd to mean + sd for each point, in the order of the means; dashed: the prior's.
function drawBars(context, { means, logVars }, { x, half, ground, width, height }, colours, { ink, font }) {
  const count = Math.min(BARS, means.length), order = Array.from({ length: count }, (_, k) => k).sort((a, b) => means[a] - means[b]);
  for (const place of [-2, -1, 0, 1, 2]) line(context, [[x(place), 0], [x(place), ground]], ink, Math.abs(place) === 1 ? 2 : 1, [6, 5]);
  order.forEach((k, row) => {
    const sd = Math.exp(logVars[k] / 2), y = ((row + 0.5) / count) * ground;
    context.globalAlpha = 0.55;
    line(context, [[x(means[k] - sd), y], [x(means[k] + sd), y]], colours(k), Math.max(2, ground / count - 3));
    context.globalAlpha = 1;
    context.fillStyle = ink;
    dot(context, x(means[k]), y, 1.8);
  });
  Object.assign(context, { fillStyle: ink, globalAlpha: 0.75, font: font(11), textAlign: "center" });
  for (const tick of ticks(-half, half, 5)) if (x(tick) > 12 && x(tick) < width - 12) context.fillText(number(tick), x(tick), height - 5);
  context.globalAlpha = 1;
}
