// Press, drag and release of a pointer on a surface; one pointer per surface, so that several fingers can hold several.
//
// grab(event) may return false to refuse. cancel() is called instead of drop(event) if the browser uses the finger for
// scrolling. A button released over a menu or a dialog of the browser is not reported: the next movement without it is
// the drop. early: movements are handled when they happen (pointerrawupdate, in secure contexts) and not just before the
// next frame, as with pointermove. Results of a worker are then ready for that frame, not for the one after it. A mouse
// may send a thousand events per second, so drag() gets them for at most a third of the time; the pointermove brings the
// rest, and events that only repeat earlier ones are ignored.

const REST = 2; // early movements are ignored for this many times the duration of drag()

export function dragging(surface, { grab, drag, drop, cancel = drop, early = false }) {
  let id = null;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button || id !== null || grab(event) === false) return;
    id = event.pointerId;
    surface.setPointerCapture(id);
    surface.classList.add("held");
  });
  let heard = -1, next = 0; // time stamp of the last early movement, and when the next one is handled
  surface.addEventListener("pointermove", (event) => {
    if (!event.buttons) up(event);
    else if (id === event.pointerId && event.timeStamp > heard) drag(event);
  });
  const soon = (event) => {
    const began = performance.now();
    if (id !== event.pointerId || !event.buttons || began < next) return;
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
  const up = ended(drop);
  surface.addEventListener("pointerup", up);
  surface.addEventListener("pointercancel", ended(cancel));
}

// All places of a pointer since its last event, as shares [x, y] of an element's width and height. after: only those
// later than this time stamp, since a pointermove repeats what was handled early.
export function places(event, element, after = -1) {
  const box = element.getBoundingClientRect(), all = (event.getCoalescedEvents?.() ?? []).filter(({ timeStamp }) => timeStamp > after);
  return (all.length ? all : [event]).map(({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height]);
}
