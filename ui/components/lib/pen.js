// A page to draw on with mouse, pen or finger: black ink on white, with its tools below it.
//
//   const pen = new Pen(box, { drawn(time), finished(time) });
//
// box: an empty element for the canvas and the tools. drawn: the ink has changed within a stroke; finished: a stroke
// has ended, or undo, clear or restore has changed the page. time: the time stamp of the input event.
//
// The drawing is stored as strokes, so it can be undone step by step, and put into a link as text.

import { dragging, places } from "./dragging.js";
import { HELP, KeyPen } from "./key_pen.js";
import { clamp } from "./numbers.js";

const SIDE = 280; // pixels of the page, whatever its size on the screen
const WIDTHS = { pen: 20, eraser: 34 };
const INKS = { pen: "#000", eraser: "#fff" };
const NEAR = 2; // pixels: shorter movements are not stored as points
const MOST = 6000; // points in the drawing of a link
const STEP = 1 / 28; // share of the page by which an arrow key moves the pen
const MARKUP = `<div class="page"><canvas width="${SIDE}" height="${SIDE}" role="img" tabindex="0" title="Ctrl+Z takes a stroke back. By keyboard: ${HELP}"></canvas></div>
  <div class="tools">
    <button type="button" class="pen" aria-pressed="true">Pen</button>
    <button type="button" class="eraser" aria-pressed="false">Eraser</button>
    <button type="button" class="undo">Undo</button>
    <button type="button" class="clear">Clear</button>
  </div>`;

