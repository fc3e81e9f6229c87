// A small chart over steps on a canvas, and the step at a pointer.

import { decades, linear, ticks } from "./axes.js";
import { boxOf, fit, line } from "./canvas.js";
import { number } from "./numbers.js";
import { extent } from "./point_arrays.js";

const LEFT = 40, RIGHT = 8, TOP = 8, BOTTOM = 18; // margins

// series: [{values, colour, dash}], a null in values is a gap, a single value is a dot, dash as for line(); guides: [{value, colour, outside}],
// drawn as dashed lines, outside: whether one may lie outside of the scale; steps: of every value, from 0 on; at: the step that a
// line marks; log: whether the scale is logarithmic; cut: the share of the highest and of the lowest values that may lie outside;
// skip: so many of the first may, too; least: of the scale; floor: no value is smaller, and the scale does not reach below it;
// names: [[step, text]] under the axis in place of round numbers.
export function drawChart(canvas, { series, guides, steps, at, log = false, cut = 0.01, skip = 0, least = 1e-3, floor = -Infinity, names = null }, { ink, font }) {
  const { context, width, height } = fit(canvas);
  const scaled = log ? (value) => Math.log10(Math.max(value, 1e-6)) : (value) => value;
  const all = [...series.flatMap(({ values }) => values.slice(skip)), ...guides.flatMap(({ value, outside }) => (outside ? [] : [value]))];
  const [lowest, high] = range(all.filter((value) => value !== null).map(scaled), cut, least), end = steps.at(-1) || 1;
  const low = Math.max(lowest, scaled(floor));
  const x = linear([0, end], [LEFT, width - RIGHT]), level = linear([low, high], [height - BOTTOM, TOP]);
  const y = (value) => level(scaled(value));
  Object.assign(context, { font: font(10.5), fillStyle: ink, textAlign: "right" });
  for (const tick of log ? decades(10 ** low, 10 ** high) : ticks(low, high, 3)) {
    context.globalAlpha = 0.15;
    context.fillRect(LEFT, y(tick), width - LEFT - RIGHT, 1);
    context.globalAlpha = 0.7;
    context.fillText(number(tick), LEFT - 5, y(tick) + 3.5);
  }
  const beneath = names ?? ticks(0, end, 2).filter((tick) => x(tick) < width - 12).map((tick) => [tick, number(tick)]);
  for (const [step, text] of beneath) {
    const last = x(step) > width - 12; // centred, it would be cut off at the edge
    context.textAlign = last ? "right" : "center";
    context.fillText(text, last ? width - 1 : x(step), height - 4);
  }
  context.globalAlpha = 0.5;
  context.fillRect(x(at) - 0.75, TOP, 1.5, height - TOP - BOTTOM);
  context.globalAlpha = 1;
  context.save();
  context.beginPath();
  context.rect(LEFT, 0, width - LEFT, height - BOTTOM + 1);
  context.clip();
  for (const { value, colour } of guides) line(context, [[LEFT, y(value)], [width - RIGHT, y(value)]], colour, 1.2, [5, 4]);
  for (const { values, colour, dash } of series) {
    const points = values.flatMap((value, k) => (value === null ? [] : [[x(steps[k]), y(value)]]));
    if (points.length === 1) dot(context, points[0], colour);
    else line(context, points, colour, 1.8, dash);
  }
  context.restore();
}

// A curve of one value.
function dot(context, [x, y], colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fill();
}

// The step at a pointer on a chart that ends at step `end`.
export function stepAt(canvas, event, end) {
  const { width, at } = boxOf(canvas), [x] = at(event);
  return linear([LEFT, width - RIGHT], [0, end])(x);
}

// [low, high] with a margin, without a share of the highest and lowest values, so that one spike flattens no curve.
function range(values, share, least) {
  const sorted = Float64Array.from(values).sort(), cut = Math.floor(sorted.length * share);
  let [low, high] = sorted.length ? extent(sorted.subarray(cut, sorted.length - cut)) : [0, 1];
  if (high - low < least) [low, high] = [low - Math.max(0.5, least / 2), high + Math.max(0.5, least / 2)];
  const margin = 0.06 * (high - low);
  return [low - margin, high + margin];
}
