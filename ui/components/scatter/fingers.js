// One finger (or the mouse, or a pen) presses or moves the map, two zoom it.

const STILL = 4; // CSS pixels by which a press may move

// at(event): the place on the canvas. begin() returns what a movement starts from; move(from, to, factor, start) follows
// the middle of the fingers; press(event): one finger went up where it came down.
export function fingers(canvas, at, { begin, move, press }) {
  const places = new Map(); // pointer id -> where it is
  let start = null, moved = false;
  const middle = () => {
    const [[x, y], second] = places.values();
    return second
      ? { centre: [(x + second[0]) / 2, (y + second[1]) / 2], spread: Math.max(1, Math.hypot(x - second[0], y - second[1])) }
      : { centre: [x, y], spread: 1 };
  };
  const restart = () => (start = places.size ? { ...middle(), count: places.size, view: begin() } : null);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button || places.size === 2) return;
    moved = places.size > 0; // after two fingers nothing counts as a press
    places.set(event.pointerId, at(event));
    canvas.setPointerCapture(event.pointerId);
    restart();
  });
  const lost = ({ pointerId }) => {
    places.delete(pointerId);
    moved = true;
    restart();
  };
  canvas.addEventListener("pointermove", (event) => {
    if (!places.has(event.pointerId)) return;
    if (!event.buttons) return lost(event); // let go where no page heard it
    places.set(event.pointerId, at(event));
    const { centre, spread } = middle();
    if (start.count === 1 && Math.hypot(centre[0] - start.centre[0], centre[1] - start.centre[1]) > STILL) moved = true;
    if (moved) move(start.centre, centre, spread / start.spread, start.view);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!places.delete(event.pointerId)) return;
    if (!moved) press(event);
    restart();
  });
  canvas.addEventListener("pointercancel", lost);
  // One finger scrolls the page over the whole map; two are for the map alone.
  canvas.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
  return { down: () => places.size > 0 };
}
