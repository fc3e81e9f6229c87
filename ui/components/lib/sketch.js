// The user's own points: drawn on the plane with mouse, pen, finger or keyboard, undone, cleared.

import { dragging, places } from "./dragging.js";
import { HELP, KeyPen } from "./key_pen.js";

const MOST = 500; // as in data/planar.py
const STEP = 1 / 40; // share of the window by which an arrow key moves

export class Sketch {
  // redraw(): the points have changed; begin(): a stroke begins; tell(points): the stroke was released.
  constructor(canvas, undo, clear, { begin, redraw, tell }) {
    Object.assign(this, { canvas, points: [], window: null });
    const put = (place, gap) => {
      this.add(place, gap);
      redraw();
    };
    const follow = (event, gap) => put(places(event, canvas).at(-1), gap);
    this.keys = new KeyPen(canvas, STEP, {
      begin: (place) => {
        begin();
        put(place, 0);
      },
      go: (place) => put(place, 0),
      end: () => tell(this.points),
    });
    canvas.addEventListener("keydown", (event) => this.window && this.keys.key(event) && event.preventDefault());
    dragging(canvas, {
      grab: (event) => {
        if (!this.window) return false;
        begin();
        follow(event, 0);
      },
      drag: (event) => follow(event, 1 / 60),
      drop: () => tell(this.points),
    });
    const change = (points) => {
      this.points = points;
      redraw();
      tell(points);
    };
    undo.addEventListener("click", () => change(this.points.slice(0, -10)));
    clear.addEventListener("click", () => change([]));
  }

  // points [[x, y], …]; window [[x0, x1], [y0, y1]] of the canvas, or null if drawing is off.
  receive(points, window) {
    Object.assign(this, { points: points.slice(), window });
    this.canvas.classList.toggle("drawn", window !== null);
    this.canvas.tabIndex = window ? 0 : -1;
    if (window) this.canvas.setAttribute("aria-description", HELP);
    else this.canvas.removeAttribute("aria-description");
  }

  // A point at shares of the window's width and height. gap: the least distance from the point before, as a share, too.
  add([across, down], gap) {
    const [[x0, x1], [y0, y1]] = this.window, x = x0 + across * (x1 - x0), y = y1 - down * (y1 - y0);
    const before = this.points.at(-1);
    if (gap && before && Math.hypot(before[0] - x, before[1] - y) < gap * (x1 - x0)) return;
    const inside = x > x0 && x < x1 && y > y0 && y < y1;
    if (inside && this.points.length < MOST) this.points.push([Number(x.toFixed(2)), Number(y.toFixed(2))]);
  }
}
