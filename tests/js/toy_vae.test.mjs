import assert from "node:assert/strict";
import test from "node:test";
import { ToyVAE, logDensity } from "../../ui/components/lib/toy_vae.js";
import { close, expected } from "./compare.mjs";

// Rows (n, units) as networks take them.
const byUnit = (rows) => Float64Array.from(rows[0].flatMap((_, unit) => rows.map((row) => row[unit])));

function started({ settings, dimensions, start }) {
  const vae = new ToyVAE({ ...settings }, new Float64Array(dimensions), dimensions);
  vae.encoder.weights.set(start.encoder);
  vae.decoder.weights.set(start.decoder);
  return vae;
}

for (const one of expected.gradients)
  test(`terms and gradient are those of PyTorch: ${one.name}`, () => {
    const vae = started(one);
    vae.accumulate(byUnit(one.x), byUnit(one.noise), one.x.length);
    close(vae.terms.reconstruction, one.reconstruction, { relative: 1e-12 });
    close(vae.terms.kls, one.kls, { relative: 1e-10 });
    for (const name of ["encoder", "decoder"]) close(vae[name].gradient, one.gradient[name], { relative: 1e-9, absolute: 1e-11 });
  });

for (const one of expected.trainings)
  test(`a whole training is that of PyTorch, with β, σ and rate that change meanwhile: ${one.name}`, () => {
    const vae = started(one), reconstructions = [], kls = [];
    one.batches.forEach(({ x, noise, numbers }) => {
      Object.assign(vae.settings, numbers);
      vae.update(byUnit(x), byUnit(noise), x.length);
      reconstructions.push(vae.terms.reconstruction);
      kls.push(vae.terms.kls);
    });
    assert.equal(vae.stepCount, one.batches.length);
    close(reconstructions, one.reconstructions, { relative: 1e-7, absolute: 1e-8 });
    close(kls, one.kls, { relative: 1e-6, absolute: 1e-8 });
    for (const name of ["encoder", "decoder"]) close(vae[name].weights, one.end[name], { relative: 1e-6, absolute: 1e-7 });
  });

test("the density is that of a Gaussian", () => {
  close(logDensity(0, 1, 1), -0.9189385332046727, { relative: 1e-14 });
  close(logDensity(4, 2, 3), 3 * (-0.9189385332046727 - Math.LN2) - 0.5, { relative: 1e-14 });
});

test("numbers without bound are noticed", () => {
  const vae = started(expected.gradients[0]);
  assert.equal(vae.diverged, false);
  vae.decoder.weights[0] = Number.NaN;
  assert.equal(vae.diverged, true);
});
