// A small grey picture on which the user draws in the picture's own pixels: white strokes on black with soft edges.
// Unlike the page of ink of lib/pen.js, which has to be prepared, this is a network's input.
//
//   const painting = new Painting(box, size, { canvas, rest: "Turn", changed(time), ended(time), taken() });
//
// box: an empty element for the tools; canvas: where the picture is shown, and drawn on by keyboard; rest: what the
// pointer does when it does not draw. changed: the ink has changed, maybe within a stroke; ended: a stroke, undo or
// clear is complete; taken: another tool was chosen.

import { HELP, KeyPen } from "./key_pen.js";
import { greyImage } from "./pixels.js";

const WIDTHS = { draw: 2.4, erase: 3.6 }; // pixels; a stroke of MNIST is 2 to 3 wide
const INKS = { draw: "#fff", erase: "#000" };
const REMEMBERED = 30; // pictures for undo
const MARKUP = `<span class="modes" role="group" aria-label="What the pointer does on the picture">
    <button type="button" data-mode=""></button>
    <button type="button" data-mode="draw">Draw</button>
    <button type="button" data-mode="erase">Erase</button>
  </span>
  <span><button type="button" class="undo">Undo</button> <button type="button" class="clear">Clear</button></span>`;

export class Painting {
  constructor(box, size, { canvas: seen, rest, changed, ended, taken = () => {} }) {
    Object.assign(this, { size, changed, ended, taken, past: [], last: null, heard: -1, mode: "" });
    box.classList.add("painting");
    box.innerHTML = MARKUP;
    this.buttons = [...box.querySelectorAll("[data-mode]")];
    this.buttons[0].textContent = rest;
    for (const button of this.buttons) button.addEventListener("click", () => this.take(button.dataset.mode));
    this.undoButton = box.querySelector(".undo");
    this.undoButton.addEventListener("click", ({ timeStamp }) => this.undo(timeStamp));
    box.querySelector(".clear").addEventListener("click", ({ timeStamp }) => this.clear(timeStamp));
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.context, { lineCap: "round", lineJoin: "round" });
    const points = (place) => [place.map((share) => share * size)];
    this.seen = seen;
    this.keys = new KeyPen(seen, 1 / size, {
      begin: (place, time) => this.begin(points(place), time),
      go: (place, time) => this.go(points(place), time),
      end: (time) => this.ended(time),
    });
    this.take("");
    this.show();
  }

  // Grey levels of the picture.
  get pixels() {
    const { data } = this.context.getImageData(0, 0, this.size, this.size);
    return Uint8Array.from({ length: this.size ** 2 }, (_, k) => data[4 * k]);
  }

  // The same in [0, 1], for a network.
  get numbers() {
    return Float32Array.from(this.pixels, (level) => level / 255);
  }

  // As base64.
  get text() {
    return btoa(String.fromCharCode(...this.pixels));
  }

  // Sets another picture to draw on. Undo reaches back only within the same picture.
  put(pixels) {
    if (this.past.length && !this.pixels.every((level, k) => level === pixels[k])) this.past = [];
    this.set(pixels);
    this.show();
  }

  set(pixels) {
    this.context.putImageData(greyImage(pixels, this.size, this.size), 0, 0);
  }

  take(mode) {
    this.keys.leave(performance.now());
    this.mode = mode;
    if (mode) this.seen.setAttribute("aria-description", HELP);
    else this.seen.removeAttribute("aria-description");
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    this.taken();
  }

  show() {
    this.undoButton.disabled = !this.past.length;
  }

  remember() {
    this.past.push(this.pixels);
    if (this.past.length > REMEMBERED) this.past.shift();
    this.show();
  }

  // Handles a key on the canvas; returns whether it was for the chosen tool.
  key(event) {
    const { key, ctrlKey, metaKey, timeStamp } = event;
    if (key === "z" && (ctrlKey || metaKey)) this.undo(timeStamp);
    else if (!this.mode || !this.keys.key(event)) return false;
    event.preventDefault();
    return true;
  }

  // ---- a stroke of the chosen tool; the points are [[x, y]] in pixels of the picture ----

  begin(points, time) {
    this.open();
    Object.assign(this.context, { strokeStyle: INKS[this.mode], lineWidth: WIDTHS[this.mode] });
    this.go(points, time);
  }

  open() {
    this.remember();
    this.last = null;
    this.cut = false;
  }

  go(points, time) {
    const { context } = this;
    if (this.cut) this.open(); // undone or cleared during a stroke: what follows is a new stroke
    this.heard = time;
    for (const [x, y] of points) {
      const [fromX, fromY] = this.last ?? [x - 0.01, y]; // a line of length 0 would draw nothing
      context.beginPath();
      context.moveTo(fromX, fromY);
      context.lineTo(x, y);
      context.stroke();
      this.last = [x, y];
    }
    this.changed(time);
  }

  clear(time) {
    this.remember();
    this.cut = true;
    this.set(new Uint8Array(this.size ** 2));
    this.changed(time);
    this.ended(time);
  }

  undo(time) {
    this.keys.lift(time); // what it draws from here on is a new stroke
    if (!this.past.length) return;
    this.cut = true;
    this.set(this.past.pop());
    this.show();
    this.changed(time);
    this.ended(time);
  }
}
