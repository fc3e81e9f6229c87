// The place where a user expects a number, or a point of a plane: a marker on an axis with ticks, or between two axes. It is
// dragged, moved by arrow keys or typed; the right place with its tolerance, and those of a class, appear with the answer.

import { ticks } from "./axes.js";
import { dragging } from "./dragging.js";
import { element } from "./element.js";
import { clamp, number, rough } from "./numbers.js";
import { make } from "./svg.js";
import { TypedNumber } from "./typed_number.js";

const KEYS = {  // [axis, steps]
  ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1], PageDown: [1, -10], PageUp: [1, 10],
  Home: [0, -Infinity], End: [0, Infinity], Enter: [0, 0],
};
const FINE = 200, STEPS = 100; // places along an axis: resolution of a drag, and number of keyboard steps
const WAITS = 0.05; // initial place as a share of an axis: the middle would suggest an answer
const COLUMNS = 40, TALL = 7; // columns for a class's answers on a line, and their height in em
const UNITS = 1000; // width of a picture

// asked: from ui/lesson/asked.py; others: answers of a class, [[number], …] or [[x, y], …]; open: whether it can be
// answered, by default until it has been. answer(value) is called with a number, or [x, y].
export function answerPlace(asked, words, answer) {
  const { axes, given, others, answer: right, open = given === null } = asked, plane = axes.length === 2;
  const box = element("div", { className: `place ${plane ? "plane" : "line"}${others ? " crowd" : ""}` });
  const surface = element("div", { className: "surface" }), rest = element("div", { className: "rest" });
  if (plane) box.style.setProperty("--ratio", length(axes[0]) / length(axes[1]));
  surface.append(picture(asked), ...axes.flatMap((axis, k) => numbers(axis, k, words.numbers)), ...names(asked));
  if (others && !plane) surface.append(...stacked(others, axes[0]));
  box.append(surface, rest);
  if (right !== undefined) surface.append(put(element("span", { className: "right", textContent: "✓" }), axes, above(asked)));
  const own = given === null || given === undefined ? null : [given].flat();
  if (open) rest.append(...asking(asked, words, surface, own, answer));
  else if (own) surface.append(put(element("span", { className: "own" }), axes, own));
  const said = summary(asked, words, own);
  if (said) rest.append(element("p", { className: "said", textContent: said }));
  return box;
}

const length = ({ low, high }) => high - low;
const share = ({ low, high }, value) => (value - low) / (high - low);

// The right number, or in a plane the top of the tolerance circle: the tick is above the point itself.
function above({ axes, answer: right, tolerance }) {
  return axes[1] ? [right[0], Math.min(axes[1].high, right[1] + tolerance)] : [right];
}

function put(mark, axes, values) {
  mark.style.left = `${100 * share(axes[0], values[0])}%`;
  if (axes[1]) mark.style.bottom = `${100 * share(axes[1], values[1])}%`;
  return mark;
}

function place(values, axes, locale) {
  const texts = values.map((value, k) => {
    const { unit } = axes[k], apart = unit === "%" && locale === "en" ? "" : " ";
    return `${rough(value, 3, locale)}${apart}${unit}`.trim();
  });
  return axes.length === 2 ? `(${texts.join(locale === "en" ? ", " : "; ")})` : texts[0];
}

// The numbers at an axis, and the name of a coordinate.
function numbers(axis, k, locale) {
  const at = k ? "bottom" : "left";
  const marks = ticks(axis.low, axis.high, 5).map((tick) => {
    const text = element("span", { className: k ? "tick y" : "tick x", textContent: number(tick, locale) });
    text.style[at] = `${100 * share(axis, tick)}%`;
    return text;
  });
  return axis.name ? [...marks, element("span", { className: k ? "name y" : "name x", textContent: axis.name })] : marks;
}

