// A small grey picture on which the hand draws, in the picture's own pixels: white strokes on black with soft edges. Unlike
// lib/pen.js, whose page of ink has yet to be prepared, this is what a network gets.
//
//   const painting = new Painting(box, size, { canvas, rest: "Turn", changed(time), ended(time), taken() });
//
// box: an empty element, which gets the tools; canvas: where the picture is seen, and drawn on by keyboard; rest: what the
// pointer does when it does not draw. changed: there is other ink, the pen may still be down; ended: a stroke, undo or clear
// is over; taken: another tool is in the hand.

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

  // The same in [0, 1], as a network gets them.
  get numbers() {
    return Float32Array.from(this.pixels, (level) => level / 255);
  }

  // As base64.
  get text() {
    return btoa(String.fromCharCode(...this.pixels));
  }

  // Another picture to draw on. What was drawn before can be undone as long as it is this one.
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

  // Whether a key on the canvas was for what is in the hand.
  key(event) {
    const { key, ctrlKey, metaKey, timeStamp } = event;
    if (key === "z" && (ctrlKey || metaKey)) this.undo(timeStamp);
    else if (!this.mode || !this.keys.key(event)) return false;
    event.preventDefault();
    return true;
  }

  // ---- a stroke of the tool that is in the hand; the points are [[x, y]] in pixels of the picture ----

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
    if (this.cut) this.open(); // undone or cleared under a pointer that draws: what follows is a stroke of its own
    this.heard = time;
    for (const [x, y] of points) {
      const [fromX, fromY] = this.last ?? [x - 0.01, y]; // a line of no length would draw nothing
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
    this.keys.lift(time); // what it draws from here on is a stroke of its own
    if (!this.past.length) return;
    this.cut = true;
    this.set(this.past.pop());
    this.show();
    this.changed(time);
    this.ended(time);
  }
}
