// Filters of grey pictures with the same results as in Pillow, SciPy and NumPy, used by lib/prepare.js.
//
// A picture is {values: Float32Array, row by row, height, width}. Sums are in double precision and results in single
// precision, as there.

export const picture = (height, width, values = new Float32Array(height * width)) => ({ values, height, width });

// Loops instead of array methods, which are several times as slow: this runs at every movement of a pen.
export function map({ values, height, width }, change) {
  const changed = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) changed[k] = change(values[k], k);
  return picture(height, width, changed);
}

export function above(values, least) {
  const found = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (value > least) found[count++] = value;
  return found.subarray(0, count);
}

// Rounds halves to even, like Python's round and NumPy's rint.
export function roundEven(x) {
  const floor = Math.floor(x), rest = x - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}

// ---- statistics ----

// The value at place k of the sorted values; changes their order.
function select(values, k) {
  let low = 0, high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const value = values[i];
        values[i++] = values[j];
        values[j--] = value;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

// Interpolates linearly between two values, like np.percentile; NaN if there are none.
export function quantile(values, share) {
  if (!values.length) return NaN;
  const sorted = new Float32Array(values), at = share * (values.length - 1), k = Math.floor(at);
  const below = select(sorted, k);
  if (k === at) return below;
  let above = Infinity;
  for (let i = k + 1; i < sorted.length; i++) above = Math.min(above, sorted[i]);
  return below + (above - below) * (at - k);
}

export const median = (values) => Math.fround(quantile(values, 0.5));

// Standard deviation from the median absolute deviation, which is robust to strokes and specks.
export function spread(values, middle = median(values)) {
  const deviations = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) deviations[k] = Math.abs(values[k] - middle);
  return 1.4826 * median(deviations);
}

// ---- sizes ----

const FILTERS = {
  hamming: { support: 1, weight: (x) => (x === 0 ? 1 : x >= 1 ? 0 : (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.54 + 0.46 * Math.cos(Math.PI * x))) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - x) },
};

// For every place of the result the first source place of its average, and the weights.
function weights(from, to, { support, weight }) {
  const scale = from / to, stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support * stretch + 0.5));
    const end = Math.min(from, Math.trunc(centre + support * stretch + 0.5));
    const all = Array.from({ length: end - first }, (_, k) => weight(Math.abs((k + first - centre + 0.5) / stretch)));
    const sum = all.reduce((one, other) => one + other, 0);
    return [first, all.map((value) => value / sum)];
  });
}

// Like Image.resize of a picture of mode "F": first the rows, then the columns.
export function resized(given, height, width, filter = "hamming") {
  let from = given;
  if (from.width !== width) {
    const to = picture(from.height, width), columns = weights(from.width, width, FILTERS[filter]);
    for (let row = 0; row < to.height; row++) {
      columns.forEach(([first, all], column) => {
        let sum = 0;
        for (let k = 0; k < all.length; k++) sum += all[k] * from.values[row * from.width + first + k];
        to.values[row * width + column] = sum;
      });
    }
    from = to;
  }
  if (from.height === height) return from;
  const to = picture(height, width);
  weights(from.height, height, FILTERS[filter]).forEach(([first, all], row) => {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let k = 0; k < all.length; k++) sum += all[k] * from.values[(first + k) * width + column];
      to.values[row * width + column] = sum;
    }
  });
  return to;
}

// A part of a picture; black outside it.
export function cut({ values, height, width }, top, left, rows, columns) {
  const to = picture(rows, columns);
  for (let row = Math.max(0, -top); row < Math.min(rows, height - top); row++) {
    const start = Math.max(0, left), end = Math.min(width, left + columns);
    to.values.set(values.subarray((row + top) * width + start, (row + top) * width + end), row * columns + start - left);
  }
  return to;
}

// ---- neighbourhoods; edge values are repeated beyond the edge ----

// Calls each(read, write, start, step, length) for every column, then `then` for every row of the result.
function alongBoth(from, each, then = each) {
  const { height, width } = from, one = picture(height, width), other = picture(height, width);
  for (let column = 0; column < width; column++) each(from.values, one.values, column, width, height);
  for (let row = 0; row < height; row++) then(one.values, other.values, row * width, 1, width);
  return other;
}

