import assert from "node:assert/strict";
import test from "node:test";
import { blend, change, codesOf, length } from "../../ui/components/live_pictures/ways.js";
import { close, expected } from "./compare.mjs";

const code = (numbers) => Float64Array.from(numbers), exact = { relative: 1e-5, absolute: 1e-5 };
const one = (kind, a, b, alpha) => codesOf({ kind, a: code(a), b: code(b) }, { alpha })[0];

for (const { name, a, b, shares, line, circle, lengths } of expected.paths)
  test(`both ways between ${name} are PyTorch's`, () =>
    shares.forEach((share, k) => {
      close(one("line", a, b, share), line[k], exact);
      close(one("circle", a, b, share), circle[k], exact);
      close([length(one("line", a, b, share)), length(one("circle", a, b, share))], lengths[k], exact);
    }));

test("a broken line is walked as PyTorch walks it", () => {
  const { points, places, shares, codes } = expected.through, way = { kind: "through", points: code(points), places: code(places) };
  shares.forEach((alpha, k) => close([...codesOf(way, { alpha })[0]], codes[k], exact));
});

test("blends of all grey levels are NumPy's to the bit", () => {
  const { a, b, shares, mixed } = expected.blend;
  shares.forEach((share, k) => assert.deepEqual([...blend(a, b, share)], mixed[k]));
});

test("the codes of ε are those of the server's effects", () => {
  const { code: start, order, epsilon, codes } = expected.moved;
  close(codesOf({ kind: "moved", code: code(start), order }, { epsilon }).map((one) => [...one]), codes, exact);
});

test("changes of pictures are those of the server's effects", () => {
  const { start, pictures, changes } = expected.changes;
  // Three colours and alpha, as a canvas has them.
  const rgba = (picture) => Uint8ClampedArray.from(picture[0].flatMap((_, k) => [...picture.map((colour) => colour[k]), 255]));
  close(pictures.map((picture) => change(rgba(start), rgba(picture))), changes, { relative: 1e-9 });
});

for (const { name, way, hand, codes } of expected.shared)
  test(`shared codes ${name} are the server's`, () => {
    const [seed, next] = [way.seed, way.next].map((numbers) => code(numbers));
    close(codesOf({ kind: "shared", ...way, seed, next }, hand).map((one) => [...one]), codes, exact);
  });

test("codes along several directions are NumPy's", () => {
  const { codes, vectors, latent, count, names, values, moved } = expected.along;
  const way = { kind: "along", codes: code(codes), vectors: code(vectors), latent, count, names };
  close(codesOf(way, values).map((one) => [...one]), moved, exact);
  assert.deepEqual([...way.codes], [...code(codes)]); // the hand begins anew from the same codes
});
