import test from "node:test";
import { Pair, over } from "../../ui/components/gaussians/divergences.js";
import { close, expected } from "./compare.mjs";

const pairOf = (numbers) => new Pair(Array.from({ length: numbers.length / 2 }, (_, k) => numbers.slice(2 * k, 2 * k + 2)));

for (const { numbers, sides } of expected)
  test(`integrals are those of the server: ${numbers}`, () => close(pairOf(numbers).sides(), sides, { absolute: 3e-6 }));

test("the curves over q's mean meet the divergences where q is", () => {
  const numbers = [-1, 1, 1, 0.7], [bce, pearson, , critic] = pairOf(numbers).sides();
  const curves = over(pairOf(numbers), 6), k = curves.x.findIndex((x) => Math.abs(x - 1) < 0.1 + 1e-9);
  const there = pairOf([...numbers.slice(0, 2), curves.x[k], 0.7]).sides();
  close(curves.jsd[k], (there[0][1] + Math.log(4)) / 2, { absolute: 1e-3 });
  close(curves.pearson[k], there[1][1], { absolute: 1e-3 });
  close(curves.wasserstein[k], there[3][1], { absolute: 1e-3 });
  close([bce[0], pearson[0], critic[0]], [bce[1], pearson[1], critic[1]], { absolute: 1e-6 });
});

test("the curves reach both ends of the means, so that the marker never leaves them", () => {
  for (const numbers of [[-1, 1, 1, 0.7], [5.93, 0.31, -2.17, 2.99], [-2.5, 0.6, 2, 1, 2.2, 0.37]]) {
    const { x } = over(pairOf(numbers), 6);
    close([x[0], x.at(-1)], [-6, 6], { absolute: 1e-9 });
  }
});
