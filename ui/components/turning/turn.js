// A picture rotated about its centre, as in metrics/rotation.turned: bilinear, black outside, exact for quarter turns.

// Where a pixel of the result comes from: (x, y) of its middle, in pixels of both pictures, angles in degrees
// anticlockwise. moved: pixels up and to the left by which the picture was moved first.
export function origin(x, y, size, degrees, moved) {
  const angle = (degrees * Math.PI) / 180, cosine = Math.cos(angle), sine = Math.sin(angle);
  const right = x - size / 2, down = y - size / 2; // y points down
  return [cosine * right - sine * down + moved + size / 2, sine * right + cosine * down + moved + size / 2];
}

// pixels: size · size numbers. Returns as many, in float32.
export function turned(pixels, size, degrees, moved) {
  const at = (row, column) => (row >= 0 && row < size && column >= 0 && column < size ? pixels[row * size + column] : 0);
  const result = new Float32Array(size * size);
  for (let k = 0; k < result.length; k++) {
    const [x, y] = origin((k % size) + 0.5, Math.floor(k / size) + 0.5, size, degrees, moved);
    const column = Math.floor(x - 0.5), row = Math.floor(y - 0.5), right = x - 0.5 - column, down = y - 0.5 - row;
    const upper = (1 - right) * at(row, column) + right * at(row, column + 1);
    const lower = (1 - right) * at(row + 1, column) + right * at(row + 1, column + 1);
    result[k] = (1 - down) * upper + down * lower;
  }
  return result;
}
