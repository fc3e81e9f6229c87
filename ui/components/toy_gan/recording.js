// A recording that the server sends, as snapshots {step, d, g, energy, generator, discriminator, shown}: losses of the
// discriminator and the generator, null where unknown; the energy distance; weights of both networks and of the generator
// that is shown.

import { halves } from "../lib/decode.js";

// The snapshots of a recording, whose networks have so many weights.
export function recorded({ history, generator, discriminator, shown }, generatorSize, discriminatorSize) {
  const weights = { generator: halves(generator), discriminator: halves(discriminator), shown: halves(shown ?? generator) };
  const part = (name, size, k) => weights[name].subarray(k * size, (k + 1) * size);
  return history.map((metrics, k) => ({
    ...metrics,
    generator: part("generator", generatorSize, k),
    discriminator: part("discriminator", discriminatorSize, k),
    shown: part("shown", generatorSize, k),
  }));
}
