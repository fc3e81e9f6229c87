// The plane: a pad over two directions of the latent space, 21 × 21 decoded pictures in one map.
// Coordinates u = (u0, u1) are −3 … 3 along the two axes, in units of `scale`.

import { clamp } from "../lib/numbers.js";

const CELLS = 21;
const SHOWN = 3; // every third picture is drawn as background: 7 × 7 are large enough to be recognised
const REACH = 3;

const toCell = (u) => clamp(Math.round(((u + REACH) / (2 * REACH)) * (CELLS - 1)), 0, CELLS - 1);
const fromCell = (cell) => Math.round((cell * 0.3 - REACH) * 10) / 10;

export class Plane {
  // preview(draw, u, time): a picture for the moment; pick(u, time): set the code; leave(): back to the code's picture
  constructor(root, { preview, pick, leave }) {
    Object.assign(this, { preview, pick, leave, map: null, at: [0, 0], keys: 0 });
    this.pad = root.querySelector(".pad");
    this.canvas = root.querySelector(".map");
    this.words = root.querySelector(".where");
    const on = (name, handler) => this.pad.addEventListener(name, handler);
    on("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.pad.setPointerCapture(event.pointerId);
      this.held = true;
      this.move(event);
    });
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => {
      if (!this.held) return;
      this.held = false;
      this.set(this.cells(event), event.timeStamp);
    });
    on("pointerleave", () => this.held || this.settle());
    on("pointercancel", () => this.settle());
    on("keydown", (event) => this.key(event));
  }

  // The server's side of it: axes, names, the current coordinates, and the map when it belongs to this code.
  update(plane, map, size) {
    this.names = plane.names;
    this.map = map;
    this.pad.classList.toggle("stale", !map);
    this.pad.setAttribute("aria-label", `Plane of ${plane.names.join(" and ")}: arrow keys move, the picture follows`);
    if (map && map !== this.drawn) {
      [this.width, this.height] = size;
      this.drawn = map;
      this.background();
    }
    this.rest(plane.at);
  }

  // Where the code is now.
  rest(u) {
    this.at = u;
    if (!this.held) this.mark(u);
  }

  background() {
    const shown = Math.ceil((CELLS - 1) / SHOWN);
    Object.assign(this.canvas, { width: shown * this.width, height: shown * this.height });
    const context = this.canvas.getContext("2d");
    for (let row = 0; row < shown; row++) {
      for (let column = 0; column < shown; column++) {
        this.tile(context, column * SHOWN + 1, CELLS - 2 - row * SHOWN, column * this.width, row * this.height);
      }
    }
  }

  tile(context, i, j, x = 0, y = 0) {
    const { width, height } = this;
    context.drawImage(this.map, i * width, (CELLS - 1 - j) * height, width, height, x, y, width, height);
  }

  cells(event) {
    const box = this.pad.getBoundingClientRect();
    const along = (event.clientX - box.left) / box.width;
    const up = 1 - (event.clientY - box.top) / box.height;
    return [along, up].map((share) => clamp(Math.round(share * CELLS - 0.5), 0, CELLS - 1));
  }

  move(event) {
    if (!this.map) return;
    if (!this.held && event.pointerType !== "mouse") return;
    this.show(this.cells(event), event.timeStamp);
  }

  show([i, j], time) {
    const u = [fromCell(i), fromCell(j)];
    this.mark(u);
    this.preview((context) => this.tile(context, i, j), u, time);
  }

  set([i, j], time) {
    if (!this.map) return;
    this.pick((context) => this.tile(context, i, j), [fromCell(i), fromCell(j)], time);
  }

  settle() {
    this.held = false;
    this.mark(this.at);
    this.leave();
  }

  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step || !this.map) return;
    event.preventDefault();
    const cells = this.at.map((u, axis) => clamp(toCell(u) + step[axis], 0, CELLS - 1));
    this.pick((context) => this.tile(context, ...cells), cells.map(fromCell), event.timeStamp, true);
  }

  mark(u) {
    const place = (value) => `${clamp(((value + REACH + 0.15) / (2 * REACH + 0.3)) * 100, 0, 100)}%`;
    this.pad.style.setProperty("--x", place(u[0]));
    this.pad.style.setProperty("--y", place(-u[1]));
    this.pad.classList.toggle("outside", u.some((value) => Math.abs(value) > REACH + 0.15));
    this.words.textContent = u.map((value, axis) => `${this.names[axis]} ${signed(value)}`).join("  ·  ");
  }
}

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
