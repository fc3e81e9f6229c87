// A toy GAN that trains in the browser: the mathematics of models/toy_gan.py, models/adversarial.py and torch.optim, held
// against them by a test. Nothing here draws.
//
// Points and activations lie unit by unit, value[unit * n + row], as Float64Array; a layer's weights input by input,
// weight[input * outputs + output], and then its biases, as PyTorch has them.

const SLOPE = 0.2; // of the leaky ReLU below zero
const EPSILON = 1e-8; // of the optimisers
const GONE = 1e6; // a loss or a point beyond this has diverged

export const softplus = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
export const sigmoid = (t) => 1 / (1 + Math.exp(-t));

// Of one logit, [value, slope]: what the discriminator minimises on real and generated points, and the generator.
export const LOSSES = {
  minimax: {
    real: [(t) => softplus(-t), (t) => -sigmoid(-t)],
    fake: [softplus, sigmoid],
    generator: [(t) => -softplus(t), (t) => -sigmoid(t)],
  },
  non_saturating: {
    real: [(t) => softplus(-t), (t) => -sigmoid(-t)],
    fake: [softplus, sigmoid],
    generator: [(t) => softplus(-t), (t) => -sigmoid(-t)],
  },
  least_squares: {
    real: [(t) => (t - 1) ** 2 / 2, (t) => t - 1],
    fake: [(t) => t ** 2 / 2, (t) => t],
    generator: [(t) => (t - 1) ** 2, (t) => 2 * (t - 1)],
  },
  hinge: {
    real: [(t) => Math.max(0, 1 - t), (t) => (t < 1 ? -1 : 0)],
    fake: [(t) => Math.max(0, 1 + t), (t) => (t > -1 ? 1 : 0)],
    generator: [(t) => -t, () => -1],
  },
  wasserstein: {
    real: [(t) => -t, () => -1],
    fake: [(t) => t, () => 1],
    generator: [(t) => -t, () => -1],
  },
};
LOSSES.wasserstein_gp = LOSSES.wasserstein; // with a penalty in place of clipping

// Uniform in [0, 1), the same for the same seed (mulberry32).
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// N(0, 1) into an array (Box & Muller).
export function gaussian(array, random) {
  for (let k = 0; k < array.length; k += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random())), angle = 2 * Math.PI * random();
    array[k] = radius * Math.cos(angle);
    if (k + 1 < array.length) array[k + 1] = radius * Math.sin(angle);
  }
  return array;
}

// Linear layers, with a leaky ReLU after those in `bent`.
export class Network {
  constructor(sizes, bent) {
    this.layers = [];
    let at = 0;
    for (let k = 0; k + 1 < sizes.length; k++) {
      const [inputs, outputs] = [sizes[k], sizes[k + 1]];
      this.layers.push({ inputs, outputs, bent: bent[k], weight: at, bias: at + inputs * outputs });
      at += (inputs + 1) * outputs;
    }
    this.weights = new Float64Array(at);
    this.gradient = new Float64Array(at);
    this.spaces = new Map(); // arrays that are used again in every step
  }

  // Uniform in ±1/√inputs, as nn.Linear begins.
  start(random) {
    for (const { inputs, outputs, weight } of this.layers)
      for (let k = 0; k < (inputs + 1) * outputs; k++) this.weights[weight + k] = (2 * random() - 1) / Math.sqrt(inputs);
  }

  space(name, length) {
    let array = this.spaces.get(name);
    if (!array || array.length !== length) this.spaces.set(name, (array = new Float64Array(length)));
    return array;
  }

  // Outputs of all layers, the input first: [(inputs, n), …]. They are overwritten by the next call with this `slot`.
  forward(x, n, slot = "") {
    const outputs = [x];
    this.layers.forEach((layer, k) => outputs.push(this.layer(layer, outputs[k], n, this.space(`${slot}${k}`, layer.outputs * n))));
    return outputs;
  }

