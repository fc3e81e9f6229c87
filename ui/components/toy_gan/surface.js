// The discriminator's output as colours: blue where it takes points for real, orange for generated, transparent where it is
// undecided.

import { sigmoid } from "../lib/gan_losses.js";
import { clamp } from "../lib/numbers.js";
import { extent } from "../lib/point_arrays.js";
import { COLOURS } from "../lib/theme.js";

// The function from a logit to −1 (generated) … 1 (real). A critic's value has no scale of its own, so it gets that of
// the given logits.
function confidence(loss, logits) {
  if (loss === "minimax" || loss === "non_saturating") return (t) => 2 * sigmoid(t) - 1;
  if (loss === "least_squares") return (t) => clamp(2 * t - 1, -1, 1);
  if (loss === "hinge") return (t) => clamp(t, -1, 1);
  const [low, high] = extent(logits), half = (high - low) / 2 || 1;
  return (t) => (t - (low + high) / 2) / half;
}

// A canvas of cells × cells pixels for logits that lie as grid() has them.
export function surface(loss, logits, cells) {
  const canvas = Object.assign(document.createElement("canvas"), { width: cells, height: cells });
  const context = canvas.getContext("2d"), image = context.createImageData(cells, cells), answer = confidence(loss, logits);
  logits.forEach((logit, k) => {
    const value = answer(logit);
    image.data.set(value > 0 ? COLOURS.real : COLOURS.generated, 4 * k);
    image.data[4 * k + 3] = 130 * Math.min(1, Math.abs(value));
  });
  context.putImageData(image, 0, 0);
  return canvas;
}
