import assert from "node:assert/strict";
import test from "node:test";
import { decades, linspace, ticks, ticksAcross } from "../../ui/components/lib/axes.js";
import { clamp, fixed, number, power, rough, roundUp } from "../../ui/components/lib/numbers.js";

test("ticks are round, inside, and about as many as asked", () => {
  assert.deepEqual(ticks(-7, 7), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(ticks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(0, 21_300), [0, 5000, 10_000, 15_000, 20_000]);
});

test("an axis has as many ticks as there is room for", () => {
  assert.deepEqual(ticksAcross([-8, 8], 700), [-8, -6, -4, -2, 0, 2, 4, 6, 8]);
  assert.deepEqual(ticksAcross([-8, 8], 280), [-5, 0, 5]);
});

test("long numbers have fewer ticks, so that they do not touch", () => {
  const steps = [0, 5000, 10_000, 15_000, 20_000];
  assert.deepEqual(ticksAcross([0, 20_000], 536, 468), steps);
  assert.deepEqual(ticksAcross([0, 20], 536, 468).length, 11);
  assert.deepEqual(ticksAcross([0, 20_000], 1080, 1012).length, 11);
  assert.deepEqual(ticksAcross([0, 20_000], 300, 232), [0, 10_000, 20_000]);
});

test("decades are the powers of ten within", () => {
  assert.deepEqual(decades(0.001, 50), [0.001, 0.01, 0.1, 1, 10]);
  assert.deepEqual(decades(1e-6, 1e-5), [1e-6, 1e-5]);
});

test("an axis with less than two powers of ten has other marks, too", () => {
  assert.deepEqual(decades(0.012, 0.6), [0.02, 0.05, 0.1, 0.2, 0.5]);
  assert.deepEqual(decades(2, 9), [2, 5]);
  assert.deepEqual(decades(0.1, 0.9), [0.1, 0.2, 0.5]);
});

test("linspace has both ends", () => assert.deepEqual(linspace(-1, 1, 5), [-1, -0.5, 0, 0.5, 1]));

test("numbers as people read them", () => {
  assert.equal(number(20000), "20,000");
  assert.equal(number(-0.5), "−0.5");
  assert.equal(fixed(-0.0001, 2), "0.00");
  assert.equal(fixed(-1.5, 2), "−1.50");
  assert.deepEqual([1e-6, 1e-4, 1e-3, 1e4, 1e5, 1e12].map(power), ["10⁻⁶", "10⁻⁴", "0.001", "10,000", "10⁵", "10¹²"]);
  assert.deepEqual([2e-6, 5e-5, 2e-3, 200, 5e4].map(power), ["2·10⁻⁶", "5·10⁻⁵", "0.002", "200", "5·10⁴"]);
  assert.deepEqual([0.01234, 130, 1234.5].map((value) => rough(value, 2)), ["0.012", "130", "1,200"]);
  assert.equal(clamp(5, 0, 3), 3);
  assert.equal(clamp(-5, 0, 3), 0);
  assert.equal(roundUp(4.1), 5);
  assert.equal(roundUp(0.032, [1, 2, 5]), 0.05);
});
