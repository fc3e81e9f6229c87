import assert from "node:assert/strict";
import test from "node:test";
import { CELL, layout, source, target } from "../../ui/components/pixel_shuffle/layout.js";
import { expected } from "./compare.mjs";

const triple = ({ channel, row, column }) => [channel, row, column];

for (const { shape, from, to } of expected) {
  const name = JSON.stringify(shape);

  test(`cells go where PyTorch puts them: ${name}`, () => {
    assert.deepEqual(from.map((_, k) => triple(source(shape, k))), from);
    assert.deepEqual(to.map((_, k) => triple(target(shape, k))), to);
  });

  for (const room of [280, 800, 1400])
    test(`no cell lies over another one or outside of a picture for ${room} pixels: ${name}`, () => {
      const { size, from: start, to: end } = layout(shape, room), count = from.length;
      const corners = Array.from({ length: count }, (_, k) => [start(k), end(k)]).flat();
      for (const [x, y] of corners) assert.ok(x >= 0 && y >= 0 && x + CELL <= size[0] && y + CELL <= size[1]);
      corners.forEach(([x, y], k) => {
        for (const [u, v] of corners.slice(k + 1)) assert.ok(Math.abs(x - u) >= CELL - 1e-9 || Math.abs(y - v) >= CELL - 1e-9);
      });
    });
}
