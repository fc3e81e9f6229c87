// metrics/linear_gaussian.py in JavaScript: p(z) = N(0, 1), p(x|z) = N(a z + b, s²), all in nats. A test compares both.

// Density of N(mean, width²).
export function normal(x, mean, width) {
  return Math.exp(-(((x - mean) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI));
}

export function logNormal(x, mean, width) {
  return -(((x - mean) / width) ** 2) / 2 - Math.log(width * Math.sqrt(2 * Math.PI));
}

export function kl([mean, width], [otherMean, otherWidth] = [0, 1]) {
  const ratio = width / otherWidth;
  return (ratio ** 2 - 1 + ((mean - otherMean) / otherWidth) ** 2) / 2 - Math.log(ratio);
}

export class LinearGaussian {
  constructor(x, s, a, b) {
    Object.assign(this, { x, s, a, b });
  }

  logPx() {
    return logNormal(this.x, this.b, Math.hypot(this.a, this.s));
  }

  reconstruction([mean, width]) {
    return logNormal(this.x, this.a * mean + this.b, this.s) - ((this.a * width) / this.s) ** 2 / 2;
  }

  elbo(q) {
    return this.reconstruction(q) - kl(q);
  }

  // [mean, width] of the q that maximises reconstruction − β KL(q ‖ p(z)); for β = 1 the posterior.
  best(beta) {
    const { x, s, a, b } = this, precision = a * a + beta * s * s;
    return [(a * (x - b)) / precision, Math.sqrt((beta * s * s) / precision)];
  }

  // The β within [low, high] whose best q has that KL.
  multiplier(limit, low, high) {
    let [from, to] = [Math.log(low), Math.log(high)];
    for (let k = 0; k < 60; k++) {
      const middle = (from + to) / 2;
      if (kl(this.best(Math.exp(middle))) > limit) from = middle; // KL falls as β grows
      else to = middle;
    }
    return Math.exp((from + to) / 2);
  }
}
