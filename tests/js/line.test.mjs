// A line of the latent space on a map: places against scikit-learn's PCA and a mean by brute force.

import assert from "node:assert/strict";
import test from "node:test";
import { Line, mixed, placeOf } from "../../ui/components/scatter/line.js";
import { close, expected } from "./compare.mjs";

const { pca, tsne, a, b, alphas, middle, span } = expected;

function map(kind) {
  const { codes, points, components, centre } = expected;
  return { kind, codes: Float32Array.from(codes.flat()), points: points.flat(), components: components.flat(), centre, middle, span };
}

test("a code between two", () => {
  close(mixed([0, 2], [4, -2], 0.25), [1, 1]);
  close(mixed(a, b, 1), b, { absolute: 1e-12 });
});

for (const [kind, places] of Object.entries({ pca, tsne })) {
  test(`places of a line on the map of ${kind}`, () => {
    const places_ = alphas.map((alpha) => placeOf(map(kind), mixed(a, b, alpha)));
    close(places_.flat(), places.flat(), { absolute: 1e-5 });
    const line = new Line(map(kind), a, b);
    for (const [k, alpha] of alphas.entries()) close(line.place(alpha), places[k], { absolute: kind === "tsne" ? 0.05 : 1e-6 });
  });
}

test("on the map of PCA a line is straight, and its places lead back to α, also from beside it", () => {
  const line = new Line(map("pca"), a, b), [[x0, y0], [x1, y1]] = line.places;
  for (const alpha of alphas) {
    const [x, y] = line.place(alpha);
    close([line.alphaAt([x + 0.3 * (y1 - y0), y - 0.3 * (x1 - x0)])], [alpha], { absolute: 1e-9 });
  }
  assert.equal(line.alphaAt([x0 - (x1 - x0), y0 - (y1 - y0)]), 0);
  assert.equal(line.alphaAt([x1 + (x1 - x0), y1 + (y1 - y0)]), 1);
});

test("a line from a code to itself is one place", () => {
  const line = new Line(map("tsne"), a, a);
  close(line.place(0.7), line.place(0));
  assert.ok(Number.isFinite(line.alphaAt([0.5, 0.5])));
});
