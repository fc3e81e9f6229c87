// The mapping of a map's points to its canvas. Points are [x, y] in the unit square, y upwards, with the same scale on
// both axes; the view zooms by `scale` and moves by [x, y] in units of the map, from the centre.

import { clamp } from "./numbers.js";

const CLOSEST = 40; // largest zoom
const MARGIN = 30; // CSS pixels that stay free in the shorter direction

export class View {
  constructor() {
    this.size = { width: 0, height: 0, side: 1 };
    this.whole();
  }

  // The canvas has another size.
  fit({ width, height }) {
    this.size = { width, height, side: Math.min(width, height) - MARGIN };
  }

  whole() {
    Object.assign(this, { scale: 1, x: 0, y: 0 });
  }

  get zoomed() {
    return this.scale > 1;
  }

  // CSS pixels of a point on the canvas.
  place([x, y]) {
    const { width, height, side } = this.size;
    return [width / 2 + ((x - 0.5) * this.scale + this.x) * side, height / 2 + ((0.5 - y) * this.scale + this.y) * side];
  }

  // The point of the unit square at a place of the canvas.
  unit([x, y]) {
    const { width, height, side } = this.size;
    return [((x - width / 2) / side - this.x) / this.scale + 0.5, 0.5 - ((y - height / 2) / side - this.y) / this.scale];
  }

  inside([x, y]) {
    return x > 0 && x < this.size.width && y > 0 && y < this.size.height;
  }

  // Moves what is at one place of the canvas to another one, magnified by `factor` relative to the view `start`. Some
  // of the map stays in sight.
  carry(from, to, factor, start = this) {
    const scale = clamp(start.scale * factor, 1, CLOSEST), ratio = scale / start.scale, limit = scale / 2;
    const [fromX, fromY] = this.offset(from), [toX, toY] = this.offset(to);
    const within = (value) => (scale === 1 ? 0 : clamp(value, -limit, limit));
    Object.assign(this, { scale, x: within(toX + (start.x - fromX) * ratio), y: within(toY + (start.y - fromY) * ratio) });
  }

  // Zooms around a place of the canvas, by default its centre.
  zoom(factor, [x, y] = [this.size.width / 2, this.size.height / 2]) {
    this.carry([x, y], [x, y], factor);
  }

  // A place of the canvas relative to its centre, in units of the map.
  offset([x, y]) {
    const { width, height, side } = this.size;
    return [(x - width / 2) / side, (y - height / 2) / side];
  }
}

// The item with the lowest cost(item), Infinity excluded; null if there is none.
export function best(items, cost) {
  let found = null, least = Infinity;
  for (const item of items) {
    const value = cost(item);
    if (value < least) [found, least] = [item, value];
  }
  return found;
}
