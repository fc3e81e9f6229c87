// A velocity field in the plane that learns flow matching in the browser; tests/js compares it with PyTorch. Draws nothing.
//
//   x_t = (1 − t) · noise + t · data        v(x, t) = E[data − noise | x_t = x] is what the network learns, and dx/dt = v takes
//                                           N(0, I) to the data (Lipman et al. 2023, Liu et al. 2023)
//
// Points are stored unit by unit, value[unit * n + row], as in lib/network.js. The network gets x, y and t.

import { Network } from "./network.js";
import { Optimiser } from "./optimisers.js";
import { gaussian, seeded } from "./random.js";

const ADAM = { beta1: 0.9, beta2: 0.999 };
const AVERAGING = 0.998; // of the running mean of the weights
const RECENT = 100; // steps over which the displayed loss is averaged
const DIVERGED = 1e6; // a loss beyond this

// settings: {network: [units, units], batch, seed, and rate, which may change between two steps}. pool (2, count): real points.
export class ToyFlow {
  constructor(settings, pool) {
    Object.assign(this, { settings, pool, stepCount: 0, loss: null, recent: null, counted: 0 });
    this.random = seeded(settings.seed);
    this.network = new Network([3, ...settings.network, 2], [true, true, false]);
    this.network.initialise(this.random);
    this.mean = this.network.weights.slice();
    this.prepare();
  }

  prepare() {
    this.optimiser = new Optimiser("adam", this.network, ADAM);
  }

  // v (2, n) at points x (2, n) and one time. The next call for the same number of points overwrites it.
  velocity(x, t) {
    const n = x.length / 2, input = this.network.space(`x and t of ${n}`, 3 * n);
    input.set(x);
    input.fill(t, 2 * n);
    return this.network.forward(input, n, `v of ${n} `).at(-1);
  }

  // One step on a batch: points of the pool, noise, and times uniform in [0, 1).
  step() {
    const n = this.settings.batch, count = this.pool.length / 2, { network } = this;
    const noise = gaussian(network.space("noise", 2 * n), this.random), data = network.space("data", 2 * n), t = network.space("t", n);
    for (let k = 0; k < n; k++) {
      const row = Math.floor(this.random() * count);
      data[k] = this.pool[row];
      data[n + k] = this.pool[count + row];
      t[k] = this.random();
    }
    this.update(noise, data, t, n);
  }

  // Adam, then the running mean, over fewer steps at first so that the initial weights are soon forgotten.
  update(noise, data, t, n) {
    this.accumulate(noise, data, t, n);
    this.optimiser.step(this.settings.rate);
    this.stepCount++;
    const share = Math.max(1 - AVERAGING, 9 / (10 + this.stepCount)), { mean, network: { weights } } = this;
    for (let k = 0; k < weights.length; k++) mean[k] += share * (weights[k] - mean[k]);
    this.counted++;
    this.recent = this.counted === 1 ? this.loss : this.recent + (this.loss - this.recent) / Math.min(this.counted, RECENT);
  }

  // Adds the gradient of the mean of (v(x_t, t) − (data − noise))² over rows and both coordinates, and keeps that value.
  // noise, data (2, n); t (n).
  accumulate(noise, data, t, n) {
    const { network } = this, x = network.space("x", 3 * n), d = network.space("dv", 2 * n);
    for (let k = 0; k < 2 * n; k++) x[k] = (1 - t[k % n]) * noise[k] + t[k % n] * data[k];
    x.set(t, 2 * n);
    const outputs = network.forward(x, n), v = outputs.at(-1);
    let squares = 0;
    for (let k = 0; k < 2 * n; k++) {
      const error = v[k] - (data[k] - noise[k]);
      squares += error * error;
      d[k] = error / n;
    }
    network.backward(outputs, d, n);
    this.loss = squares / (2 * n);
  }

  // Continue from stored weights; the optimiser starts anew.
  load({ step, weights, mean, loss }) {
    this.network.weights.set(weights);
    this.mean.set(mean);
    Object.assign(this, { stepCount: step, recent: loss, counted: loss === null ? 0 : RECENT });
    this.prepare();
  }

  get diverged() {
    return !(Math.abs(this.loss ?? 0) < DIVERGED && this.network.weights.every(Number.isFinite));
  }
}
