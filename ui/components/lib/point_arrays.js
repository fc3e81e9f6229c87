// Points in the networks' layout, (dimensions, n): for points in the plane all x, then all y.

// From rows (n, dimensions).
export function columns(rows, dimensions = 2) {
  const n = rows.length / dimensions, out = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) out[(k % dimensions) * n + Math.floor(k / dimensions)] = rows[k];
  return out;
}

// The first of them, at most `most`.
export function first(points, most, dimensions = 2) {
  const n = points.length / dimensions, count = Math.min(most, n), out = new Float64Array(dimensions * count);
  for (let unit = 0; unit < dimensions; unit++) out.set(points.subarray(unit * n, unit * n + count), unit * count);
  return out;
}

// The centres of cells × cells cells of a window [[x0, x1], [y0, y1]], row by row from the top.
export function grid([[x0, x1], [y0, y1]], cells) {
  const out = new Float64Array(2 * cells * cells);
  for (let k = 0; k < cells * cells; k++) {
    out[k] = x0 + (((k % cells) + 0.5) / cells) * (x1 - x0);
    out[cells * cells + k] = y1 - ((Math.floor(k / cells) + 0.5) / cells) * (y1 - y0);
  }
  return out;
}

// [lowest, highest], in a loop because there may be more values than a call can have arguments.
export function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
