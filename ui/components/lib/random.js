// Random numbers that depend only on the seed.

// Uniform in [0, 1), determined by the seed (mulberry32).
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Fills an array with N(0, 1) (Box & Muller).
export function gaussian(array, random) {
  for (let k = 0; k < array.length; k += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random())), angle = 2 * Math.PI * random();
    array[k] = radius * Math.cos(angle);
    if (k + 1 < array.length) array[k + 1] = radius * Math.sin(angle);
  }
  return array;
}
