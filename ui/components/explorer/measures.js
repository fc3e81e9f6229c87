// Numbers of one code z, as ui/explore/code_metrics.py has them.

import { bytes, fromHalves } from "../lib/decode.js";

export const norm = (z) => Math.hypot(...z);

// log N(z; 0, I) in nats.
export const logPrior = (z) => -0.5 * (norm(z) ** 2 + z.length * Math.log(2 * Math.PI));

// The codes of the test images, which the server packs (ui/recorded_codes.py): float16, one code after another, then a byte
// for each label.
export class TestCodes {
  constructor(packed, { count, latent, labelled }) {
    const size = 2 * count * latent;
    if (packed.length !== size + (labelled ? count : 0)) throw new Error("the codes were cut");
    this.codes = Float32Array.from(fromHalves(new Uint16Array(packed.buffer, packed.byteOffset, count * latent)));
    this.labels = labelled ? packed.subarray(size) : null;
    Object.assign(this, { count, latent, row: 0 });
  }

  // {row, distance, label or null} of the code that is nearest to z. A row is left as soon as it is farther than the best,
  // and the nearest one of last time is the first, which it often still is under a moving hand.
  nearest(z) {
    let row = this.row, least = this.squared(row, z, Infinity);
    for (let k = 0; k < this.count; k++) {
      const squared = this.squared(k, z, least);
      if (squared < least) [row, least] = [k, squared];
    }
    this.row = row;
    return { row, distance: Math.sqrt(least), label: this.labels ? this.labels[row] : null };
  }

  squared(row, z, enough) {
    const { codes, latent } = this;
    let sum = 0;
    for (let d = 0, at = row * latent; d < latent && sum <= enough; d++, at++) sum += (z[d] - codes[at]) ** 2;
    return sum;
  }
}

// TestCodes of what the server gives: an address, or in a saved page the bytes as base64 `data`. Null where they do not come:
// the page goes without.
export async function testCodes(given) {
  try {
    const packed = given.data ? bytes(given.data) : await downloaded(new URL(given.url, document.baseURI));
    return new TestCodes(packed, given);
  } catch {
    return null;
  }
}

async function downloaded(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no such file (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
