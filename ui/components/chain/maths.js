// What the numbers of the live chain are made of, as models/probability.py has them. Arrays of any kind; nats.

// z = mean + scale · σ · ε of every dimension; scale 1 is a draw from q(z|x), 0 its mean.
export const sampled = (mean, logVar, noise, scale) =>
  Float64Array.from(mean, (value, d) => value + scale * Math.exp(logVar[d] / 2) * noise[d]);

// KL(N(mean, σ²) ‖ N(0, 1)) of every dimension.
export const divergences = (mean, logVar) =>
  Float64Array.from(mean, (value, d) => 0.5 * (value ** 2 + Math.exp(logVar[d]) - 1 - logVar[d]));

export const sum = (values) => values.reduce((total, value) => total + value, 0);

export function mse(x, picture) {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += (x[k] - picture[k]) ** 2;
  return total / x.length;
}

// log p(x|z) of a Bernoulli decoder for pixels in [0, 1], from the picture of z. In single precision a probability may be 1
// itself; it counts as half a step less. The picture of a Gaussian decoder is its mean clamped to [0, 1], from which its
// log p(x|z) cannot be had.
export function logLikelihood(x, picture) {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const p = picture[k];
    if (x[k] > 0) total += x[k] * Math.log(Math.max(p, 1e-38));
    if (x[k] < 1) total += (1 - x[k]) * Math.log(Math.max(1 - p, 2 ** -25));
  }
  return total;
}

// ---- the map of all codes ----

// Where PCA puts a code: along the two axes (2, latent), from the centre.
export const projected = ({ components, centre }, code) =>
  [0, 1].map((axis) => centre.reduce((total, value, d) => total + (code[d] - value) * components[axis * centre.length + d], 0));

// [[row, distance]] of the `count` codes (M, latent) nearest to a code, the nearest first; Euclidean.
export function nearest(codes, code, count) {
  const latent = code.length, found = [];
  for (let row = 0, at = 0; at < codes.length; row++, at += latent) {
    const most = found.length === count ? found[count - 1][1] : Infinity;
    let squared = 0;
    for (let d = 0; d < latent && squared < most; d++) squared += (codes[at + d] - code[d]) ** 2;
    if (squared >= most) continue;
    let place = found.length;
    while (place && found[place - 1][1] > squared) place -= 1;
    found.splice(place, 0, [row, squared]);
    if (found.length > count) found.pop();
  }
  return found.map(([row, squared]) => [row, Math.sqrt(squared)]);
}

// A place between the points (M, 2) of near codes, each weighted by 1/distance²; at a code it is that code's point.
export function between(points, near) {
  const weights = near.map(([, distance]) => 1 / Math.max(distance, 1e-9) ** 2), all = sum(weights);
  return [0, 1].map((axis) => sum(near.map(([row], k) => weights[k] * points[2 * row + axis])) / all);
}
