// Small grey pictures: real ones, their reconstructions and samples in rows, or many in a grid.

import { fit, rgb } from "../lib/canvas.js";

const COLUMNS = 8, MARGIN = 84, GAP = 4;
export const SHOWN = { pairs: 3 * COLUMNS, samples: 2 * COLUMNS }; // pictures

// Many pictures as the rows of one canvas: writing each to a canvas of its own is far slower. name: of that canvas, which the
// next call with it overwrites. pixels (side², n) in [0, 1], of which the first `count` are taken.
export class Pictures {
  constructor(name, pixels, count, side) {
    const n = pixels.length / (side * side), image = new ImageData(side, side * count), { data } = image;
    for (let pixel = 0; pixel < side * side; pixel++) {
      for (let index = 0; index < count; index++) {
        const grey = 255 * pixels[pixel * n + index], at = 4 * (index * side * side + pixel); // a clamped array rounds and clamps
        data[at] = data[at + 1] = data[at + 2] = grey;
        data[at + 3] = 255;
      }
    }
    Object.assign(this, { canvas: canvas(name, side, side * count), side });
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  // Picture `index` into a square, with a frame in a colour or without one.
  draw(context, index, { left, top, size, frame }) {
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, 0, index * this.side, this.side, this.side, left, top, size, size);
    if (!frame) return;
    Object.assign(context, { strokeStyle: frame, lineWidth: 2 });
    context.strokeRect(left, top, size, size);
  }
}

const canvases = new Map();

function canvas(name, width, height) {
  if (!canvases.has(name)) canvases.set(name, document.createElement("canvas"));
  const one = canvases.get(name);
  if (one.width !== width || one.height !== height) Object.assign(one, { width, height });
  return one;
}

// real, reconstructions, samples (side², n).
export function drawRows(canvas, side, { real, reconstructions, samples }, { ink, font, colours }) {
  const { context, width, height } = fit(canvas), lines = 2 * (SHOWN.pairs / COLUMNS) + SHOWN.samples / COLUMNS;
  const size = Math.min((width - MARGIN) / COLUMNS, (height - 24) / lines) - GAP, blue = rgb(colours.real), orange = rgb(colours.generated);
  Object.assign(context, { fillStyle: ink, font: font(12) });
  let top = 4;
  const kinds = {
    real: new Pictures("real", real, SHOWN.pairs, side),
    reconstructed: new Pictures("reconstructed", reconstructions, SHOWN.pairs, side),
    samples: new Pictures("samples", samples, SHOWN.samples, side),
  };
  const row = (words, name, first, frame) => {
    context.fillStyle = ink;
    context.fillText(words, 4, top + size / 2 + 4);
    for (let k = 0; k < COLUMNS; k++) {
      kinds[name].draw(context, first + k, { left: MARGIN + k * (size + GAP), top, size, frame });
    }
    top += size + GAP;
  };
  for (let first = 0; first < SHOWN.pairs; first += COLUMNS) {
    row("real", "real", first, blue);
    row("reconstructed", "reconstructed", first, orange);
    top += 5;
  }
  for (let first = 0; first < SHOWN.samples; first += COLUMNS) row(first ? "" : "samples", "samples", first, orange);
}
