// A slider and a field for its exact value. A drag moves it continuously; keys move it by `step`.

import { boxOf } from "../lib/canvas.js";
import { element } from "../lib/element.js";
import { clamp, number } from "../lib/numbers.js";
import { isShortcut } from "../lib/shortcut.js";
import { TypedNumber } from "../lib/typed_number.js";

const THUMB = 16; // CSS pixels
export const rounded = (value) => Math.round(value * 1e3) / 1e3;

export class Slider {
  // given: {name, symbol, label, low, high, least, most, step}; the field takes numbers from `least` to `most`.
  // hand: {moved(slider, value, time), typed(slider, value), refused(sentence)}.
  constructor(given, { moved, typed, refused }) {
    Object.assign(this, given);
    const { symbol, label, low, high, least, most } = given;
    this.range = element("input", { type: "range", className: "range", min: low, max: high, step: "any" });
    this.range.setAttribute("aria-label", label);
    this.field = element("input", { type: "number", min: least, max: most, step: "any", inputMode: "decimal" });
    this.field.setAttribute("aria-label", `Exact value: ${label}`);
    this.head = element("div", { className: "head" });
    this.head.append(element("b", { textContent: symbol }), element("span", { className: "words", textContent: label }), this.field);
    this.box = element("div", { className: "slider" });
    this.box.append(this.head, this.range);
    this.typed = new TypedNumber(this.field, {
      name: () => symbol,
      bounds: () => [least, most],
      taken: (value) => typed(this, value),
      refused,
    });
    this.listen(moved);
  }

  listen(moved) {
    const { range } = this;
    let time, held = false; // time: of the pointer's event, which precedes the input event
    for (const name of ["pointerdown", "pointermove"]) range.addEventListener(name, (event) => (time = event.timeStamp));
    range.addEventListener("input", (event) => {
      const value = rounded(range.valueAsNumber);
      held = range.matches(":active");
      if (value !== this.value) moved(this, value, time ?? event.timeStamp);
    });
    // When the pointer moves, and not just before the next frame, so that what a worker makes of it is there for that frame
    // (lib/dragging.js: early). Only once the browser has taken the slider: a finger may be about to scroll.
    range.addEventListener("pointerrawupdate", (event) => {
      if (!held || !event.buttons) return;
      const { width, at } = boxOf(range);
      const value = rounded(this.low + clamp((at(event)[0] - THUMB / 2) / (width - THUMB), 0, 1) * (this.high - this.low));
      if (value !== this.value) moved(this, value, event.timeStamp);
    });
    range.addEventListener("keydown", (event) => {
      const value = isShortcut(event) ? null : this.byKey(event.key);
      if (value === null) return;
      event.preventDefault();
      moved(this, value, event.timeStamp);
    });
  }

  // The value to which a key leads, null for a key that moves nothing.
  byKey(key) {
    const { low, high, step } = this, ends = { Home: low, End: high };
    if (key in ends) return ends[key];
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[key];
    return by ? rounded(clamp(this.value + by * step, low, high)) : null;
  }

  show(value) {
    this.value = value;
    this.range.value = value;
    this.range.setAttribute("aria-valuetext", `${this.symbol} = ${number(value)}`);
    this.typed.show(rounded(value));
  }
}
