// Objects on the map: a line between two codes with the pictures along it, and a drawing. The decoder, the encoder and
// the classifier run in the browser; if they cannot, recorded pictures of the nearest codes are shown.

import { linspace } from "../lib/axes.js";
import { Classes } from "../lib/classes.js";
import { floats as decoded } from "../lib/decode.js";
import { Latency } from "../lib/latency.js";
import { nearest } from "../lib/neighbours.js";
import { Networks } from "../lib/networks.js";
import { floats } from "../lib/onnx.js";
import { Pen } from "../lib/pen.js";
import { image } from "../lib/pixels.js";
import { greyOf, prepare } from "../lib/prepare.js";
import { testCodes } from "../lib/test_codes.js";
import { letters } from "../lib/theme.js";
import { Line, placeOf } from "./line.js";

const SHOWN = 9; // pictures along the line
export const OWN = -1; // instead of a row, for the drawing
const REACH = 22; // CSS pixels within which an end or the handle is grabbed
const OWN_REACH = 14; // and within which a line finds the drawing instead of a point
const SAY = {
  walk: "Drag the handle along the line. Drag A or B to other points or to your drawing, or draw a new line from one point to another.",
  draw: "Draw: your picture is encoded while the pen moves, and its place is marked on the map.",
};
const NOTHING = "There is nothing on the page: draw something. The last place stays.";

