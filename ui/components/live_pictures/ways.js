// Codes and pictures as functions of the sliders' values: models/interpolation.py, ui/explore/paths.py, pairs.py and
// comparison.py in JavaScript; tests/js compares them. Nothing here draws.
//
// A code is a Float64Array (latent). A way is {kind, …} as ui/components/live_pictures describes it, with its arrays.

import { clamp } from "../lib/numbers.js";
import { onCircle } from "../lib/walk.js";

export const length = (code) => Math.hypot(...code);
const mixed = (a, b, ofA, ofB) => a.map((part, d) => ofA * part + ofB * b[d]);

// Straight line (1 − t)·a + t·b.
const line = (a, b, t) => mixed(a, b, 1 - t, t);

// Between two draws of N(0, I), so that every code on the way is distributed alike: cos(tπ/2)·a + sin(tπ/2)·b.
const turned = (a, b, t) => mixed(a, b, Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2));

// The polyline through points, given with their shares of its length: models/interpolation.py.
function through(points, places, t) {
  const latent = points.length / places.length, found = places.findIndex((place, k) => k > 0 && place >= t);
  const after = found < 0 ? places.length - 1 : found, [start, end] = [places[after - 1], places[after]];
  const [from, to] = [after - 1, after].map((k) => points.subarray(k * latent, (k + 1) * latent));
  return line(from, to, end > start ? clamp((t - start) / (end - start), 0, 1) : 0);
}

// Bytes of two pictures, blended in float32 as in NumPy. Storing into clamped bytes rounds halves to even.
export function blend(a, b, t) {
  const share = Math.fround(t), out = new Uint8ClampedArray(a.length);
  for (let k = 0; k < a.length; k++) out[k] = Math.fround(a[k] + Math.fround(share * (b[k] - a[k])));
  return out;
}

const codesOfKind = {
  line: ({ a, b }, { alpha }) => [line(a, b, alpha)],
  circle: ({ a, b }, { alpha }) => [onCircle(a, b, alpha)],
  through: ({ points, places }, { alpha }) => [through(points, places, alpha)],
  // The code itself, then with ε added to one dimension after another.
  moved: ({ code, order }, { epsilon }) => [code, ...order.map((d) => code.with(d, code[d] + epsilon))],
  // Each of the `count` codes, moved by so many steps of every direction as the slider of its name says.
  along({ codes, vectors, latent, count, names }, values) {
    const moved = Float64Array.from(codes);
    names.forEach((name, j) => {
      const steps = values[name];
      for (let k = 0; k < moved.length; k++) moved[k] += steps * vectors[j * latent + (k % latent)];
    });
    return Array.from({ length: count }, (_, k) => moved.subarray(k * latent, (k + 1) * latent));
  },
  // The first `count` codes of a seed, as many numbers of each as the model has dimensions: turned towards those of the
  // next seed, times ψ, and shifted in those of the `dimensions` that it has.
  shared({ seed, next, stride, latent, count, dimensions }, { alpha, psi, ...shifts }) {
    return Array.from({ length: count }, (_, k) => {
      const [a, b] = [seed, next].map((codes) => codes.subarray(k * stride, k * stride + latent));
      const code = turned(a, b, alpha).map((part) => psi * part);
      for (const [place, d] of dimensions.entries()) if (d < latent) code[d] += shifts[`shift${place}`];
      return code;
    });
  },
};

// All codes of a way at these values {slider: number}.
export const codesOf = (way, values) => codesOfKind[way.kind](way, values);

// Root mean squared difference of two pictures' bytes (RGBA), in grey levels.
export function change(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2; // opaque: alpha adds nothing
  return Math.sqrt((sum / a.length) * (4 / 3));
}
