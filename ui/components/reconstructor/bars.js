// The Gaussian q(z|x) of a picture: a dot for the mean of every dimension, a line for ± σ, behind them the prior's ± 1.

import { linear, ticks } from "../lib/axes.js";
import { fit, line, rgb } from "../lib/canvas.js";
import { number } from "../lib/numbers.js";
import { theme } from "../lib/theme.js";

const LEFT = 30, FOOT = 24, TOP = 8, RIGHT = 8; // margins in CSS pixels
const LEAST = 2.5; // of the axis, so that the prior is always visible

// code: {mean, logVar}, an array for each; null clears the canvas.
export function drawBars(canvas, code) {
  const { context, width, height } = fit(canvas), { ink, font, colours } = theme(canvas);
  if (!code) return;
  const { mean, logVar } = code, sigmas = Array.from(logVar, (value) => Math.exp(value / 2)), count = mean.length;
  const most = Math.max(LEAST, ...sigmas.map((sigma, k) => Math.abs(mean[k]) + sigma));
  const x = linear([-0.5, count - 0.5], [LEFT, width - RIGHT]), y = linear([-most, most], [height - FOOT, TOP]);
  context.fillStyle = "rgba(128, 128, 128, 0.22)";
  context.fillRect(LEFT, y(1), width - LEFT - RIGHT, y(-1) - y(1));
  Object.assign(context, { font: font(12), fillStyle: ink, textAlign: "right", textBaseline: "middle" });
  for (const tick of ticks(-most, most, 5)) {
    context.globalAlpha = tick === 0 ? 0.5 : 0.18;
    line(context, [[LEFT, y(tick)], [width - RIGHT, y(tick)]], ink, 1);
    context.globalAlpha = 0.8;
    context.fillText(number(tick), LEFT - 6, y(tick));
  }
  Object.assign(context, { textAlign: "center", textBaseline: "alphabetic" });
  for (const tick of ticks(0, count - 1, 5)) if (Number.isInteger(tick)) context.fillText(number(tick), x(tick), height - 8);
  context.globalAlpha = 1;
  const blue = rgb(colours.real), thick = Math.max(1, Math.min(3, (x(1) - x(0)) / 4));
  for (let k = 0; k < count; k++) {
    line(context, [[x(k), y(mean[k] - sigmas[k])], [x(k), y(mean[k] + sigmas[k])]], rgb(colours.real, 0.6), thick);
    context.fillStyle = blue;
    context.beginPath();
    context.arc(x(k), y(mean[k]), Math.min(4, thick + 1.2), 0, 7);
    context.fill();
  }
}
