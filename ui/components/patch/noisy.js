// A grey picture with noise in a square of it.

import { clamp } from "../lib/numbers.js";

// RGBA of the picture with its patch at (row, column). pixels: height · width grey levels; scale, offset: side · side
// numbers; inside the patch a pixel x in [0, 1] becomes clamp(scale · x + offset, 0, 1).
export function noisy({ pixels, width, height, side, scale, offset }, row, column) {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = pixels[y * width + x];
      const down = y - row, right = x - column;
      if (down >= 0 && down < side && right >= 0 && right < side) {
        const k = down * side + right;
        value = Math.round(255 * clamp((scale[k] * value) / 255 + offset[k], 0, 1));
      }
      const first = 4 * (y * width + x);
      rgba.fill(value, first, first + 3);
    }
  }
  return rgba;
}
