// Rows of frames under one slider, and curves beside them with a marker at the frame. Every row came whole, as one sheet
// of all its frames or as stills, so everything follows the hand and the server hears only where it let go. Panels of
// curves come from curves.js.

import { across, along, hideAtFirst, legend, marker, nearest, panel, save } from "../lib/curves.js";
import { number } from "../lib/numbers.js";

const SPEEDS = { "0.5×": 0.5, "1×": 1, "2×": 2, "4×": 4 };
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let film = instances.get(parentElement);
  if (!film) instances.set(parentElement, (film = new Film(parentElement)));
  film.report = (frame) => setTriggerValue("frame", frame);
  film.receive(data);
  return () => {
    film.stop();
    film.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class Film {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".film");
    this.rowsBox = find(".rows");
    this.stripsBox = find(".strips");
    this.play = find(".play");
    this.time = find(".time");
    this.caption = find(".caption");
    this.speed = find(".speed");
    this.speed.replaceChildren(...Object.keys(SPEEDS).map((name) => new Option(name, name, name === "1×", name === "1×")));
    this.time.addEventListener("input", () => {
      this.stop(); // the hand is stronger than the clock
      this.show(this.time.valueAsNumber);
    });
    this.time.addEventListener("change", () => this.report(this.frame));
    for (const [name, by] of [[".back", -1], [".forward", 1]])
      find(name).addEventListener("click", () => {
        this.stop();
        this.show(Math.min(this.last, Math.max(0, this.frame + by)));
        this.report(this.frame);
      });
    this.play.addEventListener("click", () => (this.timer ? this.stop(true) : this.start()));
    this.rowsBox.addEventListener("click", () => this.play.click());
    this.speed.addEventListener("change", () => this.timer && (this.stop(), this.start()));
    this.time.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.play.click();
    });
    this.curves = find(".curves");
    this.panelsBox = find(".panels");
    this.legendBox = find(".legend");
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.file));
    this.watcher = new ResizeObserver(() => this.data && this.panelsBox.clientWidth !== this.width && this.buildCurves());
    this.watcher.observe(this.curves);
    this.drags(this.stripsBox, (event) => {
      const box = this.stripsBox.getBoundingClientRect(), half = box.width / this.data.strip / 2;
      const share = (event.clientX - box.left - half) / (box.width - 2 * half);
      return Math.round(Math.min(1, Math.max(0, share)) * this.last);
    });
    this.drags(this.panelsBox, (event) => this.nearestFrame(along(event, this.panelsBox.firstChild, this.data.axis)));
  }

  // Strips and curves are sliders too, for the hand; the keyboard has the real one.
  drags(surface, frameAt) {
    let held = null;
    surface.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.stop();
      surface.setPointerCapture((held = event.pointerId));
      this.show(frameAt(event));
    });
    surface.addEventListener("pointermove", (event) => held === event.pointerId && this.show(frameAt(event)));
    for (const end of ["pointerup", "pointercancel"])
      surface.addEventListener(end, (event) => {
        if (held !== event.pointerId) return;
        held = null;
        this.report(this.frame);
      });
  }

  // The frame whose x is nearest.
  nearestFrame(x) {
    const distances = this.data.x.map((place) => Math.abs(place - x));
    return distances.indexOf(Math.min(...distances));
  }

  get last() {
    return this.data.captions.length - 1;
  }

  async receive(data) {
    if (this.wanted === data.identity) return; // this film is here already, at the frame where the hand left it
    this.wanted = data.identity;
    const start = Math.min(data.frame, data.captions.length - 1);
    const arrived = () => this.wanted === data.identity && this.show(this.frame);
    const sources = data.rows.map((row) => (row.sheet ? new Sheet(row) : new Stills(row, arrived)));
    await Promise.all(sources.map((source) => source.ready(start)));
    if (this.wanted !== data.identity) return; // newer data came while this was decoded
    this.data = data;
    this.sources = sources;
    this.time.max = this.last;
    this.time.setAttribute("aria-label", data.label);
    this.rowsBox.replaceChildren(...data.rows.map((row) => figure(row)));
    this.canvases = [...this.rowsBox.querySelectorAll("canvas")];
    this.canvases.forEach((canvas, row) => this.size(canvas, row, 1));
    this.buildStrips();
    this.frame = start;
    [this.hidden, this.met] = [new Set(), new Set()];
    hideAtFirst(data.panels, this.hidden, this.met);
    this.buildCurves();
    this.show(start);
  }

  size(canvas, row, columns) {
    const [height, width] = this.data.rows[row].size;
    Object.assign(canvas, { width: columns * width, height });
    canvas.getContext("2d").imageSmoothingEnabled = false;
  }

  draw(canvas, row, frame, place = 0) {
    const width = this.data.rows[row].size[1];
    this.sources[row].draw(canvas.getContext("2d"), frame, place * width);
  }

  buildCurves() {
    const { panels, axis, rows } = this.data;
    this.curves.hidden = !panels.length;
    this.box.classList.toggle("curved", panels.length > 0);
    this.box.classList.toggle("pair", rows.length > 1);
    this.marks = [];
    if (!panels.length) return;
    this.width = this.panelsBox.clientWidth;
    const width = Math.max(280, this.width), place = across(axis, width);
    const drawn = panels.map((told) => {
      const svg = panel(told, axis, width, this.hidden);
      this.marks.push(marker(svg, place));
      return svg;
    });
    this.panelsBox.replaceChildren(...drawn);
    for (const { one, value } of legend(this.legendBox, panels, this.hidden, () => this.buildCurves()))
      this.marks.push((x) => {
        const near = nearest(one, x);
        value.textContent = near === null ? "" : number(Number(near.toPrecision(3)));
      });
    this.markCurves();
  }

  // The curves' marker stands where the film is.
  markCurves() {
    this.marks.forEach((put) => put(this.data.x[this.frame]));
  }

  buildStrips() {
    const shown = this.data.strip;
    this.box.classList.toggle("stripped", shown > 0);
    if (!shown) return this.stripsBox.replaceChildren();
    this.box.style.setProperty("--shown", shown);
    this.mark = document.createElement("div");
    this.mark.className = "mark";
    const strips = this.data.rows.map((row, index) => {
      const made = document.createElement("div"), words = document.createElement("small");
      const canvas = picture(`${row.alt}: ${shown} pictures on the way`);
      words.textContent = row.title;
      this.size(canvas, index, shown);
      for (let k = 0; k < shown; k++) this.draw(canvas, index, Math.round((k / (shown - 1)) * this.last), k);
      made.append(words, canvas);
      return made;
    });
    this.stripsBox.replaceChildren(...strips, this.mark);
  }

  show(frame) {
    this.frame = frame;
    this.time.value = frame;
    this.caption.textContent = this.data.captions[frame];
    this.time.setAttribute("aria-valuetext", this.data.captions[frame]);
    this.canvases.forEach((canvas, row) => this.draw(canvas, row, frame));
    if (this.data.panels.length) this.markCurves();
    const { strip } = this.data;
    if (strip) this.mark.style.left = `${(100 * (0.5 + (frame / this.last) * (strip - 1))) / strip}%`;
  }

  start() {
    const { milliseconds, swing } = this.data;
    let direction = 1;
    if (!swing && this.frame === this.last) this.show(0);
    this.timer = setInterval(() => {
      if (swing && (this.frame + direction > this.last || this.frame + direction < 0)) direction = -direction;
      this.show(swing ? this.frame + direction : (this.frame + 1) % (this.last + 1));
    }, milliseconds / SPEEDS[this.speed.value]);
    this.label("❚❚", "Pause");
  }

  stop(report = false) {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.label("▶", "Play");
    if (report) this.report(this.frame);
  }

  label(sign, words) {
    this.play.textContent = sign;
    this.play.setAttribute("aria-label", words);
  }
}

