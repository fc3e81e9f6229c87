import test from "node:test";
import assert from "node:assert/strict";
import { divergences, logLikelihood, sampled } from "../../ui/components/chain/maths.js";
import { between, nearest, projected } from "../../ui/components/lib/neighbours.js";
import { sum } from "../../ui/components/lib/numbers.js";
import { mse } from "../../ui/components/lib/pixels.js";
import { close, expected } from "./compare.mjs";

for (const [k, { mean, logVar, noise, x, picture, z, halved, kl, likelihood, error, elbo }] of expected.passes.entries())
  test(`drawing ${k} through a VAE`, () => {
    close(sampled(mean, logVar, noise, 1), z, { absolute: 1e-5 });
    close(sampled(mean, logVar, noise, 0.5), halved, { absolute: 1e-5 });
    close(sampled(mean, logVar, noise, 0), mean);
    close(divergences(mean, logVar), kl, { absolute: 1e-5, relative: 1e-5 });
    close(mse(x, picture), error, { relative: 1e-5 });
    close(logLikelihood(x, picture), likelihood, { relative: 1e-4 });
    close(logLikelihood(x, picture) - sum(divergences(mean, logVar)), elbo, { relative: 1e-4, absolute: 1e-2 });
  });

test("pixels of which the network is certain give a finite likelihood", () => {
  close(logLikelihood([1, 0, 0], [1, 0, 0]), 0, { absolute: 1e-6 });
  assert.ok(Number.isFinite(logLikelihood([0, 1, 0.5], [1, 0, 1])));
});

test("places on the map", () => {
  const { codes, code, near, pca, projection, points, place } = expected.map;
  for (const start of [0, 3, codes.length - 1]) close(nearest(codes.flat(), code, near.length, start), near, { absolute: 1e-6 });
  close(projected({ components: pca.components.flat(), centre: pca.centre }, code), projection, { absolute: 1e-5 });
  close(between(points.flat(), near), place, { absolute: 1e-6 });
  close(between(points.flat(), nearest(codes.flat(), codes[7], 4)), points[7], { absolute: 1e-6 });
});
