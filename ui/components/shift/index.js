// Two distributions, one of them moved by the hand, and curves over how far it was moved. Everything drawn came with
// the data, so it follows the hand; the server hears only where the hand let go. Panels come from curves.js.

import {
  across, hideAtFirst, LEFT, legend, make, marker, nearest, panel, RIGHT, save, upwards, words,
} from "../lib/curves.js";
import { number } from "../lib/numbers.js";

const STAGE = 150; // height in CSS pixels
const GRAINS = 60; // points drawn of each distribution on a segment
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let shift = instances.get(parentElement);
  if (!shift) instances.set(parentElement, (shift = new Shift(parentElement)));
  shift.report = (value) => setTriggerValue("value", value);
  shift.receive(data);
  return () => {
    shift.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class Shift {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".curves");
    this.stage = find(".stage");
    this.panelsBox = find(".panels");
    this.legend = find(".legend");
    this.slider = find("input");
    this.output = find("output");
    this.hidden = new Set();
    this.slider.addEventListener("input", () => this.move(this.slider.valueAsNumber));
    this.slider.addEventListener("change", () => this.report(this.value));
    find(".save").addEventListener("click", () => save([this.stage, ...this.panelsBox.children], this.box, this.data.file));
    this.drags();
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    if (!before || before.identity !== data.identity) {
      const { low, high, step, label } = data;
      Object.assign(this.slider, { min: low, max: high, step });
      this.slider.setAttribute("aria-label", label);
      this.value = data.value;
      [this.hidden, this.met] = [new Set(), new Set()];
    }
    hideAtFirst(data.panels, this.hidden, this.met);
    this.draw();
  }

  // ---- the hand: slider, and every picture as a slider

  drags() {
    let held = null;
    const at = (event) => {
      const box = this.stage.getBoundingClientRect();
      const share = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
      const [first, last] = this.data.axis, { low, high, step } = this.data;
      const value = Math.min(high, Math.max(low, first + share * (last - first)));
      this.move(Number((Math.round(value / step) * step).toFixed(6)));
    };
    const surface = this.box;
    surface.addEventListener("pointerdown", (event) => {
      if (event.button || !event.target.closest("svg")) return;
      surface.setPointerCapture((held = event.pointerId));
      at(event);
    });
    surface.addEventListener("pointermove", (event) => held === event.pointerId && at(event));
    for (const end of ["pointerup", "pointercancel"])
      surface.addEventListener(end, (event) => {
        if (held !== event.pointerId) return;
        held = null;
        this.report(this.value);
      });
  }

  move(value) {
    this.value = value;
    this.drawStage();
    this.marks.forEach((mark) => mark());
    this.told();
  }

  told() {
    this.slider.value = this.value;
    this.output.textContent = `${this.data.label} ${number(this.value.toFixed(2))}`;
    this.slider.setAttribute("aria-valuetext", `${this.data.label} ${this.value.toFixed(2)}`);
  }

  // ---- drawing

  draw() {
    const width = Math.max(280, this.box.clientWidth);
    this.across = across(this.data.axis, width);
    this.width = width;
    // The thumb (16 px wide) stands on the axis of the pictures.
    const { low, high } = this.data;
    Object.assign(this.slider.style, { left: `${this.across(low) - 8}px`, width: `${this.across(high) - this.across(low) + 16}px` });
    this.marks = [];
    this.panelsBox.replaceChildren(...this.data.panels.map((panel) => this.panel(panel)));
    this.buildLegend();
    this.move(this.value);
  }

  drawStage() {
    const { stage } = this.data;
    const parts = [];
    if (stage.kind === "segments") parts.push(...this.segments(stage));
    else if (stage.kind === "pictures") parts.push(this.picture(stage));
    else if (stage.kind === "pushes") parts.push(...this.pushes(stage));
    else parts.push(...this.densities(stage));
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${STAGE}`);
    this.stage.setAttribute("aria-label", `The two distributions at ${this.data.label} = ${this.value.toFixed(2)}`);
    this.stage.replaceChildren(...parts);
  }

  // A strip of pictures as it is at the nearest of the given values.
  picture({ frames, x, size: [width, height] }) {
    const distances = x.map((place) => Math.abs(place - this.value));
    const href = frames[distances.indexOf(Math.min(...distances))];
    const wide = Math.min(this.width - 80, (STAGE - 20) * (width / height));
    const tall = wide * (height / width);
    const style = "image-rendering: pixelated";
    return make("image", { href, x: 10, y: (STAGE - tall) / 2, width: wide, height: tall, style });
  }

  // One dot for every curve of slopes, and the way downhill from it.
  pushes({ title, panel, scale, most }) {
    const shown = this.data.panels[panel].series.filter(({ name }) => !this.hidden.has(name));
    const gap = (STAGE - 36) / shown.length, at = this.across(this.value), parts = [words(LEFT, 18, title, { "font-size": 13, "font-weight": 600 })];
    shown.forEach((one, k) => {
      const y = 30 + (k + 0.5) * gap, push = -nearest(one, this.value) * scale, [first, last] = this.data.axis;
      const end = this.across(Math.min(last, Math.max(first, this.value + Math.sign(push) * Math.min(Math.abs(push), most))));
      const way = Math.sign(end - at), line = { fill: "none", stroke: one.colour, "stroke-width": 2.5 };
      parts.push(make("line", { x1: LEFT, x2: this.width - RIGHT, y1: y, y2: y, stroke: "currentColor", opacity: 0.12 }));
      parts.push(make("circle", { cx: at, cy: y, r: 5, fill: one.colour }));
      if (Math.abs(end - at) > 6) parts.push(make("path", { d: `M${at} ${y}L${end} ${y}m${-7 * way} -5l${7 * way} 5l${-7 * way} 5`, ...line }));
      const right = this.value < 0, edge = right ? Math.max(at, end) + 12 : Math.min(at, end) - 12;
      parts.push(words(edge, y + 4, one.name, { "font-size": 12, "text-anchor": right ? "start" : "end" }));
    });
    return parts;
  }

  // Uniform grains on two upright segments, and the way that the grains of one have to go.
  segments({ colours }) {
    const top = 26, bottom = STAGE - 12, parts = [];
    const y = (share) => bottom - share * (bottom - top);
    for (const [at, colour, name] of [[0, colours[0], "p"], [this.value, colours[1], "q"]]) {
      const x = this.across(at);
      parts.push(make("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: colour, "stroke-width": 3, opacity: 0.35 }));
      // Evenly spread by the golden ratio: uniform for every number of grains, the same on every drawing.
      for (let k = 0; k < GRAINS; k++)
        parts.push(make("circle", { cx: x, cy: y((k * 0.618034) % 1), r: 2.4, fill: colour }));
      const beside = name === "p" ? (this.value >= 0 ? -12 : 12) : this.value >= 0 ? 12 : -12;
      parts.push(words(x + beside, top - 8, name, { fill: colour, "font-weight": 700, "text-anchor": "middle" }));
    }
    const [from, to] = [this.across(this.value), this.across(0)], way = Math.sign(to - from);
    if (Math.abs(to - from) > 18)
      for (const share of [0.2, 0.5, 0.8])
        parts.push(make("path", { d: `M${from - 5 * -way} ${y(share)}L${to - 6 * way} ${y(share)}m${-6 * way} -4l${6 * way} 4l${-6 * way} 4`,
          fill: "none", stroke: "currentColor", "stroke-width": 1.2, opacity: 0.55 }));
    return parts;
  }

  densities({ x, p, q, colours }) {
    const bottom = STAGE - 14, top = 22, highest = Math.max(...p, ...q);
    const y = (value) => bottom - (value / highest) * (bottom - top);
    const area = (values, by, colour) => {
      const points = values.map((value, k) => `${this.across(x[k] + by).toFixed(1)} ${y(value).toFixed(1)}`);
      const ends = [this.across(x.at(-1) + by), this.across(x[0] + by)].map((at) => `${at.toFixed(1)} ${bottom}`);
      return make("path", { d: `M${[...points, ...ends].join("L")}Z`, fill: colour, "fill-opacity": 0.3, stroke: colour, "stroke-width": 2 });
    };
    const peak = (values) => x[values.indexOf(Math.max(...values))];
    return [
      area(p, 0, colours[0]),
      area(q, this.value, colours[1]),
      words(this.across(peak(p)) + (this.value >= 0 ? -12 : 12), top - 7, "p", { fill: colours[0], "font-weight": 700 }),
      words(this.across(peak(q) + this.value) + (this.value >= 0 ? 12 : -12), top - 7, "q", { fill: colours[1], "font-weight": 700 }),
    ];
  }

  panel(told) {
    const svg = panel(told, this.data.axis, this.width, this.hidden);
    const put = marker(svg, this.across);
    this.marks.push(() => put(this.value));
    const up = upwards(told), shown = told.dots ? told.series.filter(({ name }) => !this.hidden.has(name)) : [];
    for (const one of shown) {
      const dot = make("circle", { r: 5, fill: one.colour });
      svg.append(dot);
      this.marks.push(() => {
        const near = nearest(one, this.value), inside = near !== null && near >= told.range[0] && near <= told.range[1];
        for (const [name, value] of Object.entries({ cx: this.across(this.value), cy: inside ? up(near) : 0, opacity: inside ? 1 : 0 })) dot.setAttribute(name, value);
      });
    }
    return svg;
  }

  // Names with the values at the marker, the nearest point of each series; two where two panels have that name.
  buildLegend() {
    const redraw = () => this.draw();
    for (const { one, value } of legend(this.legend, this.data.panels, this.hidden, redraw))
      this.marks.push(() => {
        const same = this.data.panels.flatMap(({ series }) => series).filter(({ name }) => name === one.name);
        const near = same.map((each) => nearest(each, this.value)).filter((each) => each !== null);
        value.textContent = near.map((each) => number(each.toFixed(3))).join(" · ");
      });
  }
}
