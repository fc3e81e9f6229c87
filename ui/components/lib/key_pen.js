// A pen controlled by the keyboard, on a canvas for drawing: arrow keys move it, Space puts it down and lifts it.
// Places are shares [x, y] of the canvas.

import { clamp } from "./numbers.js";
import { isShortcut } from "./shortcut.js";

const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const LOOK = `position: absolute; box-sizing: border-box; width: 14px; height: 14px; margin: -7px 0 0 -7px; border-radius: 50%;
  pointer-events: none; border: 2px solid var(--st-primary-color); box-shadow: 0 0 0 1px var(--st-background-color);`;
export const HELP = "Arrow keys move the pen, Space puts it down and lifts it.";

export class KeyPen {
  // step: of an arrow key, as a share. begin(place, time), go(place, time) and end(time): of a stroke.
  constructor(canvas, step, { begin, go, end }) {
    Object.assign(this, { canvas, step, begin, go, end, at: [0.5, 0.5], down: false });
    this.cursor = Object.assign(document.createElement("span"), { hidden: true });
    canvas.after(this.cursor);
    this.sizes = new ResizeObserver(() => this.cursor.hidden || this.show()); // of what the cursor's place depends on
    this.sizes.observe(canvas);
    // In the capture phase, so that a keyboard stroke ends before a pointer stroke begins.
    for (const name of ["pointerdown", "blur"]) canvas.addEventListener(name, (event) => this.leave(event.timeStamp), true);
  }

  // Handles a key; returns whether it was for the pen.
  key(event) {
    const { key, timeStamp } = event;
    if (isShortcut(event)) return false;
    if (key === " ") this.press(timeStamp);
    else if (WAYS[key]) this.move(WAYS[key], timeStamp);
    else return false;
    return true;
  }

  move(way, time) {
    this.at = this.at.map((value, k) => clamp(value + this.step * way[k], 0, 1));
    this.show();
    if (this.down) this.go(this.at, time);
  }

  press(time) {
    this.down = !this.down;
    if (this.down) this.begin(this.at, time);
    else this.end(time);
    this.show();
  }

  // Ends a stroke; the pen stays where it is.
  lift(time) {
    if (this.down) this.press(time);
  }

  // Another input takes over.
  leave(time) {
    this.lift(time);
    this.cursor.hidden = true;
    this.cursor.style.cssText = "";
  }

  show() {
    const { canvas, at: [x, y], down } = this;
    this.cursor.hidden = false;
    if (canvas.offsetParent) this.sizes.observe(canvas.offsetParent);
    this.cursor.style.cssText = `${LOOK} background: ${down ? "var(--st-primary-color)" : "none"};
      left: ${canvas.offsetLeft + x * canvas.offsetWidth}px; top: ${canvas.offsetTop + y * canvas.offsetHeight}px`;
  }
}
