import assert from "node:assert/strict";
import test from "node:test";
import { SOLVERS, along, evaluations, path, pathLater } from "../../ui/components/lib/ode.js";
import { close, expected } from "./compare.mjs";

const start = Float64Array.from(expected.x);
let asked = 0;

// Of expected.ode(). It overwrites what it gave before, as a network does.
const out = new Float64Array(4);
function field(x, t) {
  asked++;
  for (let k = 0; k < 2; k++) {
    out[k] = -x[k] - 2 * x[2 + k] + t;
    out[2 + k] = 2 * x[k] - 0.5 * x[2 + k] + Math.sin(3 * t);
  }
  return out;
}

for (const { solver, steps, start: from, end, limit, places } of expected.cases)
  test(`${steps} of ${solver} from ${from} to ${end} with the limit ${limit} are those of models/ode.py`, () => {
    asked = 0;
    const times = [];
    const timed = (x, t) => {
      times.push(t);
      return field(x, t);
    };
    const found = path(timed, start, { start: from, end, steps, solver, limit });
    close(found, places, { relative: 1e-12, absolute: 1e-12 });
    if (from !== limit) assert.equal(asked, evaluations(solver, steps, end === limit));
    if (limit !== null) assert.ok(times.every((t) => Math.abs(t - limit) > 0.1));
    assert.deepEqual([...start], expected.x); // it is left alone
  });

for (const [solver, order] of [["euler", 1], ["midpoint", 2], ["heun", 2]])
  test(`the error of ${solver} against SciPy falls with order ${order}`, () => {
    const error = (steps) => Math.max(...path(field, start, { steps, solver }).at(-1).map((value, k) => Math.abs(value - expected.exact[k])));
    close(Math.log2(error(200) / error(400)), order, { absolute: 0.1 });
  });

test("there and back: the error falls with the number of steps", () => {
  const trip = (steps) => {
    const back = path(field, start, { start: 1, end: 0, steps, solver: "heun" }).at(-1);
    const again = path(field, back, { steps, solver: "heun" }).at(-1);
    return Math.max(...again.map((value, k) => Math.abs(value - start[k])));
  };
  assert.ok(trip(100) < 1e-3 && trip(100) < trip(10) / 50);
});

for (const solver of Object.keys(SOLVERS))
  test(`a velocity that comes later gives the same path with ${solver}, and none when something newer is asked for`, async () => {
    const way = { start: 1, end: 0.2, steps: 3, solver, limit: 1 };
    close(await pathLater(async (x, t) => field(x, t), start, way), path(field, start, way), { relative: 1e-15 });
    let left = 2;
    assert.equal(await pathLater(async (x, t) => (left-- ? field(x, t) : null), start, way), null);
    let answers = 3;
    assert.equal(await pathLater(async (x, t) => field(x, t), start, { ...way, wanted: () => answers-- > 1 }), null);
    assert.equal(answers, 0); // nothing is asked for any more
  });

test("between two steps a point goes in a straight line", () => {
  const places = [[0, 0], [2, 1], [2, 5]].map((place) => Float64Array.from(place));
  for (const [share, place] of [[0, [0, 0]], [0.25, [1, 0.5]], [0.5, [2, 1]], [0.75, [2, 3]], [1, [2, 5]]]) close(along(places, share), place);
});
