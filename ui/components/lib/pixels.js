// One of the pictures (N, C, H, W) in [0, 1] of a network's output, as ImageData; C is 1 or 3. Storing into clamped
// bytes rounds halves to even, as the server does.
export function image({ data, dims: [, channels, height, width] }, index = 0) {
  const size = height * width, at = index * channels * size;
  const pixels = new Uint8ClampedArray(4 * size);
  for (let k = 0; k < size; k++) {
    for (let colour = 0; colour < 3; colour++) pixels[4 * k + colour] = 255 * data[at + (channels === 3 ? colour * size : 0) + k];
    pixels[4 * k + 3] = 255;
  }
  return new ImageData(pixels, width, height);
}

// A grey picture as ImageData, from grey levels 0 to 255.
export function greyImage(levels, width, height) {
  const rgba = new Uint8ClampedArray(4 * levels.length);
  for (let k = 0; k < levels.length; k++) {
    rgba[4 * k] = rgba[4 * k + 1] = rgba[4 * k + 2] = levels[k];
    rgba[4 * k + 3] = 255;
  }
  return new ImageData(rgba, width, height);
}

// Grey levels of numbers in [0, 1], rounded as on the server: the product as a float32, and halves to even.
export function grey(numbers) {
  const levels = new Uint8ClampedArray(numbers.length);
  for (let k = 0; k < numbers.length; k++) levels[k] = Math.fround(255 * numbers[k]);
  return levels;
}

// Mean squared difference of the pixels of two pictures, arrays of the same length.
export function mse(x, picture) {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += (x[k] - picture[k]) ** 2;
  return total / x.length;
}
