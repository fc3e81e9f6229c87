import assert from "node:assert/strict";
import test from "node:test";
import { STEPS, fromLatent, fromStep, inLatent, inPlane, movedTo, snapped, stepByKey, toStep, valueInCode, withValue } from "../../ui/components/lib/latent.js";
import { floats } from "../../ui/components/lib/decode.js";
import { close, expected } from "./compare.mjs";

const row = { dimension: 4, low: -3, step: 0.2 }, length = { dimension: "length", low: 0.05, step: 0.05 };
const code = Float64Array.from(expected.code), exact = { absolute: 1e-5 };

test("steps are those of the server", () => {
  assert.equal(STEPS, expected.steps.length);
  assert.deepEqual(expected.steps.map((_, k) => fromStep(row, k)), expected.steps);
  assert.deepEqual(expected.steps.map((value) => toStep(row, value)), [...Array(STEPS).keys()]);
  close(expected.lengths.map((_, k) => fromStep(length, k)), expected.lengths, { absolute: 1e-7 });
  assert.equal(toStep(row, 99), STEPS - 1);
});

test("a row's codes are those of the server's sheet", () => {
  expected.swept.forEach((swept, k) => close(withValue(row, code, fromStep(row, k)), swept, exact));
  close(valueInCode(length, code), expected.length, exact);
  expected.scaled.forEach((scaled, k) => close(withValue(length, code, fromStep(length, k)), scaled, exact));
  assert.deepEqual(withValue(length, new Float64Array(7), 2), new Float64Array(7));
});

test("movements in the plane are those of the server's map", () => {
  close(inPlane(expected.plane, code), expected.coordinates, exact);
  close(movedTo(expected.plane, code, expected.u), expected.moved, exact);
});

test("coordinates along a basis are the code that the server makes of them", () => {
  close(inLatent(floats(expected.basis), code), expected.along, exact);
  assert.equal(inLatent(null, code), code);
  close(fromLatent(floats(expected.basis), code), expected.coordinatesOf, exact);
  assert.equal(fromLatent(null, code), code);
});

test("reflections in place of a basis give the codes that the server makes", () => {
  const normals = floats(expected.reflections);
  close(inLatent(normals, code), expected.alongFew, exact);
  close(fromLatent(normals, code), expected.coordinatesOfFew, exact);
  close(fromLatent(normals, inLatent(normals, code)), [...code], exact);
});

test("without a network a slider stops at its steps", () => {
  assert.deepEqual([-9, -2.91, 0.09, 0.11, 9].map((value) => snapped(row, value)), [-3, -3, 0, 0.2, 3]);
});

for (const [value, key, wanted] of [
  [0, "ArrowRight", 0.2],
  [0, "ArrowUp", 0.2],
  [0, "ArrowLeft", -0.2],
  [0, "PageUp", 1],
  [0, "PageDown", -1],
  [0, "Home", -3],
  [0, "End", 3],
  [3, "ArrowRight", 3],
  [-2.9, "PageDown", -3],
  [0.15, "ArrowRight", 0.2], // from between two steps to the next one on that side
  [0.15, "ArrowLeft", 0],
  [4.125, "ArrowLeft", 3],
])
  test(`${key} goes from ${value} to ${wanted}`, () => assert.equal(fromStep(row, stepByKey(row, value, key)), wanted));

test("other keys move nothing", () => {
  for (const key of ["a", "Tab", "Enter"]) assert.equal(stepByKey(row, 0, key), null);
});
