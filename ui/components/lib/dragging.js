// A pointer that comes down on a surface, moves and is let go; one on each surface, so that several fingers can hold several.
//
// grab(event) may return false: not here. cancel() in place of drop(event): the browser took the finger, for scrolling.
// early: movements are heard when they happen (pointerrawupdate, which browsers have in secure contexts) and not just before
// the next frame, as a pointermove is. What a worker makes of them is then there for that frame, not for the one after it.
// The last one is heard twice.

export function dragging(surface, { grab, drag, drop, cancel = drop, early = false }) {
  let id = null;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button || id !== null || grab(event) === false) return;
    id = event.pointerId;
    surface.setPointerCapture(id);
    surface.classList.add("held");
  });
  const moved = (event) => id === event.pointerId && drag(event);
  surface.addEventListener("pointermove", moved);
  if (early) surface.addEventListener("pointerrawupdate", moved);
  const ended = (end) => (event) => {
    if (id !== event.pointerId) return;
    id = null;
    surface.classList.remove("held");
    end(event);
  };
  surface.addEventListener("pointerup", ended(drop));
  surface.addEventListener("pointercancel", ended(cancel));
}
