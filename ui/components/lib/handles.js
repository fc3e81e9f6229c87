// Controls beside curves: rows of sliders, and things in a picture that can be dragged.

import d3area from "../vendor/d3-shape/area.js";
import { inked } from "./curves.js";
import { dragging } from "./dragging.js";
import { make } from "./svg.js";

// A slider for each {name: for screen readers, min, max, step, colour}, for the keyboard and for exact values. move(k,
// value) and end() are called as one moves. Returns a function (value, text) for each, which shows them.
export function sliders(box, rows, move, end) {
  const built = rows.map(({ name, colour, min, max, step = 0.01 }, k) => {
    const label = document.createElement("label"), text = document.createElement("span"), slider = document.createElement("input");
    Object.assign(slider, { type: "range", min, max, step });
    slider.setAttribute("aria-label", name);
    slider.addEventListener("input", () => {
      move(k, slider.valueAsNumber);
      end();
    });
    if (colour) text.style.color = inked(colour);
    label.append(text, slider);
    return { label, text, slider };
  });
  box.replaceChildren(...built.map(({ label }) => label));
  return built.map(({ text, slider }) => (value, words) => {
    slider.value = value;
    text.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  });
}

// Drags things in a picture, with places in its own units: grab(x, y), drag(x, y), drop().
export function draggable(svg, { grab, drag, drop }) {
  const at = (event) => {
    const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  dragging(svg, { grab: (event) => grab(...at(event)), drag: (event) => drag(...at(event)), drop });
}

// A dot to be dragged.
export function handle(x, y, colour, r = 8) {
  return make("circle", { cx: x, cy: y, r, fill: colour, class: "handle" });
}

// A curve, filled down to its baseline; x and y in the picture's units.
export function area(x, y, ground, colour) {
  const path = d3area((_, k) => x[k], ground, (value) => value).digits(1);
  return make("path", { d: path(y), fill: colour, "fill-opacity": 0.3, stroke: colour, "stroke-width": 2 });
}
