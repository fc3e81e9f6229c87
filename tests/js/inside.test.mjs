import assert from "node:assert/strict";
import test from "node:test";
import { byKey, colour, grid, painted, summary, tile, unitAt } from "../../ui/components/inside/grid.js";
import { extent } from "../../ui/components/lib/point_arrays.js";

const SHAPES = [[256], [20], [3136], [16, 7, 7], [64, 32, 32], [1, 64, 64], [3, 32, 32]], ROOMS = [320, 700, 1040];

for (const shape of SHAPES)
  for (const room of ROOMS)
    test(`tiles of ${shape.join("×")} fit into ${room} pixels, do not overlap, and are found again`, () => {
      const laid = grid(shape, room);
      assert.ok(laid.width <= room);
      assert.ok(Number.isInteger(laid.scale) && laid.columns * laid.rows >= shape[0] && laid.columns * (laid.rows - 1) < shape[0]);
      const taken = new Set();
      for (let unit = 0; unit < shape[0]; unit++) {
        const { x, y, width, height } = tile(laid, unit);
        assert.deepEqual([width, height], [laid.w * laid.scale, laid.h * laid.scale]);
        assert.ok(x >= 0 && y >= 0 && x + width <= laid.width && y + height <= laid.height);
        assert.ok(!taken.has(`${x} ${y}`));
        taken.add(`${x} ${y}`);
        assert.equal(unitAt(laid, x + width / 2, y + height / 2), unit);
      }
    });

test("beside the tiles there is no unit", () => {
  const laid = grid([20], 100);
  for (const [x, y] of [[-1, 5], [5, -1], [1e4, 5], [5, 1e4]]) assert.equal(unitAt(laid, x, y), -1);
  assert.equal(unitAt({ ...laid, units: 3 }, tile(laid, 5).x, tile(laid, 5).y), -1); // a last row that is not full
});

test("keys lead through the tiles and stay among them", () => {
  const laid = { units: 10, columns: 4 };
  const ways = [[-1, "ArrowRight", 0], [0, "ArrowRight", 1], [0, "ArrowLeft", 0], [1, "ArrowDown", 5], [7, "ArrowDown", 7], [5, "ArrowUp", 1], [3, "Home", 0], [3, "End", 9], [3, "a", null]];
  for (const [unit, key, wanted] of ways) assert.equal(byKey(laid, unit, key), wanted, `${key} from ${unit}`);
});

test("0 is black, the ends have their full colours, and what is beyond has no more", () => {
  assert.deepEqual(colour(0, [0, 4]), [0, 0, 0]);
  assert.deepEqual(colour(4, [0, 4]), [255, 255, 255]);
  assert.deepEqual(colour(9, [0, 4]), [255, 255, 255]);
  assert.deepEqual(colour(2, [0, 4]), [128, 128, 128]);
  assert.deepEqual(colour(-1, [0, 4]), [0, 0, 0]);
  assert.deepEqual(colour(-40, [-40, 4]), [95, 185, 240]); // each direction has its own end
  assert.deepEqual(colour(4, [-40, 4]), [255, 170, 80]);
  assert.deepEqual(colour(-400, [-40, 4]), colour(-40, [-40, 4]));
  assert.deepEqual(colour(0, [0, 0]), [0, 0, 0]); // a layer that is dead
});

test("maps are painted beside each other, each number at its place", () => {
  const laid = { units: 3, h: 1, w: 2, columns: 2, rows: 2 };
  const { pixels, width, height } = painted(laid, Float32Array.of(0, 1, 2, 3, 4, 5), [0, 5]);
  assert.deepEqual([width, height], [4, 2]);
  const reds = Array.from({ length: 8 }, (_, k) => pixels[4 * k]), alphas = Array.from({ length: 8 }, (_, k) => pixels[4 * k + 3]);
  assert.deepEqual(reds, [0, 51, 102, 153, 204, 255, 0, 0]);
  assert.deepEqual(alphas, [255, 255, 255, 255, 255, 255, 0, 0]); // there is no fourth map
});

test("a map is told by its mean and its highest number", () => {
  assert.deepEqual(summary([2, 1, 2], Float32Array.of(1, 2, 3, 5), 1), { mean: 4, highest: 5 });
  assert.deepEqual(summary([2], Float32Array.of(1, 2), 0), { mean: 1, highest: 1 });
  assert.deepEqual(extent(Float32Array.of(3, -1, 2)), [-1, 3]);
});
