import assert from "node:assert/strict";
import test from "node:test";
import { energyDistance } from "../../ui/components/lib/energy.js";
import { path } from "../../ui/components/lib/ode.js";
import { gaussian, seeded } from "../../ui/components/lib/random.js";
import { ToyFlow } from "../../ui/components/lib/toy_flow.js";
import { COUNTS, Sweep } from "../../ui/components/toy_flow/sweep.js";
import { close, expected } from "./compare.mjs";

test("what the page says of the ring happens: 1 Euler step leads near the mean, many reach all modes, and the loss has a floor", () => {
  const { settings, pool, fresh, floor, least, centres, radius } = expected;
  const flow = new ToyFlow(settings, Float64Array.from(pool)), noise = gaussian(new Float64Array(1000), seeded(1)), real = Float64Array.from(fresh);
  for (let k = 0; k < 2500; k++) flow.step();
  assert.ok(flow.recent > 0.97 * least && flow.recent < 1.12 * least, `loss ${flow.recent}, least ${least}`);
  flow.network.weights.set(flow.mean);
  const velocity = (x, t) => flow.velocity(x, t), ends = (steps, solver = "euler") => path(velocity, noise, { steps, solver }).at(-1);
  const radii = [...ends(1).subarray(0, 500)].map((x, k) => Math.hypot(x, ends(1)[500 + k]));
  assert.ok(radii.sort((a, b) => a - b)[475] < 0.5, "nearly all points near the mean, which is 0");
  const points = ends(100), inside = ([a, b]) => [...points.subarray(0, 500)].filter((x, k) => Math.hypot((x - a) / radius[0], (points[500 + k] - b) / radius[1]) < 1).length;
  for (const count of centres.map(inside)) assert.ok(count > 500 / 16, `${count} of 500 at one of eight`);
  const sweep = new Sweep(velocity, noise, (x) => energyDistance(x, real));
  while (!sweep.ended) sweep.go();
  const { euler, midpoint, heun } = sweep.distances, at = (count) => COUNTS.indexOf(count);
  close(euler[at(8)], energyDistance(ends(8), real), { relative: 1e-12 });
  assert.ok(euler[at(1)] > 20 * floor);
  for (const solver of [euler, midpoint, heun]) assert.ok(solver[at(100)] < 2 * floor, `${solver[at(100)]}, floor ${floor}`);
  assert.ok(heun[at(4)] < euler[at(4)] && midpoint[at(4)] < euler[at(4)]);
});
