// A small VAE that trains in the browser: the ELBO and its gradient; tests/js compares them with PyTorch. Draws nothing.
//
// Points and codes are stored unit by unit, value[unit * n + row], as in lib/network.js.

import { Network } from "./network.js";
import { Optimiser } from "./optimisers.js";
import { gaussian, seeded } from "./random.js";

const ADAM = { beta1: 0.9, beta2: 0.999 };
const DIVERGED = 1e9; // nats beyond this

const LOG_2PI = Math.log(2 * Math.PI);

// settings: {latent, encoder: [units, units], decoder: [units, units], batch, seed, and beta, sigma, rate, which may change
// between two steps}. pool (dimensions, count): real points.
export class ToyVAE {
  constructor(settings, pool, dimensions) {
    Object.assign(this, { settings, pool, dimensions, latent: settings.latent, stepCount: 0 });
    this.random = seeded(settings.seed);
    this.encoder = new Network([dimensions, ...settings.encoder, 2 * settings.latent], [true, true, false]);
    this.decoder = new Network([settings.latent, ...settings.decoder, dimensions], [true, true, false]);
    this.encoder.initialise(this.random);
    this.decoder.initialise(this.random);
    this.terms = null; // of the last batch
    this.prepare();
  }

  prepare() {
    this.optimisers = [this.encoder, this.decoder].map((network) => new Optimiser("adam", network, ADAM));
  }

  // One step on a batch of the pool.
  step() {
    const n = this.settings.batch, count = this.pool.length / this.dimensions;
    const x = this.encoder.space("batch", this.dimensions * n);
    for (let k = 0; k < n; k++) {
      const row = Math.floor(this.random() * count);
      for (let unit = 0; unit < this.dimensions; unit++) x[unit * n + k] = this.pool[unit * count + row];
    }
    this.update(x, gaussian(this.decoder.space("noise", this.latent * n), this.random), n);
  }

  // Adam against mean over rows of β KL(q(z|x) ‖ N(0, I)) − log p(x|z), z = mean + sd · noise (Kingma & Welling 2013; β:
  // Higgins et al. 2017). x (dimensions, n), noise (latent, n).
  update(x, noise, n) {
    this.accumulate(x, noise, n);
    for (const optimiser of this.optimisers) optimiser.step(this.settings.rate);
    this.stepCount++;
  }

  // Adds the gradient of that, and keeps the terms in nats.
  accumulate(x, noise, n) {
    const { encoder, decoder, settings: { beta, sigma } } = this, codes = this.latent * n;
    const { means, logVars, encoded, decoded, terms } = this.look(x, noise, n);
    const dx = decoder.space("dx", x.length), factor = 1 / (sigma * sigma * n);
    for (let k = 0; k < x.length; k++) dx[k] = factor * (decoded.at(-1)[k] - x[k]);
    const dz = decoder.backward(decoded, dx, n, { input: true }), d = encoder.space("dq", 2 * codes);
    for (let k = 0; k < codes; k++) {
      d[k] = dz[k] + (beta * means[k]) / n;
      const slope = 0.5 * Math.exp(logVars[k] / 2) * noise[k];
      d[codes + k] = dz[k] * slope + (0.5 * beta * (Math.exp(logVars[k]) - 1)) / n;
    }
    encoder.backward(encoded, d, n);
    this.terms = terms;
  }

  // The networks' results for x with this noise: means and logVars of q(z|x), (latent, n), outputs of all layers, and
  // terms: {reconstruction: mean log p(x|z), kls: [mean KL of each latent dimension]} in nats.
  look(x, noise, n, slot = "") {
    const codes = this.latent * n, encoded = this.encoder.forward(x, n, slot), q = encoded.at(-1);
    const means = q.subarray(0, codes), logVars = q.subarray(codes), z = this.decoder.space(`${slot}z`, codes);
    for (let k = 0; k < codes; k++) z[k] = means[k] + Math.exp(logVars[k] / 2) * noise[k];
    const decoded = this.decoder.forward(z, n, slot), { sigma } = this.settings;
    let squares = 0;
    for (let k = 0; k < x.length; k++) squares += (decoded.at(-1)[k] - x[k]) ** 2;
    const reconstruction = logDensity(squares / n, sigma, this.dimensions);
    const kls = Array.from({ length: this.latent }, () => 0);
    for (let k = 0; k < codes; k++) {
      kls[Math.floor(k / n)] += (Math.exp(logVars[k]) + means[k] ** 2 - 1 - logVars[k]) / (2 * n);
    }
    return { means, logVars, encoded, decoded, terms: { reconstruction, kls } };
  }

  // Continue from stored weights; the optimisers start anew.
  load({ step, encoder, decoder }) {
    this.encoder.weights.set(encoder);
    this.decoder.weights.set(decoder);
    this.stepCount = step;
    this.prepare();
  }

  get diverged() {
    const { reconstruction, kls } = this.terms ?? { reconstruction: 0, kls: [] };
    const bounded = [reconstruction, ...kls].every((value) => Math.abs(value) < DIVERGED);
    return !bounded || ![this.encoder, this.decoder].every(({ weights }) => weights.every(Number.isFinite));
  }
}

// log N(x; x̂, σ² I) in nats, from ‖x − x̂‖² and the number of dimensions.
export function logDensity(squares, sigma, dimensions) {
  return -squares / (2 * sigma * sigma) - dimensions * (Math.log(sigma) + LOG_2PI / 2);
}
