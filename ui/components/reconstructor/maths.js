// Cosine of the angle between two pictures as vectors; 0 where either is all black.
export function cosine(x, y) {
  let product = 0, squares = 0, others = 0;
  for (let k = 0; k < x.length; k++) {
    product += x[k] * y[k];
    squares += x[k] ** 2;
    others += y[k] ** 2;
  }
  return product / Math.max(Math.sqrt(squares * others), 1e-8);
}

// The largest number of columns, at most `most`, that makes all rows equally long, if there is one.
export function columns(count, most) {
  for (let across = Math.min(count, most); across > 1; across--) if (count % across === 0) return across;
  return Math.min(count, most);
}
