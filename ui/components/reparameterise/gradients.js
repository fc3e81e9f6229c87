// The estimates of metrics/gradients.py: what each draw ε gives for ∂/∂μ and ∂/∂σ of E f(z), z = μ + σε.

import { sum } from "../lib/numbers.js";

// f, its slope and the exact gradient of its mean. coefficients: [frequency] of a sine, or [1, z, z²] of a quadratic.
export function integrand({ kind, coefficients: [one, two, three] }) {
  if (kind === "sine") {
    const left = (sigma) => Math.exp(-((one * sigma) ** 2) / 2);
    return {
      value: (z) => Math.sin(one * z),
      slope: (z) => one * Math.cos(one * z),
      gradient: (mu, sigma) => [one * left(sigma) * Math.cos(one * mu), -one * one * sigma * left(sigma) * Math.sin(one * mu)],
    };
  }
  return {
    value: (z) => one + two * z + three * z * z,
    slope: (z) => two + 2 * three * z,
    gradient: (mu, sigma) => [two + 2 * three * mu, 2 * three * sigma],
  };
}

// [[reparameterised, score function] of ∂/∂μ, the same of ∂/∂σ], each with one value per draw.
export function estimates(f, mu, sigma, noise) {
  const slopes = noise.map((e) => f.slope(mu + sigma * e)), values = noise.map((e) => f.value(mu + sigma * e) / sigma);
  return [
    [slopes, values.map((value, k) => value * noise[k])],
    [slopes.map((slope, k) => slope * noise[k]), values.map((value, k) => value * (noise[k] ** 2 - 1))],
  ];
}

export function summary(values) {
  const mean = sum(values) / values.length;
  return { mean, spread: Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length) };
}

// Percentages of the values in `count` bins of [low, high).
export function histogram(values, low, high, count) {
  const shares = new Array(count).fill(0), step = (high - low) / count;
  for (const value of values) {
    const bin = Math.floor((value - low) / step);
    if (bin >= 0 && bin < count) shares[bin] += 100 / values.length;
  }
  return shares;
}
