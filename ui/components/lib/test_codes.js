import { bytes, fromHalves } from "./decode.js";
import { nearest } from "./neighbours.js";

// The codes of the test images, packed by the server (ui/recorded_codes.py): float16, all codes in sequence, then a
// byte for each label.
export class TestCodes {
  constructor(packed, { count, latent, labelled }) {
    const size = 2 * count * latent;
    if (packed.length !== size + (labelled ? count : 0)) throw new Error("the codes were cut");
    this.codes = Float32Array.from(fromHalves(new Uint16Array(packed.buffer, packed.byteOffset, count * latent)));
    this.labels = labelled ? packed.subarray(size) : null;
    Object.assign(this, { count, latent, row: 0 });
  }

  // {row, distance, label or null} of the code nearest to z. The search starts with the previous result, which during a
  // drag often is still the nearest.
  nearest(z) {
    const [[row, distance]] = nearest(this.codes, z, 1, this.row);
    this.row = row;
    return { row, distance, label: this.labels ? this.labels[row] : null };
  }
}

// TestCodes from the server's data: an address, or in a saved page the bytes as base64 `data`. Null if they cannot be
// loaded: the page works without them.
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