export class Pen {
  constructor(box, { drawn = () => {}, finished = () => {} }) {
    box.classList.add("drawing-page");
    box.innerHTML = MARKUP;
    const find = (selector) => box.querySelector(selector);
    Object.assign(this, { box, drawn, finished, strokes: [], stroke: null, under: null });
    this.canvas = find("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.context, { lineCap: "round", lineJoin: "round" });
    this.tools = { pen: find("button.pen"), eraser: find(".eraser") };
    for (const name of Object.keys(this.tools)) this.tools[name].addEventListener("click", () => this.take(name));
    this.take("pen");
    find(".undo").addEventListener("click", ({ timeStamp }) => this.undo(timeStamp));
    find(".clear").addEventListener("click", ({ timeStamp }) => this.clear(timeStamp));
    this.draw();
    this.listen();
  }

  set label(label) {
    this.canvas.setAttribute("aria-label", label);
  }

  // Whether the user has drawn nothing on it.
  get untouched() {
    return !this.strokes.length;
  }

  // RGBA bytes of the page.
  get pixels() {
    return this.context.getImageData(0, 0, SIDE, SIDE);
  }

  take(name) {
    this.tool = name;
    for (const [key, button] of Object.entries(this.tools)) button.setAttribute("aria-pressed", String(key === name));
  }

  undo(time) {
    if (this.held(time) || !this.strokes.length) return;
    while (this.strokes.pop().continues);
    this.draw();
    this.finished(time);
  }

  // Clears the page, which can be undone.
  clear(time) {
    if (this.held(time)) return;
    this.strokes.push({ tool: "clear", points: [] });
    this.draw();
    this.finished(time);
  }

  // Whether a pointer is drawing a stroke, which ends on release. A keyboard stroke ends here.
  held(time) {
    this.keys.lift(time);
    return this.stroke !== null;
  }

  // Puts a picture below the strokes, such as an earlier drawing.
  lay(bitmap) {
    this.under = bitmap;
    this.draw();
  }

  // ---- as text: the strokes since the page was cleared, each a letter for its tool and two letters a coordinate ----

  get text() {
    const since = this.strokes.slice(this.strokes.findLastIndex(({ tool }) => tool === "clear") + 1);
    const pair = (value) => value.toString(36).padStart(2, "0");
    return since.map(({ tool, points }) => tool[0].toUpperCase() + points.flat().map(pair).join("")).join("");
  }

  // Draws a text; returns false, without a change, if it is invalid.
  restore(text) {
    const strokes = strokesOf(text);
    if (!strokes) return false;
    Object.assign(this, { strokes, under: null });
    this.draw();
    return true;
  }

  // ---- ink ----

  draw() {
    this.hint();
    this.context.fillStyle = "#fff";
    this.context.fillRect(0, 0, SIDE, SIDE);
    if (this.under) this.context.drawImage(this.under, 0, 0);
    for (const { tool, points } of this.strokes) {
      if (tool === "clear") this.context.fillRect(0, 0, SIDE, SIDE);
      else points.forEach((point, k) => this.ink(tool, points[Math.max(0, k - 1)], point));
    }
  }

  ink(tool, from, to) {
    Object.assign(this.context, { strokeStyle: INKS[tool], lineWidth: WIDTHS[tool] });
    this.context.beginPath();
    this.context.moveTo(...from);
    this.context.lineTo(from === to ? to[0] + 0.01 : to[0], to[1]); // a line of length 0 would draw nothing
    this.context.stroke();
  }

  // "Draw here" on an empty page.
  hint() {
    const last = this.strokes.at(-1);
    this.box.dataset.empty = String(last ? last.tool === "clear" : !this.under);
  }

  // continues: a stroke of the same movement that left the page, taken back together with it.
  begin(continues = false) {
    this.stroke = { tool: this.tool, points: [], continues };
    this.strokes.push(this.stroke);
    this.hint();
  }

  // Draws to a place; returns whether there is new ink.
  to(x, y, least = NEAR) {
    const { tool, points } = this.stroke, last = points.at(-1);
    const next = [x, y].map((value) => clamp(Math.round(value), 0, SIDE));
    if (last && Math.hypot(next[0] - last[0], next[1] - last[1]) < least) return false;
    points.push(next);
    this.ink(tool, last ?? next, next);
    return true;
  }

  // Draws to where the pointer is now. There is no ink outside the page: a stroke ends where the pointer leaves it, and
  // another one begins where it comes back.
  follow(x, y) {
    const [left, top] = this.hand, part = onPage(this.hand, [x, y], WIDTHS[this.stroke.tool] / 2);
    if (!part) return false;
    const at = (share) => [left + share * (x - left), top + share * (y - top)];
    if (part[0] > 0) this.begin(true);
    const entered = part[0] > 0 && this.to(...at(part[0]));
    return this.to(...at(part[1])) || entered;
  }

  end(time) {
    if (!this.stroke) return;
    this.stroke = null;
    this.finished(time);
  }

  listen() {
    const { canvas } = this;
    const follow = (event) => {
      let inked = false;
      for (const place of places(event, canvas)) {
        const [x, y] = place.map((share) => share * SIDE);
        inked = (this.hand ? this.follow(x, y) : this.to(x, y)) || inked;
        this.hand = [x, y];
      }
      if (inked) this.drawn(event.timeStamp);
    };
    dragging(canvas, {
      grab: (event) => {
        this.begin();
        this.hand = null;
        follow(event);
      },
      drag: follow,
      drop: (event) => this.end(event.timeStamp),
    });
    const ink = (place, time) => this.to(...place.map((share) => share * SIDE)) && this.drawn(time);
    this.keys = new KeyPen(canvas, STEP, {
      begin: (place, time) => {
        this.begin();
        ink(place, time);
      },
      go: ink,
      end: (time) => this.end(time),
    });
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo(event.timeStamp);
      else if (!this.keys.key(event)) return;
      event.preventDefault();
    });
  }
}

// The part of a straight movement of which ink reaches the page, as two shares of its length; null if there is none.
// reach: how far a pen paints around its place. Liang and Barsky's clipping of a line.
function onPage(from, to, reach) {
  let [first, last] = [0, 1];
  for (const k of [0, 1]) {
    const move = to[k] - from[k], borders = [-reach, SIDE + reach];
    if (move) {
      const [enters, leaves] = borders.map((border) => (border - from[k]) / move).sort((a, b) => a - b);
      [first, last] = [Math.max(first, enters), Math.min(last, leaves)];
    } else if (from[k] < borders[0] || from[k] > borders[1]) return null;
  }
  return first <= last ? [first, last] : null;
}

// The strokes of a drawing's text; null if it is invalid.
function strokesOf(text) {
  if (!/^([PE]([0-9a-z]{4})+)*$/.test(text) || text.length > 4 * MOST) return null;
  return Array.from(text.matchAll(/([PE])([0-9a-z]+)/g), ([, letter, coordinates]) => ({
    tool: letter === "P" ? "pen" : "eraser",
    points: coordinates.match(/.{4}/g).map((four) => [four.slice(0, 2), four.slice(2)].map((two) => Math.min(SIDE, Number.parseInt(two, 36)))),
  }));
}
