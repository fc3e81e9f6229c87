// A pen and an eraser on a small grey picture, in the picture's own pixels: strokes are white on black, with soft edges.

import { greyImage } from "../lib/pixels.js";

const WIDTHS = { pen: 2.4, eraser: 3.6 }; // pixels; a stroke of MNIST is 2 to 3 wide
const REMEMBERED = 30; // pictures for undo

export class Brush {
  constructor(size) {
    Object.assign(this, { size, past: [], last: null });
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.context, { lineCap: "round", lineJoin: "round" });
  }

  // Grey levels of the picture.
  pixels() {
    const { data } = this.context.getImageData(0, 0, this.size, this.size);
    return Uint8Array.from({ length: this.size ** 2 }, (_, k) => data[4 * k]);
  }

  // Another picture to draw on. What was drawn before can be undone as long as it is this one.
  put(pixels) {
    if (this.past.length && !this.pixels().every((level, k) => level === pixels[k])) this.past = [];
    this.set(pixels);
  }

  set(pixels) {
    this.context.putImageData(greyImage(pixels, this.size, this.size), 0, 0);
  }

  remember() {
    this.past.push(this.pixels());
    if (this.past.length > REMEMBERED) this.past.shift();
  }

  begin(erasing) {
    this.remember();
    this.last = null;
    this.context.strokeStyle = erasing ? "#000" : "#fff";
    this.context.lineWidth = erasing ? WIDTHS.eraser : WIDTHS.pen;
  }

  // The stroke goes on to (x, y); its first point is a dot, for which a line of no length would draw nothing.
  to(x, y) {
    const { context } = this, [fromX, fromY] = this.last ?? [x - 0.01, y];
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(x, y);
    context.stroke();
    this.last = [x, y];
  }

  clear() {
    this.remember();
    this.context.clearRect(0, 0, this.size, this.size);
    this.context.fillRect(0, 0, this.size, this.size);
  }

  // Takes back the last stroke; returns whether there was one.
  undo() {
    const before = this.past.pop();
    if (before) this.set(before);
    return Boolean(before);
  }
}
