// A toy GAN that trains in the browser: train/toy_gan.py in JavaScript; tests/js compares the two. Nothing here draws.

import { LOSSES } from "./gan_losses.js";
import { Network } from "./network.js";
import { clamp } from "./numbers.js";
import { Optimiser } from "./optimisers.js";
import { gaussian, seeded } from "./random.js";

const DIVERGED = 1e6; // a loss beyond this

// Both players and their turns. settings: as checkpoints/recorded/toy_settings.py has them; pool (2, count): standardised real points.
export class Game {
  constructor(settings, pool) {
    this.settings = settings;
    this.pool = pool;
    this.random = seeded(settings.seed);
    this.generator = new Network([2, ...settings.generator, 2], [true, true, false]);
    this.discriminator = new Network([2, ...settings.discriminator, 2, 1], [true, true, false, false]);
    this.generator.initialise(this.random);
    this.discriminator.initialise(this.random);
    this.mean = this.generator.weights.slice(); // the running mean that averaging shows
    this.stepCount = 0;
    this.constant = false; // whether falling learning rates have stopped falling
    this.headStartCount = 0; // turns of the discriminator before the first step
    this.losses = { discriminator: null, generator: null };
    this.prepare();
  }

  prepare() {
    const { optimiser } = this.settings;
    this.optimisers = {
      generator: new Optimiser(optimiser, this.generator, this.settings),
      discriminator: new Optimiser(optimiser, this.discriminator, this.settings),
    };
  }

  // Continue with other settings for the same networks and data.
  change(settings) {
    const other = settings.optimiser !== this.settings.optimiser;
    this.settings = settings;
    if (other) this.prepare();
  }

  // One step of a training: the discriminator's turns, then the generator's; before the first step a head start.
  step() {
    if (!this.stepCount && this.headStartCount < this.settings.head_start) {
      this.headStartCount++;
      return this.turn("discriminator");
    }
    for (let k = 0; k < this.settings.discriminator_steps; k++) this.turn("discriminator");
    for (let k = 0; k < this.settings.generator_steps; k++) this.turn("generator");
    this.stepCount++;
  }

  // One turn of one player on a new batch.
  turn(player) {
    const n = this.settings.batch, noise = gaussian(this.generator.space("noise", 2 * n), this.random);
    if (player === "generator") return this.updateGenerator(noise, n);
    const count = this.pool.length / 2, real = this.discriminator.space("real", 2 * n), mix = this.discriminator.space("mix", n);
    for (let k = 0; k < n; k++) {
      const row = Math.floor(this.random() * count);
      real[k] = this.pool[row];
      real[n + k] = this.pool[count + row];
      mix[k] = this.random();
    }
    this.updateDiscriminator(real, noise, mix, n);
  }

  get rate() {
    const { falling, steps } = this.settings;
    return falling && !this.constant ? 0.5 * (1 + Math.cos((Math.PI * Math.min(this.stepCount, steps)) / steps)) : 1;
  }

  // real, noise (2, n); mix (n) in [0, 1): where between the two a penalty is evaluated.
  updateDiscriminator(real, noise, mix, n) {
    const { discriminator: network, settings } = this, loss = LOSSES[settings.loss];
    const fake = this.generator.forward(noise, n).at(-1);
    let value = 0;
    for (const [points, [amount, slope]] of [[real, loss.real], [fake, loss.fake]]) {
      const outputs = network.forward(points, n), logits = outputs.at(-1), d = network.space("dlogit", n);
      for (let k = 0; k < n; k++) {
        value += amount(logits[k]) / n;
        d[k] = slope(logits[k]) / n;
      }
      network.backward(outputs, d, n);
    }
    if (settings.loss === "wasserstein_gp") {
      const between = network.space("between", 2 * n);
      for (let k = 0; k < 2 * n; k++) between[k] = mix[k % n] * real[k] + (1 - mix[k % n]) * fake[k];
      value += network.penalty(between, n, settings.penalty);
    }
    this.optimisers.discriminator.step(settings.discriminator_rate * this.rate);
    const { clip } = settings, { weights } = network;
    if (settings.loss === "wasserstein") for (let k = 0; k < weights.length; k++) weights[k] = clamp(weights[k], -clip, clip);
    this.losses.discriminator = value;
  }

  updateGenerator(noise, n) {
    const { generator, discriminator, settings } = this, [amount, slope] = LOSSES[settings.loss].generator;
    const generated = generator.forward(noise, n), outputs = discriminator.forward(generated.at(-1), n), logits = outputs.at(-1);
    const d = discriminator.space("dlogit", n);
    let value = 0;
    for (let k = 0; k < n; k++) {
      value += amount(logits[k]) / n;
      d[k] = slope(logits[k]) / n;
    }
    generator.backward(generated, discriminator.backward(outputs, d, n, { weights: false }), n);
    this.optimisers.generator.step(settings.generator_rate * this.rate);
    const { averaging } = settings, { weights } = generator;
    for (let k = 0; k < weights.length; k++) this.mean[k] += (1 - averaging) * (weights[k] - this.mean[k]);
    this.losses.generator = value;
  }

  // Continue from a stored state; the optimisers start anew.
  load({ step, headStartCount = 0, generator, discriminator, shown }) {
    this.generator.weights.set(generator);
    this.discriminator.weights.set(discriminator);
    this.mean.set(shown);
    this.stepCount = step;
    this.headStartCount = step ? this.settings.head_start : headStartCount;
    this.prepare();
  }

  // Weights of the generator on display.
  get shown() {
    return this.settings.averaging ? this.mean : this.generator.weights;
  }

  get diverged() {
    const { discriminator, generator } = this.losses, weights = [this.generator.weights, this.discriminator.weights];
    const bounded = [discriminator ?? 0, generator ?? 0].every((loss) => Math.abs(loss) < DIVERGED);
    return !bounded || !weights.every((some) => some.every(Number.isFinite));
  }
}
