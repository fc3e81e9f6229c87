// The plane: a pad over two directions of the latent space, 21 × 21 decoded pictures in one map, of which the pad shows
// every third. Where the network runs in the browser (`continuous`), the hand is not bound to the 21 × 21, and the pad
// gets only the pictures that it shows. Before either, a press is taken all the same: the marker moves, and the picture
// is the server's answer. Coordinates u = [u0, u1] are −3 … 3 along the two axes, in units of the plane's
// `scale`.

import { dragging } from "./dragging.js";
import { clamp, fixed } from "./numbers.js";
import { isShortcut } from "./shortcut.js";
import { write } from "./write.js";

const CELLS = 21;
const SHOWN = 3; // every third picture is a background: 7 × 7 are large enough to be recognised
const REACH = 3;
const DRAWING = "The pictures of the plane are being drawn …";

const toCell = (u) => clamp(Math.round(((u + REACH) / (2 * REACH)) * (CELLS - 1)), 0, CELLS - 1);
const fromCell = (cell) => Math.round((cell * 0.3 - REACH) * 10) / 10;
const SIDE = Math.ceil((CELLS - 1) / SHOWN); // number of pictures of the pad, in each direction
const shownColumn = (column) => column * SHOWN + 1;
const shownRow = (row) => CELLS - 2 - row * SHOWN;
const signed = (value) => fixed(value, 1).replace(/^(?!−)/, "+");

export class Plane {
  // preview(draw, u, time): show a picture temporarily; pick(draw, u, time): set the code; leave(): back to its
  // picture. draw is null if the plane is continuous, and if no picture is here yet.
  constructor(root, { preview, pick, leave }) {
    Object.assign(this, { preview, pick, leave, map: null, at: [0, 0], over: false, continuous: false });
    this.pad = root.querySelector(".pad");
    this.canvas = root.querySelector(".map");
    this.words = root.querySelector(".where");
    this.state = root.querySelector(".state");
    dragging(this.pad, {
      early: true,
      grab: (event) => {
        this.held = true;
        this.move(event);
      },
      drag: (event) => this.move(event),
      drop: (event) => {
        this.held = false;
        this.set(this.under(event), event.timeStamp);
      },
      cancel: () => this.settle(),
    });
    const on = (name, handler) => this.pad.addEventListener(name, handler);
    for (const moves of ["pointermove", "pointerrawupdate"]) on(moves, (event) => this.held || this.move(event));
    on("pointerleave", () => this.held || this.settle());
    on("keydown", (event) => this.key(event));
  }

  // The server's data for it, the coordinates of the code and, if they belong to this code, the decoded map, or the
  // recorded pictures that the pad shows until there is one.
  update({ names }, at, map, recorded, size) {
    this.names = names;
    this.map = map;
    if (!this.continuous) this.stale = map || recorded ? "" : DRAWING;
    this.pad.classList.toggle("waiting", !this.follows);
    this.pad.setAttribute("aria-label", `Plane of ${names.join(" and ")}: arrow keys move, the picture follows`);
    [this.width, this.height] = size;
    if (map && map !== this.drawn) {
      this.drawn = map;
      this.background();
    } else if (recorded && !map && !this.continuous) {
      this.cleared().drawImage(recorded, 0, 0);
    }
    this.rest(at);
  }

  // Why the pad's pictures are those of another code, or missing; "" if they are of this one.
  set stale(words) {
    this.pad.classList.toggle("stale", words !== "");
    write(this.state, words);
  }

  // Whether a picture can follow the pointer.
  get follows() {
    return this.continuous || this.map;
  }

  // The code is at u now. If it was there before, a pointer over the pad keeps the cross-hair.
  rest(u) {
    const same = u.every((value, axis) => Math.abs(value - this.at[axis]) < 1e-3);
    this.at = u;
    if (!this.held && !(this.over && same)) this.mark(u);
  }

  background() {
    const context = this.cleared();
    this.cells(({ row, column, x, y }) => this.tile(context, shownColumn(column), shownRow(row), x, y));
  }

  // The same from pictures that come one after another: await picture(u) returns an argument of putImageData, or null
  // if the rest is no longer wanted.
  async paint(picture) {
    const context = this.cleared(), all = [];
    this.pad.classList.toggle("waiting", !this.follows);
    if (this.pad.classList.contains("stale")) this.stale = DRAWING;
    this.drawn = null;
    this.cells((cell) => all.push(cell));
    for (const { row, column, x, y } of all) {
      const image = await picture([fromCell(shownColumn(column)), fromCell(shownRow(row))]);
      if (!image) return;
      context.putImageData(image, x, y);
    }
    this.stale = "";
  }

  cleared() {
    const [width, height] = [SIDE * this.width, SIDE * this.height];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    return this.canvas.getContext("2d");
  }

  cells(each) {
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) each({ row, column, x: column * this.width, y: row * this.height });
    }
  }

  tile(context, i, j, x = 0, y = 0) {
    const { width, height } = this;
    context.drawImage(this.drawn, i * width, (CELLS - 1 - j) * height, width, height, x, y, width, height);
  }

  // Draws the stored picture of u, one of the 21 × 21.
  stored(u) {
    return this.continuous || !this.map ? null : (context) => this.tile(context, ...u.map(toCell));
  }

  // The coordinates under a pointer: exact, or those of the cell's centre.
  under(event) {
    const box = this.pad.getBoundingClientRect();
    const right = (event.clientX - box.left) / box.width, up = 1 - (event.clientY - box.top) / box.height;
    return [right, up].map((share) => {
      const cell = clamp(share * CELLS - 0.5, 0, CELLS - 1);
      return this.continuous ? Math.round((cell * 0.3 - REACH) * 1e3) / 1e3 : fromCell(Math.round(cell));
    });
  }

  move(event) {
    if (!this.held && (!this.follows || event.pointerType !== "mouse")) return;
    const u = this.under(event);
    this.over = true;
    this.preview(this.stored(u), u, event.timeStamp);
    this.mark(u);
  }

  set(u, time) {
    this.over = false;
    this.pick(this.stored(u), u, time);
  }

  settle() {
    this.held = this.over = false;
    this.mark(this.at);
    this.leave();
  }

  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step || isShortcut(event)) return;
    event.preventDefault();
    this.set(this.at.map((u, axis) => fromCell(clamp(toCell(u) + step[axis], 0, CELLS - 1))), event.timeStamp);
  }

  mark(u) {
    const place = (value) => `${clamp(((value + REACH + 0.15) / (2 * REACH + 0.3)) * 100, 0, 100)}%`;
    this.pad.style.setProperty("--x", place(u[0]));
    this.pad.style.setProperty("--y", place(-u[1]));
    this.pad.classList.toggle("outside", u.some((value) => Math.abs(value) > REACH + 0.15));
    this.words.textContent = u.map((value, axis) => `${this.names[axis]} ${signed(value)}`).join("  ·  ");
  }
}
