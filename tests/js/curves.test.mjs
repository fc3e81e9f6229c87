import assert from "node:assert/strict";
import { test } from "node:test";
import { curve } from "../../ui/components/lib/curves.js";
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
