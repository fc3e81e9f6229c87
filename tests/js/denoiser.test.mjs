import assert from "node:assert/strict";
import test from "node:test";
import { blend, candidates, errorMap, errors, psnr } from "../../ui/components/denoiser/answers.js";
import { corrupt, quantile, uniform } from "../../ui/components/denoiser/noise.js";
import { grey } from "../../ui/components/lib/pixels.js";
import { close, expected } from "./compare.mjs";

const { draws, quantiles, noises, answers } = expected;
const inRange = (pixels) => Float32Array.from(pixels, (pixel) => pixel / 255);

for (const { seed, numbers } of draws)
  test(`random numbers are torch's: seed ${seed}`, () => assert.deepEqual(Array.from(uniform(seed, numbers.length)), numbers));

test("the normal quantile is torch's", () => close(quantiles.map(([p]) => quantile(p)), quantiles.map(([, x]) => x), { absolute: 2e-6, relative: 1e-6 }));

for (const { noise, clean, noisy } of noises)
  test(`the picture with noise is that of Python: ${Object.values(noise).join(" ")}`, () => {
    const made = corrupt(inRange(clean), 28, noise);
    close(Array.from(made), noisy, { absolute: 2e-6 });
    close(Array.from(grey(made)), noisy.map((x) => 255 * x), { absolute: 0.5 + 1e-3 });
  });

for (const { name, place, clean, noisy, logits, found, pictures, blind, map, mse, decibels } of answers)
  test(`the answer for an unknown place and its errors are those of PyTorch: ${name}`, () => {
    const best = candidates(logits);
    close(best, found, { absolute: 1e-6 });
    const picture = blend(noisy, best, pictures.flat());
    close(Array.from(picture), blind, { absolute: 2e-6 });
    // From here on the same picture, so that a rounding does not count.
    assert.deepEqual(Array.from(errorMap(inRange(clean), blind)), map);
    const { inside, outside } = errors(inRange(clean), blind, place);
    close([inside, outside], mse, { relative: 1e-9 });
    close([psnr(inside), psnr(outside)], decibels, { relative: 1e-9 });
  });

test("no error has no decibels", () => assert.equal(psnr(0), null));
