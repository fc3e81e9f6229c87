// The plane: a pad over two directions of the latent space, 21 × 21 decoded pictures in one map.
// Coordinates u = [u0, u1] are −3 … 3 along the two axes, in units of the plane's `scale`.

import { clamp } from "../lib/numbers.js";

const CELLS = 21;
const SHOWN = 3; // every third picture is drawn as background: 7 × 7 are large enough to be recognised
const REACH = 3;

const toCell = (u) => clamp(Math.round(((u + REACH) / (2 * REACH)) * (CELLS - 1)), 0, CELLS - 1);
const fromCell = (cell) => Math.round((cell * 0.3 - REACH) * 10) / 10;
const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

export class Plane {
  // preview(draw, time): a picture for the moment; pick(draw, u, time): set the code; leave(): back to its picture
  constructor(root, { preview, pick, leave }) {
    Object.assign(this, { preview, pick, leave, map: null, at: [0, 0] });
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
      if (this.map) this.set(this.cells(event), event.timeStamp);
      else this.settle();
    });
    on("pointerleave", () => this.held || this.settle());
    on("pointercancel", () => this.settle());
    on("keydown", (event) => this.key(event));
  }

  // What the server sends of it, the coordinates of the code, and the decoded map where it belongs to this code.
  update({ names }, at, map, size) {
    this.names = names;
    this.map = map;
    this.pad.classList.toggle("stale", !map);
    this.pad.setAttribute("aria-label", `Plane of ${names.join(" and ")}: arrow keys move, the picture follows`);
    if (map && map !== this.drawn) {
      [this.width, this.height] = size;
      this.drawn = map;
      this.background();
    }
    this.rest(at);
  }

  // The code is at u now.
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
    context.drawImage(this.drawn, i * width, (CELLS - 1 - j) * height, width, height, x, y, width, height);
  }

  cells(event) {
    const box = this.pad.getBoundingClientRect();
    const right = (event.clientX - box.left) / box.width, up = 1 - (event.clientY - box.top) / box.height;
    return [right, up].map((share) => clamp(Math.round(share * CELLS - 0.5), 0, CELLS - 1));
  }

  move(event) {
    if (!this.map || (!this.held && event.pointerType !== "mouse")) return;
    const cells = this.cells(event);
    this.mark(cells.map(fromCell));
    this.preview((context) => this.tile(context, ...cells), event.timeStamp);
  }

  set(cells, time) {
    this.pick((context) => this.tile(context, ...cells), cells.map(fromCell), time);
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
    this.set(this.at.map((u, axis) => clamp(toCell(u) + step[axis], 0, CELLS - 1)), event.timeStamp);
  }

  mark(u) {
    const place = (value) => `${clamp(((value + REACH + 0.15) / (2 * REACH + 0.3)) * 100, 0, 100)}%`;
    this.pad.style.setProperty("--x", place(u[0]));
    this.pad.style.setProperty("--y", place(-u[1]));
    this.pad.classList.toggle("outside", u.some((value) => Math.abs(value) > REACH + 0.15));
    this.words.textContent = u.map((value, axis) => `${this.names[axis]} ${signed(value)}`).join("  ·  ");
  }
}
