// A person's own points: drawn on the plane with mouse, pen or finger, taken back, cleared.

const MOST = 500; // as data/planar.py

export class Sketch {
  // redraw(): the points have changed; begin(): a stroke begins; tell(points): the hand has let go.
  constructor(canvas, undo, clear, { begin, redraw, tell }) {
    Object.assign(this, { canvas, points: [], window: null });
    let held = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (!this.window || event.button) return;
      begin();
      held = event.pointerId;
      canvas.setPointerCapture(held);
      this.add(event, 0);
      redraw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (held !== event.pointerId) return;
      this.add(event, 1 / 60);
      redraw();
    });
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, (event) => {
        if (held !== event.pointerId) return;
        held = null;
        tell(this.points);
      });
    const change = (points) => {
      this.points = points;
      redraw();
      tell(points);
    };
    undo.addEventListener("click", () => change(this.points.slice(0, -10)));
    clear.addEventListener("click", () => change([]));
  }

  // points [[x, y], …]; window [[x0, x1], [y0, y1]] of the canvas, or null where nothing is drawn by hand.
  receive(points, window) {
    Object.assign(this, { points: points.slice(), window });
    this.canvas.classList.toggle("drawn", window !== null);
  }

  // gap: the least distance from the point before, as a share of the window.
  add(event, gap) {
    const box = this.canvas.getBoundingClientRect(), [[x0, x1], [y0, y1]] = this.window;
    const x = x0 + ((event.clientX - box.left) / box.width) * (x1 - x0);
    const y = y1 - ((event.clientY - box.top) / box.height) * (y1 - y0);
    const before = this.points.at(-1);
    if (gap && before && Math.hypot(before[0] - x, before[1] - y) < gap * (x1 - x0)) return;
    const inside = x > x0 && x < x1 && y > y0 && y < y1;
    if (inside && this.points.length < MOST) this.points.push([Number(x.toFixed(2)), Number(y.toFixed(2))]);
  }
}
