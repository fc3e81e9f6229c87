import assert from "node:assert/strict";
import test from "node:test";
import { ToyFlow } from "../../ui/components/lib/toy_flow.js";
import { close, expected } from "./compare.mjs";

const byUnit = (rows) => Float64Array.from([...rows.map((row) => row[0]), ...rows.map((row) => row[1])]);

function started({ settings, start }) {
  const flow = new ToyFlow({ ...settings }, new Float64Array(2));
  flow.network.weights.set(start);
  flow.mean.set(start);
  return flow;
}

test("the gradient is that of PyTorch", () => {
  const { batches: [{ noise, data, t }], losses, gradient } = expected.training, flow = started(expected.training);
  flow.accumulate(byUnit(noise), byUnit(data), Float64Array.from(t), t.length);
  close(flow.loss, losses[0], { relative: 1e-12 });
  close(flow.network.gradient, gradient, { relative: 1e-9, absolute: 1e-12 });
});

test("a whole training and the running mean of its weights are those of PyTorch, with a rate that changes meanwhile", () => {
  const { batches, losses, end, mean } = expected.training, flow = started(expected.training), found = [];
  for (const { noise, data, t, rate } of batches) {
    flow.settings.rate = rate;
    flow.update(byUnit(noise), byUnit(data), Float64Array.from(t), t.length);
    found.push(flow.loss);
  }
  assert.equal(flow.stepCount, batches.length);
  close(found, losses, { relative: 1e-8, absolute: 1e-9 });
  close(flow.network.weights, end, { relative: 1e-6, absolute: 1e-8 });
  close(flow.mean, mean, { relative: 1e-6, absolute: 1e-8 });
});

test("numbers without bound are noticed", () => {
  const flow = started(expected.training);
  assert.equal(flow.diverged, false);
  flow.network.weights[0] = Number.NaN;
  assert.equal(flow.diverged, true);
});
