// Arrows at points of the plane, (2, n), on a canvas.

const HEAD = 0.28; // of an arrow's length
const SHORTEST = 0.7; // CSS pixels

// ways (2, n): the arrows' directions and lengths, in the unit of the points. x, y: functions to places on the canvas.
// longest: CSS pixels; every: only every second, third … point has an arrow.
export function drawArrows(context, points, ways, { x, y }, { colour, longest, every = 1 }) {
  const n = points.length / 2;
  Object.assign(context, { strokeStyle: colour, globalAlpha: 0.6, lineWidth: 1.2 });
  context.beginPath();
  for (let k = 0; k < n; k += every) {
    const left = x(points[k]), top = y(points[n + k]);
    let dx = x(points[k] + ways[k]) - left, dy = y(points[n + k] + ways[n + k]) - top;
    const length = Math.hypot(dx, dy), shorter = Math.min(1, longest / length);
    if (!(length > SHORTEST)) continue; // also if it is NaN
    [dx, dy] = [dx * shorter, dy * shorter];
    const [a, b] = [left + dx, top + dy];
    context.moveTo(left, top);
    context.lineTo(a, b);
    context.moveTo(a - HEAD * (dx + 0.6 * dy), b - HEAD * (dy - 0.6 * dx));
    context.lineTo(a, b);
    context.lineTo(a - HEAD * (dx - 0.6 * dy), b - HEAD * (dy + 0.6 * dx));
  }
  context.stroke();
  context.globalAlpha = 1;
}
