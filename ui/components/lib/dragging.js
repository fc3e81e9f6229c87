// A pointer that comes down on a surface, moves and is let go; one on each surface, so that several fingers can hold several.
//
// grab(event) may return false: not here. cancel() in place of drop(event): the browser took the finger, for scrolling.
// early: movements are heard when they happen (pointerrawupdate, which browsers have in secure contexts) and not just before
// the next frame, as a pointermove is. What a worker makes of them is then there for that frame, not for the one after it.
// A mouse may send a thousand a second, so drag() gets them for at most a third of the time; the pointermove brings the rest,
// and what it only repeats is not heard.

const REST = 2; // so many times as long as drag() took, no early movement is heard

export function dragging(surface, { grab, drag, drop, cancel = drop, early = false }) {
  let id = null;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button || id !== null || grab(event) === false) return;
    id = event.pointerId;
    surface.setPointerCapture(id);
    surface.classList.add("held");
  });
  let heard = -1, next = 0; // time stamp of the last early movement, and when another one is heard
  surface.addEventListener("pointermove", (event) => id === event.pointerId && event.timeStamp > heard && drag(event));
  const soon = (event) => {
    const began = performance.now();
    if (id !== event.pointerId || began < next) return;
    heard = event.timeStamp;
    drag(event);
    const ended = performance.now();
    next = ended + REST * (ended - began);
  };
  if (early) surface.addEventListener("pointerrawupdate", soon);
  const ended = (end) => (event) => {
    if (id !== event.pointerId) return;
    id = null;
    surface.classList.remove("held");
    end(event);
  };
  surface.addEventListener("pointerup", ended(drop));
  surface.addEventListener("pointercancel", ended(cancel));
}

// Every place of a pointer since its last event, as shares [x, y] of an element's width and height. after: only those later than
// this time stamp, since a pointermove repeats what was heard early.
export function places(event, element, after = -1) {
  const box = element.getBoundingClientRect(), all = (event.getCoalescedEvents?.() ?? []).filter(({ timeStamp }) => timeStamp > after);
  return (all.length ? all : [event]).map(({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height]);
}
