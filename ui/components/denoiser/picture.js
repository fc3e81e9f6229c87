// One of the pictures, enlarged so that its frame is a thin line, with a small one and figures beside it.

import { greyImage } from "../lib/pixels.js";
import { write } from "../lib/write.js";
import { SIZE } from "./answers.js";
import { SIDE } from "./noise.js";

const ZOOM = 12; // canvas pixels for each pixel of the picture

export class Picture {
  constructor(figure) {
    const find = (selector) => figure.querySelector(selector);
    [this.canvas, this.small, this.list, this.caption] = [".view", ".small", "dl", "figcaption"].map(find);
    this.scaled = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
    Object.assign(this.canvas, { width: SIZE * ZOOM, height: SIZE * ZOOM });
    Object.assign(this.small, { width: SIZE, height: SIZE });
    this.context = this.canvas.getContext("2d");
    this.context.imageSmoothingEnabled = false;
  }

  // Sets the frame's colour from the theme, which is read only with new data.
  paint() {
    this.colour = getComputedStyle(this.canvas).getPropertyValue("--st-primary-color") || "#f44";
  }

  name(title, alt) {
    this.caption.textContent = title;
    this.canvas.setAttribute("aria-label", alt);
    this.small.setAttribute("aria-label", `Where it is wrong, white is an error of the whole range. ${alt}`);
  }

  // levels: grey levels of the picture.
  draw(levels) {
    put(this.scaled, levels);
    this.context.drawImage(this.scaled, 0, 0, SIZE * ZOOM, SIZE * ZOOM);
  }

  // A frame around the square at (row, column), visible on black and on white.
  frame(row, column, dashed = false) {
    const { context } = this;
    context.setLineDash(dashed ? [10, 7] : []);
    for (const [colour, width] of [["#fff", 5], [this.colour, 3]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.strokeRect(column * ZOOM, row * ZOOM, SIDE * ZOOM, SIDE * ZOOM);
    }
  }

  beside(levels) {
    put(this.small, levels);
  }

  // rows: [[name, value]]; the elements are reused, so that nothing blinks during a drag.
  figures(rows) {
    if (this.list.children.length !== 2 * rows.length) {
      const cells = rows.flatMap(() => [document.createElement("dt"), document.createElement("dd")]);
      this.list.replaceChildren(...cells);
    }
    rows.flat().forEach((text, k) => write(this.list.children[k], text));
  }
}

function put(canvas, levels) {
  canvas.getContext("2d").putImageData(greyImage(levels, SIZE, SIZE), 0, 0);
}
