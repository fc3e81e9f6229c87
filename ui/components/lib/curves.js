// Panels of curves as SVG, with a legend to press and a PNG to save.
//
// A panel is {title, range: [low, high], log, series: [{name, kind: "line" | "points", colour, x, y, spread, dash,
// off}]}; null in y makes a gap. All panels of a component share one axis [first, last] and its margins, or have an
// `axis`; `ticks` are its labels if round numbers are unsuitable, `quantity` is its name of at most eight letters. The
// vertical quantity and its unit are in the title. `band`: {low, high, colour}, typical values, drawn behind the
// curves; `height` in CSS pixels, by default PANEL.

import d3line from "../vendor/d3-shape/line.js";
import { decades, ticks, ticksAcross } from "./axes.js";
import { boxOf } from "./canvas.js";
import { legendButton, legendOf } from "./legend.js";
import { clamp, number, power } from "./numbers.js";
import { saveSlide } from "./slide.js";
import { make, SVG } from "./svg.js";

// Margins of every picture, so that their axes line up; heights of a panel, its title and the labels below it.
export const LEFT = 54;
export const RIGHT = 14;
export const PANEL = 210;
export const HEAD = 30;
export const FOOT = 26;
export const APART = 8; // between pictures of a PNG
const PALE = new Set(["#e69f00", "#56b4e9", "#b4b4a0"]); // too little contrast on a light panel, as in ui/charts.py
export const WIDE = 700; // a picture this wide has no other beside it in a PNG

// From a value of the axis to its place in a picture.
export function across([first, last], width) {
  return (x) => LEFT + ((x - first) / (last - first)) * (width - LEFT - RIGHT);
}

// The value of an axis at a place in a picture: the inverse of across().
export function back([first, last], width) {
  return (x) => first + ((x - LEFT) / (width - LEFT - RIGHT)) * (last - first);
}

export function upwards({ range: [low, high], log, height = PANEL }) {
  const scale = log ? Math.log10 : (value) => value, [from, to] = [scale(low), scale(high)];
  const share = (value) => (scale(value) - from) / (to - from);
  return (value) => height - FOOT - clamp(share(value), -1, 2) * (height - FOOT - HEAD);
}

let clips = 0;

// One panel as an SVG element, without the series named in `hidden`.
export function panel(given, shared, width, hidden) {
  const axis = given.axis ?? shared, height = given.height ?? PANEL;
  const x = across(axis, width), y = upwards(given), [low, high] = given.range;
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": given.title });
  svg.append(heading(given.title));
  for (const tick of given.log ? decades(low, high) : ticks(low, high)) {
    const opacity = tick === 0 ? 0.45 : 0.15;
    svg.append(make("line", { x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick), stroke: "currentColor", opacity }));
    const text = given.log ? power(tick) : number(tick);
    svg.append(words(LEFT - 8, y(tick) + 4, text, { "font-size": 12, "text-anchor": "end" }));
  }
  svg.append(...numbersAcross(axis, width, given));
  const id = `panel-${clips++}`, clip = make("clipPath", { id });
  clip.append(make("rect", { x: LEFT - 6, y: HEAD - 8, width: width - LEFT - RIGHT + 12, height: height - FOOT - HEAD + 16 }));
  const inside = make("g", { "clip-path": `url(#${id})` });
  if (given.band) inside.append(band(given.band, y, width));
  for (const one of given.series.filter(({ name }) => !hidden.has(name))) inside.append(...curve(one, x, y));
  svg.append(clip, inside);
  return svg;
}

// A strip from one value to another, at least two pixels high.
function band({ low, high, colour }, y, width) {
  const [top, bottom] = [y(high), y(low)], tall = Math.max(2, bottom - top);
  const place = { x: LEFT, width: width - LEFT - RIGHT, y: (top + bottom - tall) / 2, height: tall };
  return make("rect", { class: "band", ...place, fill: colour, opacity: 0.4 });
}

// The title of a picture.
export function heading(text, x = LEFT) {
  return words(x, 18, text, { "font-size": 13, "font-weight": 600 });
}

