import assert from "node:assert/strict";
import test from "node:test";
import { seeded } from "../../ui/components/lib/random.js";
import { PriorWalk, Tour, onCircle } from "../../ui/components/lib/walk.js";
import { close, expected } from "./compare.mjs";

const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const product = (a, b) => mean(Array.from(a, (part, k) => part * b[k]));
const COUNT = 20_000; // coordinates, which are independent walks of one dimension: a mean of them is exact to 0.01 or so

for (const dt of [0.01, 0.1, 2])
  test(`steps of ${dt} keep the prior and its velocity, and codes are related by (1 + t)·exp(−t)`, () => {
    const walk = new PriorWalk(new Float64Array(COUNT), seeded(1));
    walk.step(20); // nothing of the start is left
    const before = walk.code, steps = Math.ceil(1 / dt);
    for (let k = 0; k < steps; k++) walk.step(dt);
    const t = steps * dt;
    close([mean([...walk.code]), product(walk.code, walk.code)], [0, 1], { absolute: 0.03 });
    close([product(walk.velocity, walk.velocity), product(walk.code, walk.velocity)], [1, 0], { absolute: 0.03 });
    close(product(before, walk.code), (1 + t) * Math.exp(-t), { absolute: 0.03 });
  });

test("a walk starts at its code, slowly", () => {
  const walk = new PriorWalk(Float64Array.of(3, -2, 0.5), seeded(2));
  close([...walk.step(0)], [3, -2, 0.5], { absolute: 1e-12 });
  close([...walk.step(0.016)], [3, -2, 0.5], { absolute: 0.02 });
});

test("a far start is forgotten at exp(−t)", () => {
  const walk = new PriorWalk(new Float64Array(COUNT).fill(10), seeded(3));
  close(mean([...walk.step(3)]), 10 * 4 * Math.exp(-3), { absolute: 0.03 });
});

test("a picture is never far from the one before", () => {
  const walk = new PriorWalk(new Float64Array(100), seeded(4)), frame = 1 / 60;
  walk.step(10);
  for (let k = 0; k < 600; k++) {
    const before = walk.code, way = Math.hypot(...walk.step(frame).map((part, d) => part - before[d]));
    assert.ok(Math.abs(way / (frame * 10) - 1) < 0.5, `speed ${way / (frame * 10)} of √latent`);
    assert.ok(Math.abs(Math.hypot(...walk.code) / 10 - 1) < 0.4, `length ${Math.hypot(...walk.code)}`);
  }
});

test("great circles are those of models/interpolation.py", () => {
  for (const { a, b, shares, path } of expected) close(shares.map((share) => [...onCircle(Float64Array.from(a), b, share)]), path, { absolute: 1e-5 });
});

test("a tour meets every stop in turn, without a jump", () => {
  const stops = [[2, 0, 0], [0, 1, 0], [0, 0, 3]].map((stop) => Float64Array.from(stop)), tour = new Tour(Float64Array.of(1, 1, 1), stops);
  const met = [];
  let before = Float64Array.of(1, 1, 1);
  for (let k = 0; k < 3000 && met.length < 7; k++) {
    const now = tour.step(0.01);
    assert.ok(Math.hypot(...now.map((part, d) => part - before[d])) < 0.06);
    const at = stops.indexOf(now);
    if (at >= 0) met.push(at);
    before = now;
  }
  assert.deepEqual(met, [0, 1, 2, 0, 1, 2, 0]);
});

test("a tour of two equal stops goes on", () => {
  const stop = Float64Array.of(1, 0), tour = new Tour(stop, [stop, stop]);
  for (let k = 0; k < 200; k++) close([...tour.step(0.02)], [1, 0], { absolute: 1e-9 });
});
