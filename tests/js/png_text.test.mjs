// Text in a PNG, read back by its chunks; the checksum against a known one.

import assert from "node:assert/strict";
import test from "node:test";
import { crc32, withText } from "../../ui/components/lib/png_text.js";
import { broken } from "../../ui/components/lib/slide.js";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==", "base64");

function chunks(png) {
  const found = [], view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at), type = Buffer.from(png.subarray(at + 4, at + 8)).toString();
    const content = png.subarray(at + 8, at + 8 + length);
    assert.equal(view.getUint32(at + 8 + length), crc32(png.subarray(at + 4, at + 8 + length)), type);
    found.push([type, content]);
    at += 12 + length;
  }
  return found;
}

test("the checksum of the digits 1 to 9", () => assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926));

test("words stand behind the header and nothing else changes", () => {
  const made = chunks(withText(new Uint8Array(PNG), { Title: "α = 0.5", Description: "", Software: "Latent Lab" }));
  assert.deepEqual(made.map(([type]) => type), ["IHDR", "iTXt", "iTXt", "IDAT", "IEND"]);
  assert.equal(Buffer.from(made[1][1]).toString(), "Title\0\0\0\0\0α = 0.5");
  assert.equal(Buffer.from(made[2][1]).toString(), "Software\0\0\0\0\0Latent Lab");
  const rest = made.filter(([type]) => type !== "iTXt");
  assert.deepEqual(rest, chunks(new Uint8Array(PNG)));
});

test("a long text is broken between words", () => {
  const measure = (text) => text.length;
  assert.deepEqual(broken("one two three", 7, measure), ["one two", "three"]);
  assert.deepEqual(broken("extraordinary", 5, measure), ["extraordinary"]);
  assert.deepEqual(broken("", 5, measure), []);
});