// The labels below an axis, and at their left its name.
export function numbersAcross(axis, width, { ticks: given, quantity: name = "", height = PANEL } = {}) {
  const x = across(axis, width), places = given ?? ticksAcross(axis, width, width - LEFT - RIGHT);
  const numbers = places.map((tick) => {
    const text = number(tick), cut = x(tick) + 4 * text.length > width; // a long label at the right end
    return words(cut ? width - 2 : x(tick), height - 7, text, { "font-size": 12, "text-anchor": cut ? "end" : "middle" });
  });
  if (!name) return numbers;
  const [at, anchor] = name.length > 7 ? [2, "start"] : [LEFT - 13, "end"]; // eight letters need the whole margin
  return [words(at, height - 7, name, { "font-size": 12, "font-weight": 600, "text-anchor": anchor }), ...numbers];
}

// The SVG elements of one series.
export function curve({ kind, colour, x, y: values, spread, dash }, across, y) {
  if (kind === "line") {
    const line = d3line((_, k) => across(x[k]), y).defined((value) => value !== null).digits(1);
    const stroke = { stroke: colour, "stroke-width": 2, ...(dash ? { "stroke-dasharray": "6 4" } : {}) };
    const gap = (k) => (values[k] ?? null) === null, alone = [...values.keys()].filter((k) => !gap(k) && gap(k - 1) && gap(k + 1));
    const dots = alone.map((k) => make("circle", { cx: across(x[k]), cy: y(values[k]), r: 4, fill: colour }));
    const path = { d: line(values) ?? "", fill: "none", ...stroke };
    const edge = PALE.has(colour) ? [make("path", { ...path, stroke: "currentColor", "stroke-width": 4 })] : [];
    return [...edge, make("path", path), ...dots];
  }
  return values.flatMap((value, k) => {
    if (value === null) return [];
    const at = across(x[k]), dot = make("circle", { cx: at, cy: y(value), r: 4, fill: colour });
    if (!spread) return [dot];
    const bar = { x1: at, x2: at, y1: y(value - spread[k]), y2: y(value + spread[k]), stroke: colour, "stroke-width": 2 };
    return [make("line", bar), dot];
  });
}

// A vertical line in a panel; returns the function that puts it at a value of the axis.
export function marker(svg, across) {
  const { height } = svg.viewBox.baseVal;
  const line = make("line", { class: "marker", y1: 24, y2: height - FOOT, stroke: "currentColor", "stroke-width": 1.5, opacity: 0.7 });
  svg.append(line);
  return (value) => ["x1", "x2"].forEach((name) => line.setAttribute(name, across(value)));
}

// The axis value at a pointer, clamped to the axis.
export function along(event, svg, [first, last]) {
  const { width, at } = boxOf(svg), [x] = at(event);
  const share = (x - LEFT) / (width - LEFT - RIGHT);
  return first + clamp(share, 0, 1) * (last - first);
}

// The value of a series at the place nearest to x; null if it has none.
export function nearest({ x, y }, at) {
  let best = null, least = Infinity;
  x.forEach((place, k) => {
    const distance = Math.abs(place - at);
    if (y[k] !== null && distance < least - 1e-9) [best, least] = [y[k], distance];
  });
  return best;
}

// [left, right] of a series at a gap between two values; null elsewhere.
export function jump({ x, y }, at) {
  const here = [...x.keys()].filter((k) => Math.abs(x[k] - at) < 1e-9);
  if (!here.length || here.some((k) => y[k] !== null)) return null;
  const sides = [y[here[0] - 1], y[here.at(-1) + 1]];
  return sides.every((value) => Number.isFinite(value)) ? sides : null;
}

// Hides series that start hidden when they first appear, and not again after the user has shown them.
export function hideAtFirst(panels, hidden, met) {
  for (const { name, off } of panels.flatMap(({ series }) => series)) {
    if (off && !met.has(name)) hidden.add(name);
    met.add(name);
  }
}

