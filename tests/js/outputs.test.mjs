import assert from "node:assert/strict";
import test from "node:test";
import { keyOf, withOutputs } from "../../ui/components/lib/outputs.js";
import { expected } from "./compare.mjs";

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));

for (const { names, merged } of expected.cases)
  test(`what stands behind a file with ${names.length} outputs is what Protocol Buffers write`, () => {
    const file = Uint8Array.of(1, 2, 3), all = withOutputs(file, names);
    assert.deepEqual(all.subarray(0, 3), file);
    assert.deepEqual(all.subarray(3), bytes(merged));
  });

test("without names the bytes are the file itself", () => {
  const file = Uint8Array.of(1, 2, 3);
  assert.equal(withOutputs(file), file);
  assert.equal(withOutputs(file, []), file);
});

test("a network with outputs has another key than the one without, which keeps that of its file", () => {
  assert.equal(keyOf({ sha256: "d" }), "d");
  assert.notEqual(keyOf({ sha256: "d", outputs: ["a"] }), keyOf({ sha256: "d", outputs: ["a", "b"] }));
});
