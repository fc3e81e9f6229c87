// A patch of noise that follows the hand. The server sends the clean picture and, for each pixel of the patch, the two
// numbers of its noise, clamp(scale · x + offset); this code applies them wherever the patch is. On release the place is
// reported once, with a ticket that the answer carries back: what answers an older ticket does not move the patch.

import { clamp } from "../lib/numbers.js";

const ZOOM = 20; // canvas pixels for each pixel of the picture, so that the frame around the patch is a thin line
const KEY_PAUSE = 200; // ms without a key press until the place is reported
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let patch = instances.get(parentElement);
  if (!patch) instances.set(parentElement, (patch = new Patch(parentElement)));
  patch.report = (place) => setTriggerValue("moved", place);
  patch.receive(data);
  return () => {
    clearTimeout(patch.pausing);
    instances.delete(parentElement);
  };
}

class Patch {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.where = root.querySelector(".where");
    this.badge = root.querySelector(".badge");
    this.small = document.createElement("canvas"); // one pixel for each pixel of the picture
    this.held = null; // where in the patch the hand took it: [row, column] of the picture's pixels
    this.ticket = null; // of the report whose answer has not come
    this.listen();
  }

  receive(data) {
    if (this.ticket !== null && data.ticket !== this.ticket) return; // the answer to something older
    this.ticket = null;
    this.data = data;
    if (this.held === null && !this.pausing) [this.row, this.column] = [data.row, data.column];
    this.canvas.setAttribute("aria-label", data.label);
    this.draw();
  }

  draw(time) {
    const { pixels, width, height, side, scale, offset } = this.data;
    Object.assign(this.small, { width, height });
    const image = new ImageData(width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let value = pixels[y * width + x];
        const down = y - this.row, across = x - this.column;
        if (down >= 0 && down < side && across >= 0 && across < side) {
          const at = down * side + across;
          value = Math.round(255 * clamp((scale[at] * value) / 255 + offset[at], 0, 1));
        }
        const first = 4 * (y * width + x);
        image.data.fill(value, first, first + 3);
        image.data[first + 3] = 255;
      }
    }
    this.small.getContext("2d").putImageData(image, 0, 0);
    Object.assign(this.canvas, { width: width * ZOOM, height: height * ZOOM });
    const context = this.canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(this.small, 0, 0, width * ZOOM, height * ZOOM);
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--st-primary-color") || "#f44";
    context.lineWidth = 4;
    context.strokeRect(this.column * ZOOM, this.row * ZOOM, side * ZOOM, side * ZOOM);
    this.where.textContent = `row ${this.row}, column ${this.column}`;
    if (time !== undefined) requestAnimationFrame(() => this.measured(performance.now() - time));
  }

  measured(milliseconds) {
    this.badge.textContent = `drag ${milliseconds.toFixed(0)} ms`;
    this.canvas.dispatchEvent(
      new CustomEvent("patch-measured", { bubbles: true, composed: true, detail: { milliseconds } }),
    );
  }

  // Whether the patch moved.
  put(row, column) {
    const { width, height, side } = this.data;
    const before = [this.row, this.column];
    this.row = clamp(Math.round(row), 0, height - side);
    this.column = clamp(Math.round(column), 0, width - side);
    return before[0] !== this.row || before[1] !== this.column;
  }

  tell() {
    clearTimeout(this.pausing);
    this.pausing = 0;
    if (this.row === this.data.row && this.column === this.data.column && this.ticket === null) return;
    this.ticket = `${Date.now()} ${Math.random()}`;
    this.report({ row: this.row, column: this.column, ticket: this.ticket });
  }

  listen() {
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      const { width, height } = this.data;
      return [((event.clientY - box.top) / box.height) * height, ((event.clientX - box.left) / box.width) * width];
    };
    const move = (event) => {
      const [y, x] = at(event);
      if (this.put(y - this.held[0], x - this.held[1])) this.draw(event.timeStamp);
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.data) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.canvas.classList.add("held");
      const [y, x] = at(event);
      const { side } = this.data;
      const inside = y >= this.row && y < this.row + side && x >= this.column && x < this.column + side;
      // Taken where it is touched; touched elsewhere, it comes with its middle under the hand.
      this.held = inside ? [y - this.row, x - this.column] : [side / 2, side / 2];
      move(event);
    });
    this.canvas.addEventListener("pointermove", (event) => this.held && move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(end, () => {
        if (!this.held) return;
        this.held = null;
        this.canvas.classList.remove("held");
        this.tell();
      });
    }
    this.canvas.addEventListener("keydown", (event) => {
      const by = event.shiftKey ? 4 : 1;
      const moves = { ArrowUp: [-by, 0], ArrowDown: [by, 0], ArrowLeft: [0, -by], ArrowRight: [0, by] };
      const way = moves[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (this.put(this.row + way[0], this.column + way[1])) this.draw(event.timeStamp);
      clearTimeout(this.pausing);
      this.pausing = setTimeout(() => this.tell(), KEY_PAUSE);
    });
  }
}