function figure({ title, note, alt }) {
  const made = document.createElement("figure");
  const words = document.createElement("figcaption");
  const small = document.createElement("small");
  words.textContent = title;
  small.textContent = note;
  words.append(small);
  made.append(words, picture(alt));
  return made;
}

function picture(alt) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  return canvas;
}

// All frames of a row in one picture: a frame is an offset.
class Sheet {
  constructor(row) {
    this.row = row;
  }

  async ready() {
    this.image = await decoded(this.row.sheet);
  }

  draw(context, frame, x) {
    const { size: [height, width], columns } = this.row;
    const left = (frame % columns) * width, top = Math.floor(frame / columns) * height;
    context.drawImage(this.image, left, top, width, height, x, 0, width, height);
  }
}

// A picture for every frame, or for several on end (`at`: which one). They are decoded one after the other while the
// first is on the screen already; where the hand is faster, the newest one that is ready stays until `arrived`.
class Stills {
  constructor(row, arrived) {
    Object.assign(this, { row, arrived, images: new Map(), wanted: null });
  }

  async ready(frame) {
    const first = this.row.at[frame];
    this.images.set(first, await decoded(this.row.stills[first]));
    this.rest();
  }

  async rest() {
    for (let k = 0; k < this.row.stills.length; k++) {
      if (!this.images.has(k)) this.images.set(k, await decoded(this.row.stills[k]));
      if (this.wanted === k) this.arrived();
    }
  }

  draw(context, frame, x) {
    const image = this.images.get(this.row.at[frame]);
    this.wanted = image ? null : this.row.at[frame];
    if (image) context.drawImage(image, x, 0);
  }
}

async function decoded(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}
