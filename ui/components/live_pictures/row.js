// The row of one way below the slider: its stored pictures, curves over the same axis, so that a picture's measurements
// are below it, and a sentence about them.

import { curve, words } from "../lib/curves.js";
import { percent } from "../lib/classes.js";
import { element } from "../lib/element.js";
import { fixed } from "../lib/numbers.js";
import { make } from "../lib/svg.js";
import { write } from "../lib/write.js";

const HEIGHT = 56, EDGE = 5; // pixels of a curve, and above and below it
const LETTER = 7; // pixels of a letter, about

export class Row {
  constructor(panel, count) {
    const { title, alt, size: [height, width], facts = [], said = "" } = panel;
    Object.assign(this, { count, facts, label: `${title}. ${said}`, box: element("div", { className: "row" }) });
    const canvas = element("canvas", { width: count * width, height });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${alt}: ${count} pictures on the way`);
    const context = canvas.getContext("2d");
    for (let k = 0; k < count; k++) panel.drawStored([k / (count - 1)], context, k * width);
    this.values = facts.map(() => element("output", {}));
    this.plots = facts.map(() => element("div", {}));
    const under = facts.flatMap((fact, k) => {
      const caption = element("small", {});
      caption.append(`${fact.title}: `, this.values[k]);
      return [caption, this.plots[k]];
    });
    const sentence = element("p", { className: "said", textContent: said });
    this.box.append(element("small", { className: "name", textContent: title }), canvas, ...under, sentence);
  }

  // In so many pixels: picture k has its middle at (k + ½) of them / count.
  draw(width) {
    const across = (share) => ((0.5 + share * (this.count - 1)) / this.count) * width;
    this.facts.forEach((fact, k) => this.plots[k].replaceChildren(plot(fact, across, width, `${fact.title}: ${this.label}`)));
  }

  // What was measured nearest to a value of the slider.
  put(value) {
    this.facts.forEach(({ x, y, names, share }, k) => {
      const at = x.reduce((best, place, i) => (Math.abs(place - value) < Math.abs(x[best] - value) - 1e-9 ? i : best), 0);
      const measured = share ? percent(y[at]) : fixed(y[at], 2);
      write(this.values[k], names.length ? `${names[at]}, ${measured}` : measured);
    });
  }
}

function plot(fact, across, width, label) {
  const { limits: [low, high], colour, x, y, band, ticks, names, share } = fact;
  const up = (value) => HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const svg = make("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label });
  if (band) svg.append(...typical(band, up, width), ...beyond(fact, across, up));
  svg.append(...curve({ kind: "line", colour, x, y }, across, up));
  for (const { name, from, to } of runs(names)) {
    const [left, right] = [from, to].map((k) => across(x[k]));
    if (from) svg.append(make("line", { x1: left, x2: left, y1: EDGE, y2: HEIGHT - EDGE, stroke: "currentColor", opacity: 0.35 }));
    const room = name.length * LETTER < right - left || to === from && name.length < 3;
    if (room) svg.append(words((left + right) / 2, HEIGHT - EDGE - 6, name, { "font-size": 12, "text-anchor": "middle" }));
  }
  for (const tick of ticks) svg.append(words(2, up(tick) + 4, share ? percent(tick) : fixed(tick, 1), { "font-size": 11 }));
  return svg;
}

// The band of typical values.
function typical([low, high], up, width) {
  return [make("rect", { class: "band", x: 0, width, y: up(high), height: Math.max(1, up(low) - up(high)), fill: "#56b4e9", opacity: 0.3 })];
}

// The part of the curve above the band, and if `both` also below it, filled between curve and band.
function beyond({ x, y, band: [low, high], both, colour }, across, up) {
  return [[high, Math.max], ...(both ? [[low, Math.min]] : [])].map(([edge, choose]) => {
    const there = x.map((place, k) => `${across(place)},${up(choose(y[k], edge))}`);
    const back = [`${across(x.at(-1))},${up(edge)}`, `${across(x[0])},${up(edge)}`];
    return make("polygon", { points: [...there, ...back].join(" "), fill: colour, opacity: 0.35 });
  });
}

// Stretches of equal words: [{name, from, to}].
function runs(names) {
  const found = [];
  for (const [k, name] of names.entries()) {
    const last = found.at(-1);
    if (last?.name === name) last.to = k;
    else found.push({ name, from: k, to: k });
  }
  return found;
}
