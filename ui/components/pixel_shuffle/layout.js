// Where the cells of a tensor (outputs · factor², height, width) go in the result (outputs, factor · height, factor · width),
// and where both stand in the picture. shape: {outputs, factor, height, width}; cell k: in the tensor's order.

export const CELL = 38; // units of the picture, which are CSS pixels where there is room
const GAP = 16, BETWEEN = 56, TITLE = 26, EDGE = 14;

// {channel, row, column} of a cell in the tensor.
export function source({ height, width }, k) {
  const area = height * width, inside = k % area;
  return { channel: Math.floor(k / area), row: Math.floor(inside / width), column: inside % width };
}

// The same in the result: out[c, r·i + a, r·j + b] = in[c·r² + r·a + b, i, j].
export function target(shape, k) {
  const { factor } = shape, { channel, row, column } = source(shape, k), sub = channel % factor ** 2;
  return {
    channel: Math.floor(channel / factor ** 2),
    row: factor * row + Math.floor(sub / factor),
    column: factor * column + (sub % factor),
  };
}

// The picture that is `room` CSS pixels wide: its size, and the upper left corners [x, y] of cells and of both headed parts,
// side by side where there is room. A narrower page shrinks it as a whole.
export function layout(shape, room) {
  const { outputs, factor, height, width } = shape;
  const [inWidth, inHeight] = [width, height].map((length) => factor * length * CELL + (factor - 1) * GAP);
  const [outWidth, outHeight] = [width, height].map((length) => factor * length * CELL);
  const both = inWidth + BETWEEN + outWidth + 2 * EDGE, beside = room >= both;
  const total = beside ? both : inWidth + 2 * EDGE;
  const group = beside ? Math.max(inHeight, outHeight) + TITLE + GAP : inHeight + outHeight + 2 * TITLE + 2 * GAP;
  const size = [Math.max(total, Math.min(room, 900)), outputs * group + EDGE]; // not larger than drawn on a wide page
  const left = (size[0] - total) / 2 + EDGE, top = (output) => output * group + TITLE + EDGE;
  const tensor = (output) => [left, top(output)];
  const result = (output) => (beside
    ? [left + inWidth + BETWEEN, top(output) + (inHeight - outHeight) / 2]
    : [left + (inWidth - outWidth) / 2, top(output) + inHeight + TITLE + GAP]);
  const from = (k) => {
    const { channel, row, column } = source(shape, k), sub = channel % factor ** 2;
    const [x, y] = tensor(Math.floor(channel / factor ** 2));
    const [a, b] = [Math.floor(sub / factor), sub % factor];
    return [x + b * (width * CELL + GAP) + column * CELL, y + a * (height * CELL + GAP) + row * CELL];
  };
  const to = (k) => {
    const { channel, row, column } = target(shape, k), [x, y] = result(channel);
    return [x + column * CELL, y + row * CELL];
  };
  return { size, tensor, result, from, to };
}
