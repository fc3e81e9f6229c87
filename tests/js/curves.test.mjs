import assert from "node:assert/strict";
import { test } from "node:test";
import { curve, inTwoColumns, jump } from "../../ui/components/lib/curves.js";
import { browser } from "./page.mjs";

browser();

const dots = (y) => curve({ kind: "line", colour: "#000", x: y.map((_, k) => k), y }, (x) => x, (value) => value)
  .filter(({ localName }) => localName === "circle")
  .map((dot) => Number(dot.getAttribute("cx")));

test("a value without neighbours is a dot, also at an end of a curve and alone", () => {
  assert.deepEqual(dots([1, 2, 3]), []);
  assert.deepEqual(dots([1, 2, null, 4, null, 6, 7]), [3]);
  assert.deepEqual(dots([1, null, 3, 4, null, 6]), [0, 5]);
  assert.deepEqual(dots([1]), [0]);
  assert.deepEqual(dots([null]), []);
});

test("a curve jumps where a gap has a value on both sides, and there alone", () => {
  const x = [-1, 0, 0, 0, 1];
  assert.deepEqual(jump({ x, y: [-1, null, null, null, 1] }, 0), [-1, 1]);
  assert.equal(jump({ x, y: [1, null, 0, null, 1] }, 0), null);
  assert.equal(jump({ x, y: [-1, null, null, null, 1] }, 0.5), null);
  assert.equal(jump({ x, y: [null, null, null, null, 1] }, 0), null);
  assert.equal(jump({ x: [0, 1], y: [null, 1] }, 0), null);
});

test("in two columns the first is filled, then the second, and none is higher than it must be", () => {
  const places = (...heights) => inTwoColumns(heights.map((height) => ({ width: 100, height })));
  assert.deepEqual(places(50, 50, 108), [[0, 0], [0, 58], [108, 0]]);
  assert.deepEqual(places(108, 50, 50), [[0, 0], [108, 0], [108, 58]]);
  assert.deepEqual(places(50, 50, 50, 50), [[0, 0], [0, 58], [108, 0], [108, 58]]);
  assert.deepEqual(places(50, 50, 50), [[0, 0], [0, 58], [108, 0]]);
});
