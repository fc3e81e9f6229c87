// Two distributions, one of which is dragged, and curves over the shift. Everything drawn came with the data, so it
// changes during the drag; the server hears of releases only.

import { boxOf } from "../lib/canvas.js";
import {
  APART, LEFT, RIGHT, WIDE, across, heading, hideAtFirst, inked, jump, legend, marker, nearest, panel, save, upwards, words,
} from "../lib/curves.js";
import { dragging } from "../lib/dragging.js";
import { area } from "../lib/handles.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number } from "../lib/numbers.js";
import { make } from "../lib/svg.js";

const STAGE = 150; // height in CSS pixels
const GAP = 8; // between panels
const NARROWEST = 165; // a panel beside others, and so high in two and in three columns
const HEIGHTS = { 2: 140, 3: 168 };
const GRAINS = 60; // points drawn of each distribution on a segment

class Shift {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.box, this.stage, this.panelsBox, this.slider] = [".curves", ".stage", ".panels", "input"].map(this.find);
    const end = () => this.report("value", this.value);
    this.slider.addEventListener("input", () => {
      this.move(this.slider.valueAsNumber);
      end();
    });
    this.find(".save").addEventListener("click", () => save(this.forFile(), this.box, this.data.save));
    // Every picture is a slider, too.
    const drag = (event) => this.move(this.valueAt(event));
    const grab = (event) => {
      this.held = this.pictures.indexOf(event.target.closest("svg"));
      return this.held < 0 ? false : drag(event);
    };
    dragging(this.box, { grab, drag, drop: end });
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity !== data.identity) {
      const { low, high, step, label } = data;
      Object.assign(this.slider, { min: low, max: high, step });
      this.slider.setAttribute("aria-label", label);
      this.value = data.value;
      [this.hidden, this.met] = [new Set(), new Set()];
    }
    hideAtFirst(data.panels, this.hidden, this.met);
    this.draw();
  }

  resize() {
    this.draw();
  }

  // The one under the hand is known by its place: a new size puts another one there.
  get pictures() {
    return [this.stage, ...this.panelsBox.children];
  }

  // The value under a pointer, at a step of the slider.
  valueAt(event) {
    const { width, at } = boxOf(this.pictures[this.held]), [x] = at(event), share = (x - LEFT) / (width - LEFT - RIGHT);
    const [first, last] = this.data.axis, { low, high, step } = this.data;
    return Number((Math.round(clamp(first + share * (last - first), low, high) / step) * step).toFixed(6));
  }

  move(value) {
    this.value = value;
    this.drawStage();
    this.marks.forEach((mark) => mark());
    this.slider.value = value;
    const { label, words, low, step } = this.data, meaning = words?.[Math.round((value - low) / step)];
    this.find("output").textContent = `${label} ${number(value.toFixed(2))}${meaning ? `: ${meaning}` : ""}`;
    this.slider.setAttribute("aria-valuetext", `${label} ${value.toFixed(2)}${meaning ? `, ${meaning}` : ""}`);
  }

  // ---- drawing

  draw() {
    const width = Math.max(280, this.box.clientWidth), most = this.data.columns ?? 1;
    const fit = Math.floor((width + GAP) / (NARROWEST + GAP));
    const columns = fit < most ? Math.min(2, fit) : most; // three, two or one
    this.box.style.setProperty("--columns", columns);
    this.box.dataset.stage = this.data.stage.kind;
    Object.assign(this, { columns, panelWidth: (width - (columns - 1) * GAP) / columns });
    this.lay(width, () => this.panelWidth);
    // The thumb (16 px wide) stands on the axis of the pictures.
    const [left, right] = [this.data.low, this.data.high].map(this.across);
    Object.assign(this.slider.style, { left: `${left - 8}px`, width: `${right - left + 16}px` });
    this.find(".slide").classList.toggle("under", this.data.label.length > 2); // under a label that has no room beside it
    this.drawLegend();
    this.move(this.value);
  }

  // New panels, number k widthOf(k) wide; `width`: of the stage.
  lay(width, widthOf) {
    Object.assign(this, { width, across: across(this.data.axis, width), marks: [] });
    this.panelsBox.replaceChildren(...this.data.panels.map((given, k) => this.panel(given, widthOf(k))));
  }

  // The pictures of a file: without an empty place, the stage over two columns if they are narrow, and the panels of a
  // last row that is not full share its width.
  forFile() {
    const { width, panelWidth: one } = this, count = this.data.panels.length;
    const columns = this.columns === 1 && count > 1 && width < WIDE ? 2 : this.columns, rest = count % columns;
    if (columns === this.columns && !rest) return this.pictures;
    const whole = columns * (one + APART) - APART;
    this.lay(whole, (k) => (k < count - rest ? one : (whole + APART) / rest - APART));
    this.move(this.value);
    const pictures = this.pictures.map((svg) => svg.cloneNode(true));
    this.draw();
    return pictures;
  }

  drawStage() {
    const { stage, label } = this.data, draw = { segments: this.segments, pictures: this.picture, pushes: this.pushes };
    const height = stage.kind === "pictures" ? this.strip(stage).tall + 20 : STAGE;
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.stage.setAttribute("aria-label", `The two distributions at ${label} = ${this.value.toFixed(2)}`);
    this.stage.replaceChildren(...(draw[stage.kind] ?? this.densities).call(this, stage));
  }

  // The picture in a strip at the nearest of the given values.
  picture(stage) {
    const distances = stage.x.map((place) => Math.abs(place - this.value)), { wide, tall } = this.strip(stage);
    const href = stage.frames[distances.indexOf(Math.min(...distances))];
    return [make("image", { href, x: 10, y: 10, width: wide, height: tall, style: "image-rendering: pixelated" })];
  }

  strip({ size: [width, height] }) {
    const wide = Math.min(this.width - 80, (STAGE - 20) * (width / height));
    return { wide, tall: wide * (height / width) };
  }

  // One dot for every curve of slopes, and the way downhill from it, all to one scale.
  pushes({ title, panel, scale }) {
    const curves = this.data.panels[panel].series.filter(({ name }) => !this.hidden.has(name));
    const gap = (STAGE - 36) / curves.length, at = this.across(this.value);
    const rows = curves.flatMap((one, k) => {
      const y = 30 + (k + 0.5) * gap, slope = nearest(one, this.value), end = this.across(this.value - slope * scale);
      const tip = Math.min(7, Math.abs(end - at)) * Math.sign(end - at);
      const name = `${one.name}:\u2002${fixed(slope, Math.abs(slope) < 9.995 ? 2 : 1)}`;
      const [left, right] = [Math.min(at, end) - 12, Math.max(at, end) + 12], room = 6.3 * name.length;
      const after = right + room < this.width && (this.value < 0 || left < room), edge = after ? right : left;
      const d = `M${at} ${y}L${end} ${y}m${-tip} -5l${tip} 5l${-tip} 5`;
      return [
        make("line", { x1: LEFT, x2: this.width - RIGHT, y1: y, y2: y, stroke: "currentColor", opacity: 0.12 }),
        make("circle", { cx: at, cy: y, r: 5, fill: one.colour }),
        ...(Math.abs(end - at) > 1 ? [make("path", { d, fill: "none", stroke: one.colour, "stroke-width": 2.5 })] : []),
        words(edge, y + 4, name, { class: "halo", "font-size": 12, "text-anchor": after ? "start" : "end" }),
      ];
    });
    return [heading(title), ...rows];
  }

  // Uniform grains on two upright segments, and how far the grains of one have to move.
  segments({ colours }) {
    const top = 26, bottom = STAGE - 12, side = this.value >= 0 ? 12 : -12, y = (share) => bottom - share * (bottom - top);
    const [here, there] = [0, this.value].map(this.across), way = Math.sign(here - there);
    const segment = (x, colour, name, beside) => [
      make("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: colour, "stroke-width": 3, opacity: 0.35 }),
      // Evenly spread by the golden ratio: uniform for every number of grains, the same on every drawing.
      ...Array.from({ length: GRAINS }, (_, k) => make("circle", { cx: x, cy: y((k * 0.618034) % 1), r: 2.4, fill: colour })),
      words(x + beside, top - 8, name, { fill: inked(colour), "font-weight": 700, "text-anchor": "middle" }),
    ];
    const arrow = (share) => {
      const d = `M${there + 5 * way} ${y(share)}L${here - 6 * way} ${y(share)}m${-6 * way} -4l${6 * way} 4l${-6 * way} 4`;
      return make("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.2, opacity: 0.55 });
    };
    const arrows = Math.abs(here - there) > 18 ? [0.2, 0.5, 0.8].map(arrow) : [];
    return [...segment(here, colours[0], "p", -side), ...segment(there, colours[1], "q", side), ...arrows];
  }

  densities({ x, p, q, colours }) {
    const bottom = STAGE - 14, top = 22, highest = Math.max(...p, ...q), side = this.value >= 0 ? 12 : -12;
    const density = (values, by, colour, name, beside) => {
      const peak = this.across(x[values.indexOf(Math.max(...values))] + by);
      const y = values.map((value) => bottom - (value / highest) * (bottom - top));
      return [
        area(x.map((at) => this.across(at + by)), y, bottom, colour),
        words(peak + beside, top - 7, name, { fill: inked(colour), "font-weight": 700 }),
      ];
    };
    return [...density(p, 0, colours[0], "p", -side), ...density(q, this.value, colours[1], "q", side)];
  }

  panel(content, width) {
    const given = this.columns > 1 ? { ...content, height: HEIGHTS[this.columns] } : content;
    const svg = panel(given, this.data.axis, width, this.hidden), x = across(this.data.axis, width);
    const put = marker(svg, x), up = upwards(given);
    this.marks.push(() => put(this.value));
    if (given.reading) this.readOff(given, svg.querySelector("text"));
    const dotted = given.dots ? given.series.filter(({ name }) => !this.hidden.has(name)) : [];
    for (const one of dotted) {
      const dot = svg.appendChild(make("circle", { r: 5, fill: one.colour }));
      this.marks.push(() => {
        const near = nearest(one, this.value), inside = near !== null && near >= given.range[0] && near <= given.range[1];
        const place = { cx: x(this.value), cy: inside ? up(near) : 0, opacity: inside ? 1 : 0 };
        for (const [name, value] of Object.entries(place)) dot.setAttribute(name, value);
      });
    }
    return svg;
  }

  // The value at the marker stands in the title of a panel with one curve.
  readOff({ title, series: [one], digits }, heading) {
    heading.setAttribute("x", 8);
    this.marks.push(() => {
      const near = nearest(one, this.value);
      heading.textContent = near === null ? title : `${title} ${fixed(near, digits)}`;
    });
  }

  // The value of a series at the marker: its nearest point, or both sides of a jump there.
  read(one) {
    const near = nearest(one, this.value);
    const [left, right] = (jump(one, this.value) ?? []).map((side) => number(Number(side.toFixed(3)) + 0));
    if (left !== right) return `jumps from ${left} to ${right}`;
    return near === null ? [] : fixed(near, 3);
  }

  // The names with their values at the marker, two values for a name in both panels.
  drawLegend() {
    const named = this.data.panels.filter(({ reading }) => !reading), every = named.flatMap(({ series }) => series);
    for (const { one, value } of legend(this.find(".legend"), named, this.hidden, () => this.draw()))
      this.marks.push(() => {
        value.textContent = every.filter(({ name }) => name === one.name).flatMap((each) => this.read(each)).join(" · ");
      });
  }
}

export default mount(Shift);