// scipy.ndimage.gaussian_filter of mode "nearest"; sigma in pixels.
export function smooth(from, sigma) {
  if (sigma < 0.3) return from;
  const radius = Math.trunc(4 * sigma + 0.5), half = Array.from({ length: radius + 1 }, (_, k) => Math.exp((-0.5 * k * k) / sigma ** 2));
  const sum = half.reduce((one, other) => one + 2 * other, -1), kernel = Float64Array.from(half, (value) => value / sum);
  const line = new Float64Array(Math.max(from.height, from.width) + 2 * radius), runs = new Int32Array(line.length);
  return alongBoth(from, (read, write, start, step, length) => {
    line.fill(read[start], 0, radius);
    for (let k = 0, at = start; k < length; k++, at += step) line[radius + k] = read[at];
    line.fill(line[radius + length - 1], radius + length, length + 2 * radius);
    runs[0] = 1; // number of equal values that end at each place: most of a drawing is paper, which does not change
    for (let k = 1; k < length + 2 * radius; k++) runs[k] = line[k] === line[k - 1] ? runs[k - 1] + 1 : 1;
    for (let k = 0, at = start; k < length; k++, at += step) {
      const middle = radius + k;
      if (runs[middle + radius] > 2 * radius) {
        write[at] = line[middle];
        continue;
      }
      let total = kernel[0] * line[middle];
      for (let by = 1; by <= radius; by++) total += kernel[by] * (line[middle - by] + line[middle + by]);
      write[at] = total;
    }
  });
}

// scipy.ndimage.grey_opening with a square of `side` pixels, an odd number: the minimum, and then its maximum.
export function opening(from, side) {
  const reach = side >> 1;
  const extreme = (sign) => (read, write, start, step, length) => {
    for (let k = 0; k < length; k++) {
      const end = start + Math.min(length - 1, k + reach) * step;
      let best = Infinity;
      for (let at = start + Math.max(0, k - reach) * step; at <= end; at += step) {
        const value = sign * read[at];
        if (value < best) best = value;
      }
      write[start + k * step] = sign * best;
    }
  };
  return alongBoth(alongBoth(from, extreme(1)), extreme(-1));
}

// Euclidean distance of every pixel to the nearest one with `target` true (Felzenszwalb & Huttenlocher 2012).
export function distances(from, target) {
  const length = Math.max(from.height, from.width), vertex = new Int32Array(length), bound = new Float64Array(length + 1);
  const line = new Float64Array(length), far = 3e4; // for a line without targets
  const alongLine = (read, write, start, step, length) => {
    for (let k = 0, at = start, since = far; k < length; k++, at += step) {
      since = target(read[at]) ? 0 : since + 1;
      write[at] = since;
    }
    for (let k = 0, at = start + (length - 1) * step, since = far; k < length; k++, at -= step) {
      since = Math.min(write[at], since + 1);
      write[at] = since * since;
    }
  };
  const squared = alongBoth(from, alongLine, (read, write, start, step, length) => {
    for (let k = 0; k < length; k++) line[k] = read[start + k * step];
    let last = 0;
    vertex[0] = 0;
    bound[0] = -Infinity;
    bound[1] = Infinity;
    for (let q = 1; q < length; q++) {
      const high = line[q] + q * q;
      let p = vertex[last], crossing = (high - line[p] - p * p) / (2 * (q - p));
      while (crossing <= bound[last]) {
        p = vertex[--last];
        crossing = (high - line[p] - p * p) / (2 * (q - p));
      }
      vertex[++last] = q;
      bound[last] = crossing;
      bound[last + 1] = Infinity;
    }
    for (let q = 0, k = 0; q < length; q++) {
      while (bound[k + 1] < q) k += 1;
      write[start + q * step] = (q - vertex[k]) ** 2 + line[vertex[k]];
    }
  });
  return map(squared, Math.sqrt);
}

// Connected parts, also by corners: a part's number for each pixel, 0 where mask is 0, and their areas.
export function parts(mask, height, width) {
  const part = new Int32Array(mask.length), areas = [0], stack = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || part[start]) continue;
    const number = areas.length;
    let area = 0;
    part[start] = number;
    stack.push(start);
    while (stack.length) {
      const pixel = stack.pop(), row = Math.floor(pixel / width), column = pixel % width;
      area += 1;
      for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          const next = r * width + c;
          if (!mask[next] || part[next]) continue;
          part[next] = number;
          stack.push(next);
        }
      }
    }
    areas.push(area);
  }
  return { part, areas };
}
