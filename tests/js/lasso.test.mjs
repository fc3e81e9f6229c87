// Which points a lasso holds, and what a press does to slots of pictures.

import assert from "node:assert/strict";
import test from "node:test";
import { press } from "../../ui/components/pick_pictures/slots.js";
import { inside } from "../../ui/components/scatter/lasso.js";

test("a circle holds the points within its radius", () => {
  const circle = Array.from({ length: 200 }, (_, k) => [3 + 2 * Math.cos((k * Math.PI) / 100), 1 + 2 * Math.sin((k * Math.PI) / 100)]);
  for (let x = 0.05; x < 6; x += 0.3)
    for (let y = -2.05; y < 4; y += 0.3) {
      const distance = Math.hypot(x - 3, y - 1);
      if (Math.abs(distance - 2) > 0.01) assert.equal(inside(circle, [x, y]), distance < 2, `${x}, ${y}`);
    }
});

test("what two loops of one lasso hold twice is outside", () => {
  const square = (side) => [[-side, -side], [side, -side], [side, side], [-side, side], [-side, -side]];
  const both = [...square(2), ...square(1)];
  assert.equal(inside(both, [1.5, 0.2]), true);
  assert.equal(inside(both, [0.5, 0.2]), false);
  assert.equal(inside(both, [2.5, 0.2]), false);
});

test("a line and no lasso at all hold nothing", () => {
  assert.equal(inside([[0, 0], [1, 1]], [0.5, 0.5]), false);
  assert.equal(inside([], [0, 0]), false);
});

test("a slot for one picture takes another one, and the next slot opens", () => {
  const slots = ["a", "b", "c"].map((name) => ({ name, most: 1 }));
  let state = { chosen: { a: [1], b: [2], c: [3] }, next: "a" };
  for (const number of [7, 8, 9]) state = press(slots, state.chosen, state.next, number);
  assert.deepEqual(state, { chosen: { a: [7], b: [8], c: [9] }, next: "a" });
});

test("a slot for several pictures takes one in, lets it go again, and keeps the newest of too many", () => {
  const slots = [{ name: "from", most: 3 }, { name: "to", most: 3 }];
  let chosen = { from: [], to: [5] };
  for (const number of [1, 2, 1, 3, 4, 6]) ({ chosen } = press(slots, chosen, "from", number));
  assert.deepEqual(chosen, { from: [3, 4, 6], to: [5] });
});
