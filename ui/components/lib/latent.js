// Changes of a code by its controls: along a slider's row, by its length, or in a plane. Nothing here draws.

import { clamp } from "./numbers.js";

export const STEPS = 31; // of a slider, starting from the `low` of its row

export const toStep = ({ low, step }, value) => clamp(Math.round((value - low) / step), 0, STEPS - 1);
export const fromStep = ({ low, step }, index) => Math.round((low + step * index) * 100) / 100;
export const highest = (row) => fromStep(row, STEPS - 1);

// The nearest step, for which a picture is stored, used if no network draws pictures.
export const snapped = (row, value) => fromStep(row, toStep(row, value));

// The step to which a key leads from a value, null for a key that moves nothing. From between two steps an arrow leads
// to the next one in its direction.
export function stepByKey(row, value, key) {
  const step = toStep(row, value);
  const beside = Math.round(((value - fromStep(row, step)) / row.step) * 1e3) / 1e3;
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[key];
  if (by) return clamp(step + (by > 0 ? Math.floor : Math.ceil)(by + beside), 0, STEPS - 1);
  return { Home: 0, End: STEPS - 1 }[key] ?? null;
}

// The value of a row: a coordinate of the code, or its length, where 1 is that of most random codes.
export function valueInCode({ dimension }, code) {
  return dimension === "length" ? Math.hypot(...code) / Math.sqrt(code.length) : code[dimension];
}

// The code with another value in a row. The code 0 has no direction, so its length cannot change.
export function withValue(row, code, value) {
  if (row.dimension !== "length") return code.with(row.dimension, value);
  const length = valueInCode(row, code);
  return length > 0 ? code.map((part) => (part * value) / length) : code;
}

// Coordinates of a code in a plane, in units of its `scale`; its vectors are orthonormal.
export function inPlane({ vectors, scale, centre }, code) {
  return vectors.map((vector, axis) => vector.reduce((sum, part, d) => sum + part * (code[d] - centre[d]), 0) / scale[axis]);
}

// The code moved within a plane to u; its components outside the plane stay.
export function movedTo(plane, code, u) {
  const lengths = inPlane(plane, code).map((from, axis) => (u[axis] - from) * plane.scale[axis]);
  return code.map((part, d) => plane.vectors.reduce((sum, vector, axis) => sum + lengths[axis] * vector[d], part));
}

// The code with these coordinates along the rows of a basis: `vectors` is the basis, (latent, latent) row by row, or
// null if the coordinates are the code, or the normals (D, latent) of reflections that define it (ui/explore/bases.py).
export function inLatent(vectors, coordinates) {
  if (!vectors) return coordinates;
  if (vectors.length < coordinates.length ** 2) return reflected(vectors, coordinates, -1);
  const code = new Float64Array(coordinates.length);
  coordinates.forEach((value, row) => code.forEach((_, d) => (code[d] += value * vectors[row * code.length + d])));
  return code;
}

// The inverse: the coordinates of a code.
export function fromLatent(vectors, code) {
  if (!vectors) return code;
  if (vectors.length < code.length ** 2) return reflected(vectors, code, 1);
  return Float64Array.from(code, (_, row) => code.reduce((sum, part, d) => sum + part * vectors[row * code.length + d], 0));
}

// Reflects in the planes with these normals one after another: from the first (direction 1) or from the last (−1).
function reflected(normals, start, direction) {
  const { length } = start, out = Float64Array.from(start), count = normals.length / length;
  for (let k = 0; k < count; k++) {
    const from = (direction > 0 ? k : count - 1 - k) * length;
    let product = 0, square = 0;
    for (let d = 0; d < length; d++) {
      product += normals[from + d] * out[d];
      square += normals[from + d] ** 2;
    }
    if (square > 0) for (let d = 0; d < length; d++) out[d] -= ((2 * product) / square) * normals[from + d];
  }
  return out;
}
