import { bytes, fromHalves } from "./decode.js";
import { nearest } from "./neighbours.js";

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

  // {row, distance, label or null} of the code that is nearest to z. The search starts with the nearest one of last time,
  // which it often still is under a moving hand.
  nearest(z) {
    const [[row, distance]] = nearest(this.codes, z, 1, this.row);
    this.row = row;
    return { row, distance, label: this.labels ? this.labels[row] : null };
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
