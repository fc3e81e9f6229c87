// Drawing on a canvas in CSS pixels, sharp on every screen.

// CSS pixels of the window per CSS pixel of an element: more than one in the layout for a projector.
export const enlarged = (element) => element.currentCSSZoom ?? 1;

// The size of an element in its own CSS pixels, and the place [x, y] of a pointer in it.
export function boxOf(element) {
  const box = element.getBoundingClientRect(), zoom = enlarged(element);
  const at = ({ clientX, clientY }) => [(clientX - box.left) / zoom, (clientY - box.top) / zoom];
  return { width: box.width / zoom, height: box.height / zoom, at };
}

// Makes a canvas as large as its element, and clears it: {context, width, height} in its own CSS pixels. data-density:
// canvas pixels per CSS pixel, if they differ from the screen's.
export function fit(canvas) {
  const { width, height } = boxOf(canvas), density = Number(canvas.dataset.density) || enlarged(canvas) * (window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

export function rgb([r, g, b], alpha = 1) {
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

// For a computed colour, "rgb(r, g, b)" or with an alpha. An element that is leaving the page has "", taken as dark.
export function isLight(colour) {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
  return r + g + b > 384;
}

export function line(context, path, colour, width, dash = []) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  path.forEach(([x, y], k) => context[k ? "lineTo" : "moveTo"](x, y));
  context.stroke();
  context.setLineDash([]);
}
