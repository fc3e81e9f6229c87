import assert from "node:assert/strict";
import test from "node:test";
import { floats } from "../../ui/components/lib/decode.js";
import { after, along, plane } from "../../ui/standalone/position.js";
import { close, expected } from "./compare.mjs";

const exact = { absolute: 1e-5 };

test("a code along the rows of a basis is the server's", () => {
  close(along(floats(expected.vectors), expected.code), expected.along, exact);
  assert.deepEqual(along(null, Float64Array.of(1, 2)), [1, 2]);
});

test("a plane along the rows of a basis is the server's", () => {
  for (const { axes, basis, names, vectors, scale, centre } of expected.planes) {
    const found = plane(axes, expected.stored, basis && floats(basis));
    assert.deepEqual([found.axes, found.names], [axes, names]);
    for (const [name, wanted] of Object.entries({ vectors, scale, centre })) close(found[name], wanted, exact, name);
  }
});

test("after a choice the axes are the server's", () => {
  for (const { chosen, before, wanted } of expected.choices) assert.deepEqual(after(chosen, before, expected.order), wanted);
});
