// A patch of noise that follows the hand. The server sends the clean picture and, for each pixel of the patch, the two
// numbers of its noise, clamp(scale · x + offset); this code applies them wherever the patch is. On release the place is
// reported once.

import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { clamp } from "../lib/numbers.js";
import { noisy } from "./noisy.js";

const ZOOM = 20; // canvas pixels for each pixel of the picture, so that the frame around the patch is a thin line
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const QUICK = 4; // pixels for a key with Shift

class Patch {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.where = root.querySelector(".where");
    this.latency = new Latency(root.querySelector(".badge"), "patch-measured");
    this.small = document.createElement("canvas"); // one pixel for each pixel of the picture
    this.grip = null; // where in the patch the hand took it: [row, column] of the picture's pixels
    this.listen();
  }

  receive(data) {
    this.data = data;
    [this.row, this.column] = [data.row, data.column];
    this.canvas.setAttribute("aria-label", data.label);
    this.draw();
  }

  draw(time) {
    const { width, height, side } = this.data;
    Object.assign(this.small, { width, height });
    this.small.getContext("2d").putImageData(new ImageData(noisy(this.data, this.row, this.column), width, height), 0, 0);
    Object.assign(this.canvas, { width: width * ZOOM, height: height * ZOOM });
    const context = this.canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(this.small, 0, 0, width * ZOOM, height * ZOOM);
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--st-primary-color") || "#f44";
    context.lineWidth = 4;
    context.strokeRect(this.column * ZOOM, this.row * ZOOM, side * ZOOM, side * ZOOM);
    this.where.textContent = `row ${this.row}, column ${this.column}`;
    if (time !== undefined) this.latency.measure("drag", time);
  }

  // Draws the patch at the nearest place inside the picture, where that is another one. Returns whether it is.
  move(row, column, time) {
    const { width, height, side } = this.data, before = [this.row, this.column];
    this.row = clamp(Math.round(row), 0, height - side);
    this.column = clamp(Math.round(column), 0, width - side);
    const moved = before[0] !== this.row || before[1] !== this.column;
    if (moved) this.draw(time);
    return moved;
  }

  tell() {
    this.report("moved", { row: this.row, column: this.column });
  }

  listen() {
    const { canvas } = this;
    const at = (event) => {
      const box = canvas.getBoundingClientRect(), { width, height } = this.data;
      return [((event.clientY - box.top) / box.height) * height, ((event.clientX - box.left) / box.width) * width];
    };
    let moved = false;
    const drag = (event) => {
      const [y, x] = at(event);
      if (this.move(y - this.grip[0], x - this.grip[1], event.timeStamp)) moved = true;
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.data) return;
      canvas.setPointerCapture(event.pointerId);
      canvas.classList.add("held");
      const [y, x] = at(event), { side } = this.data;
      const inside = y >= this.row && y < this.row + side && x >= this.column && x < this.column + side;
      // Taken where it is touched; touched elsewhere, it comes with its middle under the hand.
      this.grip = inside ? [y - this.row, x - this.column] : [side / 2, side / 2];
      moved = false;
      drag(event);
    });
    canvas.addEventListener("pointermove", (event) => this.grip && drag(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (!this.grip) return;
        this.grip = null;
        canvas.classList.remove("held");
        if (moved) this.tell();
      });
    }
    canvas.addEventListener("keydown", (event) => {
      const way = MOVES[event.key], by = event.shiftKey ? QUICK : 1;
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (this.move(this.row + by * way[0], this.column + by * way[1], event.timeStamp)) this.tell();
    });
  }
}

export default mount(Patch);