// Buttons with the names of all series; a press hides or shows one. Returns [{one, value: element for its value}].
// Buttons with an existing name are reused, so that they keep the keyboard focus.
export function legend(box, panels, hidden, redraw) {
  const every = new Map();
  for (const one of panels.flatMap(({ series }) => series)) if (!every.has(one.name)) every.set(one.name, one);
  const before = new Map([...box.children].map((button) => [button.dataset.name, button]));
  const entries = [...every.values()].map((one) => {
    const button = before.get(one.name) ?? seriesButton(one.name), [sign, , value] = button.childNodes;
    sign.style.color = one.colour;
    sign.className = one.kind;
    sign.classList.toggle("edged", PALE.has(one.colour) && one.kind === "line" && !one.dash);
    sign.style.borderTopStyle = one.dash ? "dashed" : "";
    button.setAttribute("aria-pressed", String(!hidden.has(one.name)));
    button.onclick = () => {
      if (!hidden.delete(one.name)) hidden.add(one.name);
      redraw();
    };
    return { one, value, button };
  });
  const buttons = entries.map(({ button }) => button);
  if (buttons.length !== box.children.length || buttons.some((button, k) => button !== box.children[k])) box.replaceChildren(...buttons);
  return entries;
}

// With a place for the value.
function seriesButton(name) {
  const button = legendButton(name);
  button.append(document.createElement("b"));
  return button;
}

// Saves pictures with a title and the legend as one PNG: side by side as far as they fit into the width of the widest
// one, or from three narrow pictures of equal width on in two columns. words: from ui/slides.py. down: whether the
// columns are filled one after the other, as on the page, instead of alternately.
export async function save(pictures, box, words, { down = false } = {}) {
  const sizes = pictures.map((svg) => svg.viewBox.baseVal), widest = Math.max(...sizes.map(({ width }) => width));
  const narrow = sizes.length > 2 && widest < WIDE && sizes.every(({ width }) => width === widest);
  const places = narrow && down ? inTwoColumns(sizes) : inRows(sizes, narrow ? 2 * widest + APART : widest);
  const size = ["width", "height"].map((side, k) => Math.max(...sizes.map((one, n) => places[n][k] + one[side])));
  const { color } = getComputedStyle(box);
  const paint = async (context) => {
    for (const [k, svg] of pictures.entries()) {
      const image = await drawn(svg, color);
      context.drawImage(image, ...places[k], sizes[k].width, sizes[k].height);
    }
  };
  await saveSlide(words, { size, paint, legend: legendOf(box) }, box);
}

// [left, top] of each: a new row if the next picture would pass the limit.
function inRows(sizes, limit) {
  let [left, top, below] = [0, 0, 0];
  return sizes.map(({ width, height }) => {
    if (left && left + width > limit + 1) [left, top] = [0, below];
    const place = [left, top];
    left += width + APART;
    below = Math.max(below, top + height + APART);
    return place;
  });
}

// [left, top] of each, split so that the higher of the two columns is as low as possible.
export function inTwoColumns(sizes) {
  const tall = (some) => some.reduce((sum, { height }) => sum + height + APART, 0);
  const higher = (first) => Math.max(tall(sizes.slice(0, first)), tall(sizes.slice(first)));
  let first = sizes.length;
  while (first > 1 && higher(first - 1) < higher(first)) first -= 1;
  return sizes.map(({ width }, k) => (k < first ? [0, tall(sizes.slice(0, k))] : [width + APART, tall(sizes.slice(first, k))]));
}

// An SVG of the page as an image.
async function drawn(svg, color) {
  const copy = svg.cloneNode(true), { width, height } = svg.viewBox.baseVal;
  const outside = { xmlns: SVG, width, height, style: `color:${color};font-family:sans-serif` };
  for (const [name, value] of Object.entries(outside)) copy.setAttribute(name, value);
  copy.querySelectorAll("text:not([fill])").forEach((text) => text.setAttribute("fill", "currentColor"));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

// The ink of words in a curve's colour, which alone has too little contrast as text in one of the two themes.
export const inked = (colour) => `color-mix(in srgb, ${colour} 70%, currentColor)`;

export function words(x, y, text, attributes = {}) {
  const { "font-size": size = 14, ...others } = attributes;
  // Read again when a PNG is made of it, without the page's minimum size.
  const element = make("text", { x, y, style: `font-size: max(${size}px, var(--least, 0px))`, ...others });
  element.textContent = text;
  return element;
}