export class Journey {
  // map: the Scatter. It is asked for places and rows and redraws.
  constructor(root, map) {
    const find = (selector) => root.querySelector(selector);
    Object.assign(this, { map, mode: "look", ends: null, alpha: 0.5, own: null, next: 0, held: null });
    for (const name of ["alpha", "strip", "sentence", "quiet", "panel", "reading"]) this[`${name}Box`] = find(`.${name}`);
    this.views = { walk: find(".here"), draw: find(".reconstruction"), input: find(".input") };
    this.lists = { walk: new Classes(find(".walk-classes")), draw: new Classes(find(".draw-classes")) };
    this.buttons = [...root.querySelectorAll("button[data-mode]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.mode));
    this.latency = new Latency(find(".badge"), "walk-measured");
    let time; // of the pointer's or the key's event, which precedes the input event
    for (const name of ["pointerdown", "pointermove", "keydown"]) this.alphaBox.addEventListener(name, (event) => (time = event.timeStamp));
    this.alphaBox.addEventListener("input", () => this.go(this.alphaBox.valueAsNumber, time));
    this.alphaBox.addEventListener("change", () => this.tell());
    this.ownButtons = [...root.querySelectorAll("[data-end]")];
    for (const button of this.ownButtons) {
      button.addEventListener("click", () => {
        this.setEnds(this.ends.with(Number(button.dataset.end), OWN));
        this.tell();
      });
    }
    this.pen = new Pen(find(".paper"), { drawn: () => this.encode(), finished: () => this.encode().then(() => this.tellInk()) });
    this.pen.label = "Your drawing, with mouse, pen or finger";
    this.networks = new Networks(["encoder", "decoder"], { live: () => this.live(), failed: (reason) => this.fail(reason) });
  }

  stop() {
    this.networks.stop();
  }

  // Start with another map. live: from ui/explore/latent_map.py, null for a model without an encoder for browsers.
  async receive(data) {
    const { live } = data;
    this.data = data;
    Object.assign(this, { codes: null, line: null, own: null, blank: !live?.preset, reason: null });
    this.buttons.forEach((button) => (button.hidden = !live || (button.dataset.mode === "draw" && !live.preset)));
    if (!live) return this.choose("look");
    const { walk, ink, live: { classes } } = data;
    this.ends = walk ? walk.slice(0, 2) : null;
    this.alpha = walk ? walk[2] : 0.5;
    if (ink && live.preset) this.pen.restore(ink);
    for (const list of Object.values(this.lists)) list.names = classes ?? [];
    this.quietBox.textContent = "The networks are being loaded; the pictures follow in a moment.";
    this.networks.connect(live.networks, true);
    const codes = await testCodes(live.codes);
    if (this.data !== data) return;
    this.codes = codes;
    if (!codes) return this.fail("the recorded codes could not be loaded");
    this.geometry = {
      kind: live.kind, codes: codes.codes, points: Float64Array.from(data.points, (value) => value / 10000),
      components: decoded(live.components), centre: decoded(live.centre), middle: live.middle, span: live.span,
    };
    await this.encode();
    this.choose(walk ? "walk" : ink ? "draw" : this.mode);
  }

  choose(mode) {
    this.mode = mode;
    this.buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.mode === mode)));
    this.panelBox.dataset.mode = mode;
    this.sentenceBox.textContent = SAY[mode] ?? "";
    this.map.canvas.dataset.mode = mode;
    if (mode === "walk" && this.codes && !this.ends) this.ends = this.firstEnds();
    for (const button of this.ownButtons) button.hidden = !this.own;
    this.redrawLine();
    this.map.looked();
  }

  // The drawing, or the chosen point, and the point that is farthest from it on the map: of another class than the point,
  // where there are several.
  firstEnds() {
    const { labels } = this.data, several = new Set(labels).size > 1, a = this.own ? OWN : (this.map.chosen ?? 0), from = this.placeOf(a);
    let b = 0, most = -1;
    labels.forEach((label, row) => {
      const far = distance(this.placeOf(row), from);
      if ((label !== labels[a] || !several) && far > most) [b, most] = [row, far];
    });
    return [a, b];
  }

  // ---- codes and places

  codeOf(row) {
    if (row === OWN) return this.own.code;
    const { latent } = this.codes;
    return this.codes.codes.subarray(row * latent, (row + 1) * latent);
  }

  placeOf(row) {
    if (row === OWN) return this.own.place;
    return [this.data.points[2 * row] / 10000, this.data.points[2 * row + 1] / 10000];
  }

  redrawLine() {
    if (!this.codes || !this.ends || this.mode !== "walk") return;
    if (this.ends.includes(OWN) && !this.own) {
      if (!this.reason && !this.blank && !this.pen.untouched) return; // the drawing in the link is being encoded
      this.ends = this.ends.map((row) => (row === OWN ? 0 : row));
    }
    this.line = new Line(this.geometry, ...this.ends.map((row) => this.codeOf(row)));
    this.fillStrip();
    this.go(this.alpha);
  }

  // ---- pictures

  live() {
    this.quietBox.textContent = "";
    if (!this.pen.untouched && !this.own) this.encode();
    this.redrawLine();
  }

  fail(reason) {
    this.reason = reason;
    this.quietBox.textContent = this.codes
      ? `The pictures are recorded ones of the nearest codes, because ${reason}. A drawing cannot be placed.`
      : `No walk is possible, because ${reason}. Points can still be chosen.`;
    this.redrawLine();
  }

  async pictures(codes, lane) {
    const z = floats([codes.length, codes[0].length], codes.flatMap((code) => [...code]));
    return (await this.networks.run("decoder", { z }, lane))?.picture ?? null;
  }

  async fillStrip() {
    const { line } = this, codes = linspace(0, 1, SHOWN).map((alpha) => line.code(alpha)), [height, width] = this.data.tile;
    const output = await this.pictures(codes, "strip");
    if (this.line !== line) return;
    if (!output && !this.reason) return; // a newer line, or the network, is on its way
    fitted(this.stripBox, SHOWN * width, height);
    const context = this.stripBox.getContext("2d");
    codes.forEach((code, k) => {
      if (output) context.putImageData(image(output, k), k * width, 0);
      else this.recorded(context, code, k * width);
    });
  }

  // The recorded pictures have come, perhaps after the codes.
  sheetIsHere() {
    if (this.reason) this.redrawLine();
  }

  // The recorded picture of the code that is nearest.
  recorded(context, code, x) {
    const { columns, tile: [height, width] } = this.data, [[row]] = nearest(this.codes.codes, code, 1);
    if (!this.map.sheet) return;
    context.drawImage(this.map.sheet, (row % columns) * width, Math.floor(row / columns) * height, width, height, x, 0, width, height);
  }

  // Moves the handle to α. time: the time stamp of the input event, if there was one.
  async go(alpha, time) {
    this.alpha = alpha;
    this.alphaBox.value = alpha;
    this.readingBox.textContent = `α = ${alpha.toFixed(2)}`;
    if (!this.line) return;
    this.map.rings();
    const { line } = this, code = line.code(alpha), output = await this.pictures([code], "handle");
    if (this.line !== line || (!output && !this.reason)) return;
    const canvas = this.views.walk, [height, width] = this.data.tile;
    fitted(canvas, width, height);
    if (output) this.show(canvas, output, this.lists.walk, "handle");
    else this.recorded(canvas.getContext("2d"), code, 0);
    if (time !== undefined) this.latency.measure("drag", time);
  }

  async show(canvas, picture, list, lane) {
    canvas.getContext("2d").putImageData(image(picture), 0, 0);
    const seen = await this.networks.run("classifier", { x: picture }, lane);
    if (seen) list.show(seen.logits.data);
  }

  // ---- a drawing

  async encode() {
    const { data } = this, { preset } = data.live, [height, width] = data.tile;
    if (!preset || this.pen.untouched || !this.codes) return;
    const prepared = prepare(greyOf(this.pen.pixels), [height, width], preset);
    this.blank = prepared.problem !== null;
    if (this.mode === "draw") this.sentenceBox.textContent = this.blank ? NOTHING : SAY.draw;
    if (this.blank) return;
    const x = floats([1, 1, height, width], prepared.image.map((level) => level / 255));
    const output = await this.networks.run("encoder", { x }, "draw");
    if (!output || this.data !== data) return;
    const code = Float64Array.from(output.mean.data);
    this.own = { code, place: placeOf(this.geometry, code) };
    for (const button of this.ownButtons) button.hidden = false;
    if (this.ends?.includes(OWN)) this.redrawLine();
    this.map.rings();
    fitted(this.views.input, width, height);
    this.views.input.getContext("2d").putImageData(image({ data: x.data, dims: x.dims }), 0, 0);
    const picture = await this.pictures([code], "draw");
    if (!picture || this.data !== data) return;
    fitted(this.views.draw, width, height);
    await this.show(this.views.draw, picture, this.lists.draw, "draw");
  }

  // ---- the hand on the map, in CSS pixels of its canvas

  // Whether the drawing is at a place.
  hasOwnAt(at) {
    return this.mode === "walk" && this.own !== null && distance(this.map.view.place(this.own.place), at) <= OWN_REACH;
  }

  // Whether something is taken hold of: an end, the handle, or a point from which a new line begins.
  grab(at, row) {
    if (this.mode !== "walk" || !this.line) return false;
    const places = { 0: this.placeOf(this.ends[0]), 1: this.placeOf(this.ends[1]), handle: this.line.place(this.alpha) };
    const far = Object.entries(places).map(([name, place]) => [name, distance(this.map.view.place(place), at)]);
    const [name, least] = far.sort((one, two) => one[1] - two[1])[0];
    this.moved = false;
    if (least <= REACH) this.held = name;
    else if (row !== null) [this.held, this.from] = ["new", row];
    else return false;
    return true;
  }

  drag(at, row, time) {
    this.moved = true;
    if (this.held === "handle") this.go(this.line.alphaAt(this.map.view.unit(at)), time);
    else if (row !== null) this.setEnds(this.held === "new" ? [this.from, row] : this.ends.with(Number(this.held), row));
  }

  // Without a movement a press on a point sets an end, B after A.
  drop(row) {
    if (!this.moved && this.held === "new") this.setNext(row ?? this.from);
    this.held = null;
    this.tell();
  }

  setNext(row) {
    this.setEnds(this.ends.with(this.next, row));
    this.next = 1 - this.next;
  }

  setEnds(ends) {
    if (String(ends) === String(this.ends)) return;
    this.ends = ends;
    this.redrawLine();
  }

  tell() {
    if (this.ends) this.map.report("walked", [...this.ends, Number(this.alpha.toFixed(3))]);
  }

  tellInk() {
    this.map.report("inked", this.pen.text);
  }

  // ---- on the map

  paint(context, ink, paper) {
    const put = (place) => this.map.view.place(place);
    if (this.own) this.mark(context, put(this.own.place), "your drawing", ink, paper);
    if (this.mode !== "walk" || !this.line) return;
    for (const [colour, width] of [[paper, 6], [ink, 2.5]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
      context.beginPath();
      for (const place of this.line.places) context.lineTo(...put(place));
      context.stroke();
    }
    this.ends.forEach((row, k) => this.mark(context, put(this.placeOf(row)), "AB"[k], ink, paper));
    Object.assign(context, { fillStyle: ink, strokeStyle: paper, lineWidth: 3 });
    context.beginPath();
    context.arc(...put(this.line.place(this.alpha)), 9, 0, 7);
    context.fill();
    context.stroke();
  }

  mark(context, [x, y], words, ink, paper) {
    Object.assign(context, { strokeStyle: ink, fillStyle: paper, lineWidth: 2.5 });
    context.beginPath();
    context.arc(x, y, 10, 0, 7);
    context.fill();
    context.stroke();
    Object.assign(context, { fillStyle: ink, textBaseline: "middle", textAlign: "center" });
    context.font = letters(this.map.canvas, 12, 600);
    if (words.length === 1) context.fillText(words, x, y + 0.5);
    else {
      Object.assign(context, { strokeStyle: paper, lineWidth: 4 });
      context.strokeText(words, x, y - 20);
      context.fillText(words, x, y - 20);
      context.beginPath();
      context.arc(x, y, 4, 0, 7);
      context.fill();
    }
    context.textAlign = "start";
    context.textBaseline = "alphabetic";
  }
}

const distance = ([x, y], [u, v]) => Math.hypot(x - u, y - v);

function fitted(canvas, width, height) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
}