  layer({ inputs, outputs, bent, weight, bias }, x, n, y) {
    for (let o = 0; o < outputs; o++) y.fill(this.weights[bias + o], o * n, (o + 1) * n);
    addProduct(y, x, n, this.weights, weight, inputs, outputs, outputs, 1);
    if (bent) for (let k = 0; k < y.length; k++) y[k] = Math.max(y[k], SLOPE * y[k]); // a branch would be a guess each time
    return y;
  }

  // From slopes dy in the last output: adds to the gradient of the weights where `learn`, else returns the slopes in x.
  backward(outputs, dy, n, learn = true, slot = "") {
    let d = dy;
    for (let k = this.layers.length - 1; k >= 0; k--) {
      const layer = this.layers[k], x = outputs[k], y = outputs[k + 1];
      if (layer.bent) {
        const bent = this.space(`${slot}bent${k}`, d.length);
        for (let j = 0; j < d.length; j++) bent[j] = y[j] < 0 ? SLOPE * d[j] : d[j];
        d = bent;
      }
      if (learn) this.learn(layer, x, d, n);
      if (learn && !k) return null;
      d = this.transposed(layer, d, n, this.space(`${slot}d${k}`, layer.inputs * n));
    }
    return d;
  }

  learn({ inputs, outputs, weight, bias }, x, d, n) {
    const g = this.gradient;
    for (let o = 0; o < outputs; o++) {
      let sum = 0;
      for (let k = o * n; k < (o + 1) * n; k++) sum += d[k];
      g[bias + o] += sum;
    }
    addOuter(g, weight, x, d, n, inputs, outputs);
  }

  transposed({ inputs, outputs, weight }, d, n, out) {
    addProduct(out.fill(0), d, n, this.weights, weight, outputs, inputs, 1, outputs);
    return out;
  }

  // Slopes (inputs, n) of the only output in x.
  slopes(outputs, n, slot = "slopes") {
    return this.backward(outputs, this.space(`${slot}one`, n).fill(1), n, false, slot);
  }

  // Adds the gradient of weight · mean (‖slope in x‖ − 1)² at points x (2, n), and returns that value. Between its bends
  // the network is linear, so the slope is a product of its matrices, and so is the slope of the slope.
  penalty(x, n, weight) {
    const outputs = this.forward(x, n, "penalty"), slope = this.slopes(outputs, n, "penalty");
    const v = this.space("penalty v", 2 * n);
    let value = 0;
    for (let k = 0; k < n; k++) {
      const norm = Math.hypot(slope[k], slope[n + k]), pull = norm && (2 * weight * (norm - 1)) / (norm * n);
      value += (weight * (norm - 1) ** 2) / n;
      v[k] = pull * slope[k];
      v[n + k] = pull * slope[n + k];
    }
    let u = v; // goes forward through the matrices while what `slopes` left behind came backward
    this.layers.forEach((layer, k) => {
      const last = k === this.layers.length - 1;
      const back = layer.bent ? this.space(`penaltybent${k}`, layer.outputs * n) : last ? this.space("penaltyone", n) : this.space(`penaltyd${k + 1}`, layer.outputs * n);
      const { inputs, outputs: width, weight: at } = layer;
      addOuter(this.gradient, at, u, back, n, inputs, width);
      const next = this.space(`penaltyu${k}`, width * n).fill(0);
      addProduct(next, u, n, this.weights, at, inputs, width, width, 1);
      if (layer.bent) for (let j = 0; j < next.length; j++) if (outputs[k + 1][j] < 0) next[j] *= SLOPE;
      u = next;
    });
    return value;
  }
}

