import assert from "node:assert/strict";
import test from "node:test";
import { columns, cosine } from "../../ui/components/reconstructor/maths.js";
import { close, expected } from "./compare.mjs";

test("the cosine of two pictures is PyTorch's, a black one included", () => {
  for (const { x, y, value } of expected.cosines) close(cosine(x, y), value, { absolute: 1e-6 });
});

test("rows of small pictures have one length where that can be", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 8, 9].map((count) => columns(count, 3)), [1, 2, 3, 2, 3, 3, 2, 3]);
  for (let count = 1; count < 40; count++) {
    const across = columns(count, 8), divisors = [8, 7, 6, 5, 4, 3, 2].filter((one) => count % one === 0);
    assert.equal(across, divisors[0] ?? Math.min(count, 8));
  }
});
