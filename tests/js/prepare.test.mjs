import assert from "node:assert/strict";
import test from "node:test";
import { bytes } from "../../ui/components/lib/decode.js";
import { picture } from "../../ui/components/lib/filters.js";
import { greyOf, prepare } from "../../ui/components/lib/prepare.js";
import { expected } from "./compare.mjs";

const pictures = Object.fromEntries(
  Object.entries(expected.pictures).map(([name, { width, height, rgb }]) => {
    const three = bytes(rgb), data = new Uint8ClampedArray(4 * width * height).fill(255);
    three.forEach((value, k) => (data[4 * Math.floor(k / 3) + (k % 3)] = value));
    return [name, greyOf({ data, width, height })];
  }),
);

for (const { picture: name, preset, off, shape, keys, image } of expected.cases)
  test(`${name} for ${preset.name}${off.length ? ` without ${off}` : ""}`, () => {
    const { image: found, keys: taken, problem } = prepare(pictures[name], shape, preset, off);
    assert.equal(problem === null, image !== null);
    if (!image) return;
    assert.deepEqual(taken, keys);
    const wanted = bytes(image), differences = found.map((value, k) => Math.abs(value - wanted[k]));
    assert.ok(Math.max(...differences) <= (preset.binary ? 0 : 1), `off by ${Math.max(...differences)} grey levels`);
    assert.ok(differences.filter((value) => value).length <= 2, "pixels that another rounding made");
  });

test("an empty page has a sentence and is black", () => {
  const { problem, image } = prepare(picture(280, 280, new Float32Array(280 * 280).fill(255)), [28, 28], expected.cases[0].preset);
  assert.match(problem, /Nothing was found/);
  assert.equal(image.length, 784);
  assert.ok(image.every((value) => value === 0));
});
