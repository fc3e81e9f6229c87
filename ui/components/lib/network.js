// A small network of linear layers and its gradients: models/toy_gan.py in JavaScript; tests/js compares the two.
//
// Points and activations are stored unit by unit, value[unit * n + row], as Float64Array; a layer's weights input by
// input, weight[input * outputs + output], then its biases, as in PyTorch.

import { addOuter, addProduct } from "./products.js";

const SLOPE = 0.2; // of the leaky ReLU below zero

// leaky: whether a leaky ReLU follows, for each layer.
export class Network {
  constructor(sizes, leaky) {
    this.layers = [];
    let at = 0;
    for (let k = 0; k + 1 < sizes.length; k++) {
      const [inputs, outputs] = [sizes[k], sizes[k + 1]];
      this.layers.push({ inputs, outputs, leaky: leaky[k], weight: at, bias: at + inputs * outputs });
      at += (inputs + 1) * outputs;
    }
    this.weights = new Float64Array(at);
    this.gradient = new Float64Array(at);
    this.spaces = new Map(); // arrays reused in every step
  }

  // Uniform in ±1/√inputs, like nn.Linear's defaults.
  initialise(random) {
    for (const { inputs, outputs, weight } of this.layers)
      for (let k = 0; k < (inputs + 1) * outputs; k++) this.weights[weight + k] = (2 * random() - 1) / Math.sqrt(inputs);
  }

  space(name, length) {
    if (this.spaces.get(name)?.length !== length) this.spaces.set(name, new Float64Array(length));
    return this.spaces.get(name);
  }

  // Outputs of all layers, preceded by the input: [(inputs, n), …]. The next call with this `slot` overwrites them.
  forward(x, n, slot = "") {
    const outputs = [x];
    for (const [k, layer] of this.layers.entries()) {
      outputs.push(this.layer(layer, outputs[k], n, this.space(`${slot}${k}`, layer.outputs * n)));
    }
    return outputs;
  }

  layer({ inputs, outputs, leaky, weight, bias }, x, n, y) {
    for (let o = 0; o < outputs; o++) y.fill(this.weights[bias + o], o * n, (o + 1) * n);
    addProduct(y, x, n, this.weights, weight, inputs, outputs, outputs, 1);
    if (leaky) for (let k = 0; k < y.length; k++) y[k] = Math.max(y[k], SLOPE * y[k]); // faster than a branch
    return y;
  }

  // From the gradient dy in the last output: adds that in the weights if `weights`, returns that in x if `input`.
  backward(outputs, dy, n, { weights = true, input = !weights, slot = "" } = {}) {
    let d = dy;
    for (let k = this.layers.length - 1; k >= 0; k--) {
      const layer = this.layers[k], x = outputs[k], y = outputs[k + 1];
      if (layer.leaky) {
        const before = this.space(`${slot}leaky${k}`, d.length);
        for (let j = 0; j < d.length; j++) before[j] = y[j] < 0 ? SLOPE * d[j] : d[j];
        d = before;
      }
      if (weights) this.addGradient(layer, x, d, n);
      if (!input && !k) return null;
      d = this.transposed(layer, d, n, this.space(`${slot}d${k}`, layer.inputs * n));
    }
    return d;
  }

  addGradient({ inputs, outputs, weight, bias }, x, d, n) {
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

  // Gradient (inputs, n) of the single output in x.
  inputGradient(outputs, n, slot = "input gradient ") {
    return this.backward(outputs, this.space(`${slot}one`, n).fill(1), n, { weights: false, slot });
  }

  // Adds the gradient of weight · mean (‖gradient in x‖ − 1)² at points x (2, n), and returns that value. Between the kinks
  // of its ReLUs the network is linear, so its gradient is a product of its matrices, and so is the gradient of that.
  penalty(x, n, weight) {
    const outputs = this.forward(x, n, "penalty"), gradient = this.inputGradient(outputs, n, "penalty");
    const v = this.space("penalty v", 2 * n);
    let value = 0;
    for (let k = 0; k < n; k++) {
      const norm = Math.hypot(gradient[k], gradient[n + k]), factor = norm && (2 * weight * (norm - 1)) / (norm * n);
      value += (weight * (norm - 1) ** 2) / n;
      v[k] = factor * gradient[k];
      v[n + k] = factor * gradient[n + k];
    }
    let u = v; // goes forward through the matrices, while inputGradient() went backward
    this.layers.forEach((layer, k) => {
      const last = k === this.layers.length - 1;
      const name = layer.leaky ? `leaky${k}` : last ? "one" : `d${k + 1}`, back = this.space(`penalty${name}`, layer.outputs * n);
      const { inputs, outputs: width, weight: at } = layer;
      addOuter(this.gradient, at, u, back, n, inputs, width);
      const next = this.space(`penaltyu${k}`, width * n).fill(0);
      addProduct(next, u, n, this.weights, at, inputs, width, width, 1);
      if (layer.leaky) for (let j = 0; j < next.length; j++) if (outputs[k + 1][j] < 0) next[j] *= SLOPE;
      u = next;
    });
    return value;
  }
}
