import assert from "node:assert/strict";
import test from "node:test";
import { View, best } from "../../ui/components/lib/view.js";
import { close } from "./compare.mjs";

function view() {
  const made = new View();
  made.fit({ width: 630, height: 430 });
  return made;
}

test("the whole map is centred, y upwards, with one scale for both axes", () => {
  assert.deepEqual(view().place([0.5, 0.5]), [315, 215]);
  assert.deepEqual(view().place([0, 0]), [115, 415]);
  assert.deepEqual(view().place([1, 1]), [515, 15]);
});

test("a zoom keeps what lies under the hand, and twice as far is what lay beside it", () => {
  const one = view(), [x, y] = one.place([0.25, 0.75]);
  one.zoom(2, [x, y]);
  close(one.place([0.25, 0.75]), [x, y], { absolute: 1e-9 });
  close(one.place([0.35, 0.75]), [x + 80, y], { absolute: 1e-9 });
  one.zoom(0.5, [x, y]);
  assert.deepEqual(one.place([0.5, 0.5]), [315, 215]);
});

test("fingers carry the map from the view where they began", () => {
  const one = view(), start = { ...one };
  for (const factor of [1.5, 3, 2]) one.carry([315, 215], [335, 205], factor, start);
  assert.equal(one.scale, 2);
  close(one.place([0.5, 0.5]), [335, 205], { absolute: 1e-9 });
});

test("the map stays in sight and within its zoom", () => {
  const one = view();
  one.zoom(1e9);
  assert.equal(one.scale, 40);
  one.whole();
  one.carry([0, 0], [1e6, 0], 1);
  assert.deepEqual(one.place([0.5, 0.5]), [315, 215]); // the whole map does not move
  one.zoom(2);
  one.carry([0, 0], [1e6, 0], 1);
  assert.equal(one.x, 1);
});

test("the best item", () => {
  assert.equal(best([3, 1, 2], (item) => item), 1);
  assert.equal(best([3, 1], () => Infinity), null);
  assert.equal(best([], () => 0), null);
});
