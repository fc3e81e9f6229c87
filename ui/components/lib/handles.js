// What a hand takes hold of beside curves: rows of sliders, and things in a picture that are dragged.

import d3area from "../vendor/d3-shape/area.js";
import { make } from "./curves.js";

// A slider for each {name: what a reader hears, min, max, step, colour}, for the keyboard and for exact values. moved(k,
// value) while one moves, tell() where it is let go. Returns a function (value, text) for each, which shows them.
export function sliders(box, rows, moved, tell) {
  const made = rows.map(({ name, colour, min, max, step = 0.01 }, k) => {
    const label = document.createElement("label"), text = document.createElement("span"), slider = document.createElement("input");
    Object.assign(slider, { type: "range", min, max, step });
    slider.setAttribute("aria-label", name);
    slider.addEventListener("input", () => moved(k, slider.valueAsNumber));
    slider.addEventListener("change", tell);
    if (colour) text.style.color = colour;
    label.append(text, slider);
    return { label, text, slider };
  });
  box.replaceChildren(...made.map(({ label }) => label));
  return made.map(({ text, slider }) => (value, words) => {
    slider.value = value;
    text.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  });
}

// Places in a picture, in its own units: grab(x, y) when a finger comes down, drag(x, y) while it moves, drop() at the end.
export function draggable(svg, { grab, drag, drop }) {
  let id = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    grab(...at(event));
    svg.setPointerCapture((id = event.pointerId));
    svg.classList.add("held");
  });
  svg.addEventListener("pointermove", (event) => id === event.pointerId && drag(...at(event)));
  for (const end of ["pointerup", "pointercancel"])
    svg.addEventListener(end, (event) => {
      if (id !== event.pointerId) return;
      id = null;
      svg.classList.remove("held");
      drop();
    });
}

// A curve with what lies between it and its ground; x and y in the picture's units.
export function area(x, y, ground, colour) {
  const path = d3area((_, k) => x[k], ground, (value) => value).digits(1);
  return make("path", { d: path(y), fill: colour, "fill-opacity": 0.3, stroke: colour, "stroke-width": 2 });
}
