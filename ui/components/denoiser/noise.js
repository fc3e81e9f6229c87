// Noise in a square of a grey picture, as in models/patch_noise.py: inside the square a pixel x in [0, 1] becomes
// clamp(scale · x + offset, 0, 1). tests/js compares it with Python for every kind.

import { clamp } from "../lib/numbers.js";

export const SIDE = 8; // pixels of the square

// `count` numbers of torch.rand(count, generator=torch.Generator().manual_seed(seed)): the Mersenne Twister MT19937
// (Matsumoto & Nishimura 1998), of which a float uses 24 bits.
export function uniform(seed, count) {
  const N = 624, M = 397, state = new Uint32Array(N);
  state[0] = seed;
  for (let k = 1; k < N; k++) state[k] = Math.imul(1812433253, state[k - 1] ^ (state[k - 1] >>> 30)) + k;
  const numbers = new Float32Array(count);
  for (let n = 0; n < count; n++) {
    const k = n % N; // a word is renewed just before it is used
    const mixed = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
    state[k] = state[(k + M) % N] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    let y = state[k];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    numbers[n] = (y & 0xffffff) / 2 ** 24;
  }
  return numbers;
}

const polynomial = (coefficients, x) => coefficients.reduceRight((sum, c) => sum * x + c, 0);

// Quantile of N(0, 1) for p in [1e-6, 1 − 1e-6], to about seven digits (Wichura 1988, algorithm AS 241, PPND7).
export function quantile(p) {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const above = polynomial([3.3871327179, 50.434271938, 159.2911320, 59.109374720], r);
    return (q * above) / polynomial([1, 17.895169469, 78.757757664, 67.187563600], r);
  }
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p))) - 1.6;
  const above = polynomial([1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103], r);
  return (Math.sign(q) * above) / polynomial([1, 0.73700164250, 0.12021132975], r);
}

// [scale, offset] of a pixel for its random number u and the strength s, for each kind.
const KINDS = {
  gaussian: (u, s) => [1, s * quantile(clamp(u, 1e-6, 1 - 1e-6))],
  uniform: (u, s) => [1, s * (2 * u - 1)],
  salt_and_pepper: (u, s) => (u >= s ? [1, 0] : [0, u >= s / 2 ? 1 : 0]),
  black: (_, s) => [1 - s, 0],
  white: (_, s) => [1 - s, s],
};

// Pictures of `size` × `size` numbers in [0, 1]. noise: {kind, strength, row, column, seed}.
export function corrupt(clean, size, { kind, strength, row, column, seed }) {
  const noisy = Float32Array.from(clean), s = Math.fround(strength);
  uniform(seed, SIDE * SIDE).forEach((u, k) => {
    const at = (row + Math.floor(k / SIDE)) * size + column + (k % SIDE), [scale, offset] = KINDS[kind](u, s);
    noisy[at] = clamp(scale * noisy[at] + offset, 0, 1);
  });
  return noisy;
}
