// What the page says of its presets happens, with their data, in steps that take a browser a few seconds.

import assert from "node:assert/strict";
import test from "node:test";
import { energyDistance } from "../../ui/components/lib/energy.js";
import { gaussian, seeded } from "../../ui/components/lib/random.js";
import { ToyVAE } from "../../ui/components/lib/toy_vae.js";
import { expected } from "./compare.mjs";

class Preset {
  constructor(name) {
    const { settings, pool, fresh, dimensions } = expected[name];
    this.settings = { ...settings };
    this.vae = new ToyVAE(this.settings, Float64Array.from(pool), dimensions);
    this.fresh = Float64Array.from(fresh);
    this.count = fresh.length / dimensions;
    this.noise = gaussian(new Float64Array(settings.latent * this.count), seeded(1));
  }

  train(steps, numbers = {}) {
    Object.assign(this.settings, numbers);
    while (steps--) this.vae.step();
    const { means, logVars, decoded, terms } = this.vae.look(this.fresh, this.noise, this.count);
    Object.assign(this, { means, reconstructed: decoded.at(-1) });
    this.kl = terms.kls.reduce((sum, kl) => sum + kl, 0);
    this.sds = logVars.map((logVar) => Math.exp(logVar / 2));
    return this;
  }

  get error() {
    return Math.sqrt(mean(this.reconstructed.map((value, k) => (value - this.fresh[k]) ** 2)));
  }

  get energy() {
    const z = gaussian(new Float64Array(this.settings.latent * 500), seeded(2)), noise = gaussian(new Float64Array(1000), seeded(3));
    const samples = this.vae.decoder.forward(z, 500, "samples").at(-1).map((value, k) => value + this.settings.sigma * noise[k]);
    return energyDistance(samples, this.fresh);
  }

  // Variance of the reconstructions over the pictures, averaged over pixels.
  get variety() {
    const { reconstructed, count } = this, pixels = reconstructed.length / count;
    return mean(Array.from({ length: pixels }, (_, pixel) => {
      const values = reconstructed.subarray(pixel * count, (pixel + 1) * count), middle = mean(values);
      return mean(values.map((value) => (value - middle) ** 2));
    }));
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const within = (value, low, high) => assert.ok(value > low && value < high, `${value} is not between ${low} and ${high}`);

test("the manifold is learned: samples come to real points", () => {
  const preset = new Preset("manifold");
  within(preset.energy, 0.5, 1.5);
  preset.train(1500);
  within(preset.energy, 0, 0.05);
  within(preset.kl, 2.5, 4.5);
  within(preset.error, 0.1, 0.2);
});

test("the posterior collapses, and a smaller β ends it", () => {
  const preset = new Preset("collapse").train(400);
  within(preset.kl, 0, 0.01);
  for (const sd of preset.sds) within(sd, 0.95, 1.05);
  within(preset.error, 0.95, 1.1); // that of the mean: data have a standard deviation of 1
  preset.train(600, { beta: 1 });
  within(preset.kl, 1.5, 3);
  within(preset.energy, 0, 0.1);
});

test("with a β too small reconstructions are good and samples bad, and β = 1 mends them", () => {
  const preset = new Preset("autoencoder").train(800);
  within(preset.error, 0, 0.05);
  within(preset.energy, 0.3, 1);
  within(mean(preset.sds), 0, 0.06);
  within(Math.max(...preset.means.map(Math.abs)), 4, 20); // outside of the prior's circles
  preset.train(800, { beta: 1 });
  within(preset.energy, 0, 0.06);
});

test("one latent number lays a curve along the data", () => {
  const preset = new Preset("line").train(1500);
  within(preset.energy, 0, 0.05);
  within(mean(preset.sds), 0, 0.1);
});

test("digits blur where σ is large", () => {
  const sharp = new Preset("digits").train(500), blurred = new Preset("blur").train(500);
  within(sharp.kl, 3.5, 6.5);
  within(blurred.kl, 0.5, 2.5);
  within(blurred.variety / sharp.variety, 0, 0.7);
  within(mean(blurred.sds) / mean(sharp.sds), 2, 20); // ellipses are wide
  const before = blurred.variety;
  blurred.train(300, { sigma: 0.15 });
  within(blurred.variety / before, 1.3, 5);
});
