// The energy distance of metrics/energy.py.

// 2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of x (2, n) and y (2, m), over all pairs. The last term may be known.
export function energyDistance(x, y, within = meanDistance(y, y)) {
  return 2 * meanDistance(x, y) - meanDistance(x, x) - within;
}

export function meanDistance(x, y) {
  const n = x.length / 2, m = y.length / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const a = x[i], b = x[n + i];
    for (let j = 0; j < m; j++) {
      const u = a - y[j], v = b - y[m + j];
      sum += Math.sqrt(u * u + v * v);
    }
  }
  return sum / (n * m);
}
