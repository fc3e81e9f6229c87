// The plane: noise, real points, generated points at a time t with their paths, the velocity, and the path of one point.

import { drawArrows } from "../lib/arrows.js";
import { linear } from "../lib/axes.js";
import { fit, line, rgb } from "../lib/canvas.js";
import { dot, drawDots, drawNumbers, drawRings, planeScales } from "../lib/dots.js";
import { clamp } from "../lib/numbers.js";
import { along } from "../lib/ode.js";
import { grid } from "../lib/point_arrays.js";

const RADIUS = 2.3;
const LINES = 80; // paths that are drawn
const CELLS = 17; // of the field, along each side
const MOMENT = 0.1; // an arrow is as long as the distance moved in this time,
const LONGEST = 24; // but at most so many CSS pixels
const BEADS = 32; // steps of a path of which each is a dot, at most

// Grey as noise, on both grounds.
export const NOISE = [138, 138, 138];

// data: of the server. velocity(x, t). content: {noise, real (2, n), standardised; places: of the noise at every step of the
// solver; t; field, paths: what is drawn; drawn: the user's points or null; probe: null or {places, back, data}: a path from
// noise to data, and where it began there, if it did}.
export function drawPlane(canvas, data, velocity, { noise, real, places, t, field, paths, drawn, probe }, look) {
  const { context, width, height } = fit(canvas), { x: across, y: up, window } = planeScales(data, width, height);
  const x = (value) => clamp(across(value), 0, width), y = (value) => clamp(up(value), 0, height); // points outside are drawn at the edge
  const [xs, ys] = data.window, at = along(places, t), orange = rgb(look.colours.generated, 0.9);
  drawNumbers(context, width, height, xs, ys, look);
  if (drawn) drawRings(context, drawn, linear(xs, [0, width]), linear(ys, [height, 0]), look.ink);
  drawDots(context, noise, x, y, rgb(NOISE, 0.6), RADIUS);
  drawDots(context, real, x, y, rgb(look.colours.real, 0.75), RADIUS);
  if (field) {
    const points = grid(window, CELLS), ways = velocity(points, t).map((part) => MOMENT * part);
    drawArrows(context, points, ways, { x, y }, { colour: look.ink, longest: LONGEST });
  }
  if (paths) {
    drawPaths(context, places, x, y, rgb(NOISE, 0.35));
    drawPaths(context, walked(places, t), x, y, rgb(look.colours.generated, 0.45));
  }
  drawDots(context, at, x, y, orange, RADIUS);
  if (probe) drawProbe(context, probe, t, x, y, look);
}

// The part of a path until t.
function walked(places, t) {
  return [...places.slice(0, Math.floor(t * (places.length - 1)) + 1), along(places, t)];
}

function drawPaths(context, places, x, y, colour) {
  const n = places[0].length / 2;
  Object.assign(context, { strokeStyle: colour, lineWidth: 1 });
  context.beginPath();
  for (let k = 0; k < Math.min(LINES, n); k++)
    places.forEach((at, step) => context[step ? "lineTo" : "moveTo"](x(at[k]), y(at[n + k])));
  context.stroke();
}

// Of one point: with a dot for each step, a larger one where it is now, and where it came from in the data with its error.
function drawProbe(context, { places, back, data }, t, x, y, { ink, colours }) {
  const on = ([a, b]) => [x(a), y(b)];
  if (back) line(context, back.map(on), ink, 4, [2, 5]);
  line(context, places.map(on), ink, 2);
  context.fillStyle = ink;
  if (places.length - 1 <= BEADS) for (const place of places) dot(context, ...on(place), 2.6);
  const ends = [[places[0], NOISE], [along(places, t), colours.generated]];
  if (data) ends.push([data, colours.real]);
  for (const [place, colour] of ends) {
    Object.assign(context, { fillStyle: rgb(colour), strokeStyle: ink, lineWidth: 1.5 });
    dot(context, ...on(place), 6);
    context.stroke();
  }
}
