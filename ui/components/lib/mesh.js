// A mesh of straight lines in the plane, which a network bends.

export const REACH = 2.4; // standard deviations from the middle to an edge

// The points of `lines` lines along each axis, [(2, lines · fine), (2, lines · fine)], line after line.
export function mesh(lines, fine) {
  const n = lines * fine, share = (k, count) => REACH * ((2 * k) / (count - 1) - 1);
  const along = (k) => share(k % fine, fine), beside = (k) => share(Math.floor(k / fine), lines);
  return [[along, beside], [beside, along]].map((both) => Float64Array.from({ length: 2 * n }, (_, k) => both[Math.floor(k / n)](k % n)));
}

// Lines of `fine` points each; x, y: functions to places on the canvas.
export function drawLines(context, points, fine, x, y) {
  const n = points.length / 2;
  context.beginPath();
  for (let k = 0; k < n; k++) context[k % fine ? "lineTo" : "moveTo"](x(points[k]), y(points[n + k]));
  context.stroke();
}