// y[o, row] += Σ w[at + i · across + o · down] · x[i, row] over `count` i, for `units` o. Four units of two rows at a time: so
// eight sums stay in registers, which is twice as fast as one after another.
function addProduct(y, x, n, w, at, count, units, across, down) {
  const whole = units - (units % 4), even = n - (n % 2);
  for (let o = 0; o < whole; o += 4) {
    const first = at + o * down, row = o * n;
    for (let k = 0; k < even; k += 2) {
      let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
      for (let i = 0, p = first, q = k; i < count; i++, p += across, q += n) {
        const u = x[q], v = x[q + 1], w0 = w[p], w1 = w[p + down], w2 = w[p + 2 * down], w3 = w[p + 3 * down];
        a += u * w0;
        b += u * w1;
        c += u * w2;
        d += u * w3;
        e += v * w0;
        f += v * w1;
        g += v * w2;
        h += v * w3;
      }
      const to = row + k;
      y[to] += a;
      y[to + n] += b;
      y[to + 2 * n] += c;
      y[to + 3 * n] += d;
      y[to + 1] += e;
      y[to + n + 1] += f;
      y[to + 2 * n + 1] += g;
      y[to + 3 * n + 1] += h;
    }
  }
  for (let o = 0; o < units; o++)
    for (let i = 0; i < count; i++) {
      const weight = w[at + i * across + o * down];
      for (let k = o < whole ? even : 0; k < n; k++) y[o * n + k] += weight * x[i * n + k];
    }
}

// g[at + i · outputs + o] += Σ x[i, row] · d[o, row], in the same blocks.
function addOuter(g, at, x, d, n, inputs, outputs) {
  const whole = outputs - (outputs % 4), even = inputs - (inputs % 2);
  for (let i = 0; i < even; i += 2) {
    for (let o = 0; o < whole; o += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0;
      for (let k = 0, p = i * n, q = o * n; k < n; k++, p++, q++) {
        const u = x[p], v = x[p + n], d0 = d[q], d1 = d[q + n], d2 = d[q + 2 * n], d3 = d[q + 3 * n];
        s0 += u * d0;
        s1 += u * d1;
        s2 += u * d2;
        s3 += u * d3;
        t0 += v * d0;
        t1 += v * d1;
        t2 += v * d2;
        t3 += v * d3;
      }
      const to = at + i * outputs + o, below = to + outputs;
      g[to] += s0;
      g[to + 1] += s1;
      g[to + 2] += s2;
      g[to + 3] += s3;
      g[below] += t0;
      g[below + 1] += t1;
      g[below + 2] += t2;
      g[below + 3] += t3;
    }
  }
  for (let i = 0; i < inputs; i++)
    for (let o = i < even ? whole : 0; o < outputs; o++) {
      let sum = 0;
      for (let p = i * n, q = o * n; q < (o + 1) * n; p++, q++) sum += x[p] * d[q];
      g[at + i * outputs + o] += sum;
    }
}

// As torch.optim has them with their defaults.
export class Optimiser {
  constructor(kind, network, { beta1, beta2 }) {
    Object.assign(this, { kind, network, beta1, beta2, done: 0 });
    this.first = new Float64Array(network.weights.length);
    this.second = new Float64Array(network.weights.length);
  }

  step(rate) {
    const { weights, gradient } = this.network, { first, second, beta1, beta2 } = this;
    this.done++;
    const fair1 = 1 - beta1 ** this.done, fair2 = 1 - beta2 ** this.done;
    for (let k = 0; k < weights.length; k++) {
      const g = gradient[k];
      if (this.kind === "sgd") weights[k] -= rate * g;
      else if (this.kind === "rmsprop") {
        second[k] = 0.99 * second[k] + 0.01 * g * g;
        weights[k] -= (rate * g) / (Math.sqrt(second[k]) + EPSILON);
      } else {
        first[k] = beta1 * first[k] + (1 - beta1) * g;
        second[k] = beta2 * second[k] + (1 - beta2) * g * g;
        weights[k] -= (rate * (first[k] / fair1)) / (Math.sqrt(second[k] / fair2) + EPSILON);
      }
    }
    gradient.fill(0);
  }
}

