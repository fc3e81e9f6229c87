// The mathematics of the live chain, as in models/probability.py. Arrays of any kind; nats.

// z = mean + scale · σ · ε for every dimension; scale 1 is a draw from q(z|x), 0 its mean.
export const sampled = (mean, logVar, noise, scale) =>
  Float64Array.from(mean, (value, d) => value + scale * Math.exp(logVar[d] / 2) * noise[d]);

// KL(N(mean, σ²) ‖ N(0, 1)) for every dimension.
export const divergences = (mean, logVar) =>
  Float64Array.from(mean, (value, d) => 0.5 * (value ** 2 + Math.exp(logVar[d]) - 1 - logVar[d]));

// log p(x|z) of a Bernoulli decoder for pixels in [0, 1], from the picture of z. In single precision a probability may
// be exactly 1; it is then reduced by half a step. The picture of a Gaussian decoder is its mean clamped to [0, 1],
// from which its log p(x|z) cannot be computed.
export function logLikelihood(x, picture) {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const p = picture[k];
    if (x[k] > 0) total += x[k] * Math.log(Math.max(p, 1e-38));
    if (x[k] < 1) total += (1 - x[k]) * Math.log(Math.max(1 - p, 2 ** -25));
  }
  return total;
}
