import assert from "node:assert/strict";
import test from "node:test";
import { logPrior, norm } from "../../ui/components/explorer/measures.js";
import { bytes } from "../../ui/components/lib/decode.js";
import { TestCodes, testCodes } from "../../ui/components/lib/test_codes.js";
import { close, expected } from "./compare.mjs";

for (const { given, codes } of expected)
  test(`numbers of codes of ${given.latent} dimensions are those of the server`, async () => {
    const test = await testCodes(given);
    for (const { z, norm: length, logPrior: density, nearest: [row, distance, label], distances } of codes) {
      close([norm(z), logPrior(z)], [length, density], { relative: 1e-6 });
      const found = test.nearest(z);
      close(found.distance, distance, { absolute: 0.005 }); // float16
      close(distances[found.row], distance, { absolute: 0.01 });
      if (found.row === row) assert.equal(found.label, label);
    }
  });

test("a file that was cut is no codes", async () => {
  const { given } = expected[0], packed = bytes(given.data);
  assert.throws(() => new TestCodes(packed.subarray(0, -1), given));
  assert.equal(await testCodes({ ...given, data: null, url: "http://127.0.0.1:9/nothing" }), null);
});