// Both players and their turns. settings: as metrics/toy_runs.py has them; pool (2, count): standardised real points.
export class Game {
  constructor(settings, pool) {
    this.settings = settings;
    this.pool = pool;
    this.random = seeded(settings.seed);
    this.generator = new Network([2, ...settings.generator, 2], [true, true, false]);
    this.discriminator = new Network([2, ...settings.discriminator, 2, 1], [true, true, false, false]);
    this.generator.start(this.random);
    this.discriminator.start(this.random);
    this.mean = this.generator.weights.slice(); // the running mean that averaging shows
    this.done = 0;
    this.ahead = 0; // turns of the discriminator's head start
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

  // Go on with other settings of the same networks and data.
  change(settings) {
    const other = settings.optimiser !== this.settings.optimiser;
    this.settings = settings;
    if (other) this.prepare();
  }

  // One step as a training takes it: the discriminator's turns, then the generator's; before the first a head start.
  step() {
    if (!this.done && this.ahead < this.settings.head_start) {
      this.ahead++;
      return this.turn("discriminator");
    }
    for (let k = 0; k < this.settings.discriminator_steps; k++) this.turn("discriminator");
    for (let k = 0; k < this.settings.generator_steps; k++) this.turn("generator");
    this.done++;
  }

  // One turn of one player on a new batch.
  turn(player) {
    const n = this.settings.batch, noise = gaussian(this.generator.space("noise", 2 * n), this.random);
    if (player === "generator") return this.teachGenerator(noise, n);
    const count = this.pool.length / 2, real = this.discriminator.space("real", 2 * n), mix = this.discriminator.space("mix", n);
    for (let k = 0; k < n; k++) {
      const row = Math.floor(this.random() * count);
      real[k] = this.pool[row];
      real[n + k] = this.pool[count + row];
      mix[k] = this.random();
    }
    this.teachDiscriminator(real, noise, mix, n);
  }

  get rate() {
    const { falling, steps } = this.settings;
    return falling ? 0.5 * (1 + Math.cos((Math.PI * Math.min(this.done, steps)) / steps)) : 1;
  }

  // real, noise (2, n); mix (n) in [0, 1): where between the two a penalty is taken.
  teachDiscriminator(real, noise, mix, n) {
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
    if (settings.loss === "wasserstein") for (let k = 0; k < weights.length; k++) weights[k] = Math.min(clip, Math.max(-clip, weights[k]));
    this.losses.discriminator = value;
  }

  teachGenerator(noise, n) {
    const { generator, discriminator, settings } = this, [amount, slope] = LOSSES[settings.loss].generator;
    const made = generator.forward(noise, n), judged = discriminator.forward(made.at(-1), n), logits = judged.at(-1);
    const d = discriminator.space("dlogit", n);
    let value = 0;
    for (let k = 0; k < n; k++) {
      value += amount(logits[k]) / n;
      d[k] = slope(logits[k]) / n;
    }
    generator.backward(made, discriminator.backward(judged, d, n, false), n);
    this.optimisers.generator.step(settings.generator_rate * this.rate);
    const { averaging } = settings, { weights } = generator;
    for (let k = 0; k < weights.length; k++) this.mean[k] += (1 - averaging) * (weights[k] - this.mean[k]);
    this.losses.generator = value;
  }

  // Go on from a stored state; the optimisers begin anew.
  load({ step, generator, discriminator, shown }) {
    this.generator.weights.set(generator);
    this.discriminator.weights.set(discriminator);
    this.mean.set(shown);
    this.done = step;
    if (step) this.ahead = this.settings.head_start;
    this.prepare();
  }

  // Weights of the generator that is shown.
  get shown() {
    return this.settings.averaging ? this.mean : this.generator.weights;
  }

  get diverged() {
    const { discriminator, generator } = this.losses, weights = [this.generator.weights, this.discriminator.weights];
    return ![discriminator ?? 0, generator ?? 0].every((v) => Math.abs(v) < GONE) || !weights.every((w) => w.every(Number.isFinite));
  }
}

// 2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of x (2, n) and y (2, m), all pairs: metrics/energy.py. The last term may be known.
export function energyDistance(x, y, within = meanDistance(y, y)) {
  return 2 * meanDistance(x, y) - meanDistance(x, x) - within;
}

export function meanDistance(x, y) {
  const n = x.length / 2, m = y.length / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const a = x[i], b = x[n + i];
    for (let j = 0; j < m; j++) {
      const u = a - y[j], v = b - y[m + j];
      sum += Math.sqrt(u * u + v * v);
    }
  }
  return sum / (n * m);
}
