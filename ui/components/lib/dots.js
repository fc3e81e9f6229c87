// Points of the plane on a canvas, and the numbers of its axes.

import { linear, ticks } from "./axes.js";
import { number } from "./numbers.js";

// points (2, n); x, y: functions to places on the canvas.
export function drawDots(context, points, x, y, colour, radius) {
  const n = points.length / 2;
  context.fillStyle = colour;
  context.beginPath();
  for (let k = 0; k < n; k++) {
    const left = x(points[k]), top = y(points[n + k]);
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 7);
  }
  context.fill();
}

export function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

// Scales {x, y} of a canvas for standardised coordinates, and the window in these; data.window is in the data's units.
export function planeScales({ window, centre, scale }, width, height) {
  const standard = window.map((ends, axis) => ends.map((value) => (value - centre[axis]) / scale[axis]));
  return { x: linear(standard[0], [0, width]), y: linear(standard[1], [height, 0]), window: standard };
}

// Labels at the edges of a canvas of this size that shows xs and ys, each [low, high].
export function drawNumbers(context, width, height, xs, ys, { ink, font }) {
  const x = linear(xs, [0, width]), y = linear(ys, [height, 0]);
  Object.assign(context, { fillStyle: ink, globalAlpha: 0.65, font: font(11), textAlign: "center" });
  for (const tick of ticks(...xs, 4)) if (x(tick) > 14 && x(tick) < width - 14) context.fillText(number(tick), x(tick), height - 5);
  context.textAlign = "left";
  for (const tick of ticks(...ys, 4)) if (y(tick) > 12 && y(tick) < height - 20) context.fillText(number(tick), 5, y(tick) + 4);
  context.globalAlpha = 1;
}

// Around points [[x, y], …].
export function drawRings(context, points, x, y, colour) {
  Object.assign(context, { strokeStyle: colour, globalAlpha: 0.4, lineWidth: 1 });
  for (const point of points) {
    context.beginPath();
    context.arc(x(point[0]), y(point[1]), 5, 0, 7);
    context.stroke();
  }
  context.globalAlpha = 1;
}
