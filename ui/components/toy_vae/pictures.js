// Small grey pictures: real ones, their reconstructions and samples in rows, or many in a grid.

import { fit, rgb } from "../lib/canvas.js";
import { clamp } from "../lib/numbers.js";

const COLUMNS = 8, MARGIN = 84, GAP = 4;
export const SHOWN = { pairs: 3 * COLUMNS, samples: 2 * COLUMNS }; // pictures

const scratch = document.createElement("canvas"); // one picture at a time

// A canvas of picture `index` of pictures (side², n) in [0, 1].
function picture(pixels, index, side) {
  const n = pixels.length / (side * side);
  if (scratch.width !== side) Object.assign(scratch, { width: side, height: side });
  const context = scratch.getContext("2d"), image = context.createImageData(side, side);
  for (let k = 0; k < side * side; k++) {
    image.data.fill(255 * clamp(pixels[k * n + index], 0, 1), 4 * k, 4 * k + 3);
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return scratch;
}

// Picture `index` into a square of the canvas, with a frame in a colour or without one.
export function drawPicture(context, pixels, index, side, { left, top, size, frame }) {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture(pixels, index, side), left, top, size, size);
  if (!frame) return;
  Object.assign(context, { strokeStyle: frame, lineWidth: 2 });
  context.strokeRect(left, top, size, size);
}

// real, reconstructions, samples (side², n).
export function drawRows(canvas, side, { real, reconstructions, samples }, { ink, font, colours }) {
  const { context, width, height } = fit(canvas), lines = 2 * (SHOWN.pairs / COLUMNS) + SHOWN.samples / COLUMNS;
  const size = Math.min((width - MARGIN) / COLUMNS, (height - 24) / lines) - GAP, blue = rgb(colours.real), orange = rgb(colours.generated);
  Object.assign(context, { fillStyle: ink, font: `12px ${font}` });
  let top = 4;
  const row = (words, pixels, first, frame) => {
    context.fillStyle = ink;
    context.fillText(words, 4, top + size / 2 + 4);
    for (let k = 0; k < COLUMNS; k++) {
      drawPicture(context, pixels, first + k, side, { left: MARGIN + k * (size + GAP), top, size, frame });
    }
    top += size + GAP;
  };
  for (let first = 0; first < SHOWN.pairs; first += COLUMNS) {
    row("real", real, first, blue);
    row("reconstructed", reconstructions, first, orange);
    top += 5;
  }
  for (let first = 0; first < SHOWN.samples; first += COLUMNS) row(first ? "" : "samples", samples, first, orange);
}
