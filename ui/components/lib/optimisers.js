// SGD, RMSprop and Adam as in torch.optim, with its defaults.

const EPSILON = 1e-8;

export class Optimiser {
  constructor(kind, network, { beta1, beta2 }) {
    Object.assign(this, { kind, network, beta1, beta2, count: 0 });
    this.first = new Float64Array(network.weights.length);
    this.second = new Float64Array(network.weights.length);
  }

  step(rate) {
    const { weights, gradient } = this.network, { first, second, beta1, beta2 } = this;
    this.count++;
    const correction1 = 1 - beta1 ** this.count, correction2 = 1 - beta2 ** this.count;
    for (let k = 0; k < weights.length; k++) {
      const g = gradient[k];
      if (this.kind === "sgd") weights[k] -= rate * g;
      else if (this.kind === "rmsprop") {
        second[k] = 0.99 * second[k] + 0.01 * g * g;
        weights[k] -= (rate * g) / (Math.sqrt(second[k]) + EPSILON);
      } else {
        first[k] = beta1 * first[k] + (1 - beta1) * g;
        second[k] = beta2 * second[k] + (1 - beta2) * g * g;
        weights[k] -= (rate * (first[k] / correction1)) / (Math.sqrt(second[k] / correction2) + EPSILON);
      }
    }
    gradient.fill(0);
  }
}
