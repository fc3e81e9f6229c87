// What a pointer drags, apart from handles.js so that a component without curves does not carry them.

// A pointer that comes down on a surface, moves and is let go. grab(event) may return false: not here.
export function dragging(surface, { grab, drag, drop }) {
  let id = null;
  surface.addEventListener("pointerdown", (event) => {
    if (id !== null || event.button || grab(event) === false) return; // a second finger does nothing
    id = event.pointerId;
    surface.setPointerCapture(id);
    surface.classList.add("held");
  });
  surface.addEventListener("pointermove", (event) => id === event.pointerId && drag(event));
  for (const end of ["pointerup", "pointercancel"])
    surface.addEventListener(end, (event) => {
      if (id !== event.pointerId) return;
      id = null;
      surface.classList.remove("held");
      drop();
    });
}