// The picture: points behind the question, the solution with its tolerance, and the points of a class.
function picture({ axes, background, missing = [], answer: right, tolerance, others = [] }) {
  const [x, y] = axes, high = y ? (UNITS * length(y)) / length(x) : 1;
  const svg = make("svg", { viewBox: `0 0 ${UNITS} ${high}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const left = (value) => UNITS * share(x, value), top = (value) => high * (1 - share(y, value));
  if (y) {
    for (const [group, opacity] of [...background.map((one) => [one, 0.6]), ...missing.map((one) => [one, 0.9])]) {
      const dots = make("g", { fill: group.colour || "currentColor", opacity });
      dots.append(...group.x.map((value, k) => make("circle", { cx: left(value), cy: top(group.y[k]), r: 6 })));
      svg.append(dots);
    }
  }
  if (right !== undefined && y) svg.append(make("circle", { class: "tolerance", cx: left(right[0]), cy: top(right[1]), r: (UNITS * tolerance) / length(x) }));
  else if (right !== undefined) {
    const [from, to] = [right - tolerance, right + tolerance].map((value) => left(clamp(value, x.low, x.high)));
    svg.append(make("rect", { class: "tolerance", x: from, width: to - from, y: 0, height: high }));
  }
  const cloud = make("g", { class: "others" });
  if (y) cloud.append(...others.map(([a, b]) => make("circle", { cx: left(a), cy: top(b), r: 13 })));
  svg.append(cloud);
  return svg;
}

// The names of classes at the means of their points.
function names({ axes, background, missing = [] }) {
  return [...background, ...missing].filter(({ mean }) => mean).map(({ name, mean }) => {
    return put(element("span", { className: "class", textContent: name }), axes, mean);
  });
}

// A point for each answer of a class on a line, stacked where they coincide.
function stacked(others, axis) {
  const columns = others.map(([value]) => Math.round(share(axis, value) * COLUMNS)), heights = new Map();
  for (const column of columns) heights.set(column, (heights.get(column) ?? 0) + 1);
  const apart = Math.min(0.9, TALL / Math.max(1, ...heights.values()));
  const stacks = new Map();
  return columns.map((column) => {
    const dot = element("i", {}), below = stacks.get(column) ?? 0;
    stacks.set(column, below + 1);
    dot.style.left = `${(100 * column) / COLUMNS}%`;
    dot.style.bottom = `${below * apart}em`;
    return dot;
  });
}

// The same in words: the user's answer, the right one, their distance, and how many of a class are right.
function summary({ axes, answer: right, tolerance, others }, words, own) {
  const said = [], written = (value) => number(value, words.numbers), filled = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  if (own) said.push(filled("own", { value: place(own, axes, words.numbers) }));
  if (right !== undefined) {
    const wanted = [right].flat(), away = (values) => Math.hypot(...values.map((value, k) => value - wanted[k]));
    said.push(filled("truth", { value: `${place(wanted, axes, words.numbers)} ± ${written(tolerance)}` }));
    if (own && axes.length === 2) said.push(filled("away", { value: rough(away(own), 2, words.numbers) }));
    if (others) said.push(filled("class", { right: others.filter((one) => away(one) <= tolerance).length, count: others.length }));
  }
  return said.join(" · ");
}

// The marker, the fields for typed numbers, and the button that gives the answer.
function asking({ axes, question }, words, surface, own, answer) {
  const values = own ?? axes.map((axis) => axis.low + WAITS * length(axis)), placed = axes.map(() => own !== null);
  const marker = element("span", { className: "marker", tabIndex: 0 }), entry = element("div", { className: "entry" });
  const refused = element("p", { className: "refused" });
  const give = element("button", { type: "button", className: "give", textContent: words.give, disabled: true });
  refused.setAttribute("role", "alert");
  marker.setAttribute("role", "slider");
  marker.setAttribute("aria-label", question);
  marker.setAttribute("aria-valuemin", axes[0].low);
  marker.setAttribute("aria-valuemax", axes[0].high);
  const fields = axes.map((axis, k) => {
    const label = element("label", { textContent: axis.name }), field = element("input", { type: "number", step: "any", min: axis.low, max: axis.high });
    if (!axis.name) field.setAttribute("aria-label", question);
    label.append(field, axis.unit);
    entry.append(label);
    return new TypedNumber(field, {
      name: () => "",
      bounds: () => [axis.low, axis.high],
      taken: (value) => move(k, value),
      refused: () => (refused.textContent = words.typed.replace("{low}", number(axis.low, words.numbers)).replace("{high}", number(axis.high, words.numbers))),
    });
  });
  const hint = element("span", { className: "hint", textContent: words.expect });
  entry.append(give, hint);

  const show = () => {
    put(marker, axes, values);
    marker.classList.toggle("placed", placed.every(Boolean));
    fields.forEach((field, k) => placed[k] && field.show(values[k]));
    marker.setAttribute("aria-valuenow", values[0]);
    marker.setAttribute("aria-valuetext", placed.every(Boolean) ? place(values, axes, words.numbers) : words.expect);
  };
  const moved = () => {
    refused.textContent = "";
    give.disabled = !placed.every(Boolean);
    hint.hidden = !give.disabled;
    show();
  };
  const move = (k, value) => {
    values[k] = clamp(value, axes[k].low, axes[k].high);
    placed[k] = true;
    moved();
  };
  const round = (k, value) => {
    const decimals = Math.max(0, -Math.floor(Math.log10(length(axes[k]) / FINE))), grain = 10 ** Math.floor(Math.log10(length(axes[k]) / FINE));
    return Number((Math.round(value / grain) * grain).toFixed(decimals));
  };
  const follow = ({ clientX, clientY }) => {
    const { left, bottom, width, height } = surface.getBoundingClientRect(), shares = [(clientX - left) / width, (bottom - clientY) / height];
    axes.forEach((axis, k) => move(k, round(k, axis.low + shares[k] * length(axis))));
  };
  let before = null;
  dragging(surface, {
    grab: (event) => {
      before = { values: [...values], placed: [...placed], disabled: give.disabled };
      marker.focus({ preventScroll: true });
      follow(event);
    },
    drag: follow,
    drop: () => {},
    cancel: () => { // the finger scrolls the page
      axes.forEach((_, k) => ([values[k], placed[k]] = [before.values[k], before.placed[k]]));
      fields.forEach((field, k) => placed[k] || field.show(""));
      moved();
      give.disabled = before.disabled;
    },
  });
  marker.addEventListener("keydown", (event) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (!KEYS[key] || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    const [towards, steps] = KEYS[key], k = Math.min(towards, axes.length - 1);
    const by = steps ? steps * (shiftKey ? 10 : 1) * (length(axes[k]) / STEPS) : 0;
    axes.forEach((axis, other) => move(other, other === k ? round(k, clamp(values[k] + by, axis.low, axis.high)) : values[other]));
  });
  give.addEventListener("click", () => answer(axes.length === 2 ? [...values] : values[0]));
  surface.append(marker);
  surface.classList.add("open");
  show();
  return [entry, refused];
}
