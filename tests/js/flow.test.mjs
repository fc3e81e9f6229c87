import assert from "node:assert/strict";
import test from "node:test";
import { Flow } from "../../ui/components/lib/flow.js";
import { close, expected } from "./compare.mjs";

const { shape, classes, noise, labels, cases } = expected, size = shape.reduce((a, b) => a * b);
const asked = [];

// Of expected.flow(), in the place of the network.
async function run({ x, t, label }) {
  const [n, ...rest] = x.dims;
  assert.deepEqual([rest, t.dims, label.dims, label.data instanceof Int32Array], [shape, [n], [n], true]);
  asked.push(n);
  return { velocity: { data: x.data.map((value, k) => {
    const row = Math.floor(k / size);
    return 0.5 * value * t.data[row] + Math.sin(label.data[row] + (k % size));
  }) } };
}

for (const { guidance, label, ends, ...way } of cases)
  test(`paths are those of PyTorch: guidance ${guidance}, ${label ? "labels" : "any"}, ${way.steps} of ${way.solver}`, async () => {
    const flow = new Flow(run, shape, classes), wanted = label ? labels : labels.map(() => classes);
    const places = await flow.path(Float64Array.from(noise), { labels: wanted, guidance, ...way });
    assert.equal(places.length, way.steps + 1);
    close(places.at(-1), ends, { relative: 1e-5, absolute: 1e-5 });
  });

test("two classes are asked at once only where guidance needs both", async () => {
  const flow = new Flow(run, shape, classes), one = new Float64Array(size), sizes = [];
  for (const [label, guidance] of [[1, 1], [1, 0], [classes, 3], [1, 3], [1, -1]]) {
    asked.length = 0;
    await flow.velocity(one, 0.5, [label], guidance);
    sizes.push(asked[0]);
  }
  assert.deepEqual(sizes, [1, 1, 1, 2, 2]);
});

test("a network that does not run gives null", async () => {
  const flow = new Flow(async () => null, shape, classes);
  assert.equal(await flow.velocity(new Float64Array(size), 0, [0], 1), null);
});
