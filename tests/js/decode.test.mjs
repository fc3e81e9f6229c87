import assert from "node:assert/strict";
import test from "node:test";
import { floats, halves } from "../../ui/components/lib/decode.js";
import { expected } from "./compare.mjs";

test("float16 and float32 are read as numpy writes them", () => {
  assert.deepEqual([...halves(expected.halves.text)], expected.halves.values);
  assert.deepEqual([...floats(expected.floats.text)], expected.floats.values);
});
