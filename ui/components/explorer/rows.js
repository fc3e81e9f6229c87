// The explorer's rows: a name, a slider, and a field for the exact value. Pointer events are handled on the track
// around the slider, where each finger can hold another row; keys go through stepByKey, so that they stop at the 31
// steps. The slider itself receives only the input of screen readers.

import { boxOf } from "../lib/canvas.js";
import { dragging } from "../lib/dragging.js";
import { element } from "../lib/element.js";
import { clamp } from "../lib/numbers.js";
import { TypedNumber } from "../lib/typed_number.js";
import { fromStep, highest, stepByKey } from "../lib/latent.js";
import { isShortcut } from "../lib/shortcut.js";

const short = (value) => String(Math.round(value * 1000) / 1000);

export class Row {
  // given: an entry of the server's `rows`; index: its row in the sheet. hand: {moved(row, value, time), released(row,
  // time), cancelled(row), typed(row, value, time), refused(sentence)}, called with the event's time stamp.
  constructor(given, index, hand) {
    Object.assign(this, given, { index });
    const { label, rank, dead, words, low, exact } = given;
    const name = element("div", { className: "name", title: words }), part = (tag, textContent) => element(tag, { textContent });
    name.append(part("span", rank ?? ""), part("b", given.name), part("span", given.note));
    this.range = element("input", { type: "range", min: low, max: highest(given), step: "any" });
    this.range.setAttribute("aria-label", rank ? `${label}, rank ${rank}${dead ? ", dead" : ""}` : label);
    this.track = element("div", { className: "track", title: words });
    this.track.append(this.range);
    this.number = element("input", { type: "number", min: exact[0], max: exact[1], step: "any", inputMode: "decimal" });
    this.number.setAttribute("aria-label", `Exact value of ${label[0].toLowerCase()}${label.slice(1)}`);
    this.box = element("div", { className: dead ? "row dead" : "row" });
    this.box.append(name, this.track, this.number);
    this.typed = new TypedNumber(this.number, {
      name: () => label,
      bounds: () => exact,
      taken: (value, time) => hand.typed(this, value, time),
      refused: hand.refused,
    });
    this.point(hand);
    this.listen(hand);
  }

  // A finger that comes down may be about to scroll: it takes the slider when it moves along it, or goes up again at once.
  point(hand) {
    let under, moved, last;
    const move = (event) => {
      const value = under(event);
      if (moved && value === last) return;
      [moved, last] = [true, value];
      hand.moved(this, value, event.timeStamp);
    };
    dragging(this.track, {
      early: true,
      grab: (event) => {
        under = this.places();
        moved = false;
        this.range.focus({ preventScroll: true });
        if (event.pointerType !== "touch") move(event);
      },
      drag: move,
      drop: (event) => {
        if (!moved) move(event);
        hand.released(this, event.timeStamp);
      },
      cancel: () => moved && hand.cancelled(this),
    });
    this.track.addEventListener("mousedown", (event) => event.preventDefault()); // which would take the focus away again
  }

  // The value at a pointer's event, with the thumb's centre at the pointer.
  places() {
    const { width, at } = boxOf(this.range), { low } = this;
    const thumb = parseFloat(getComputedStyle(this.range).getPropertyValue("--thumb"));
    return (event) => low + clamp((at(event)[0] - thumb / 2) / (width - thumb), 0, 1) * (highest(this) - low);
  }

  listen(hand) {
    const { range } = this;
    range.addEventListener("input", (event) => hand.moved(this, range.valueAsNumber, event.timeStamp));
    range.addEventListener("change", (event) => hand.released(this, event.timeStamp));
    range.addEventListener("keydown", (event) => {
      const step = isShortcut(event) ? null : stepByKey(this, this.value, event.key);
      if (step === null) return;
      event.preventDefault();
      hand.moved(this, fromStep(this, step), event.timeStamp);
      hand.released(this, event.timeStamp);
    });
  }

  set held(held) {
    this.box.classList.toggle("held", held);
  }

  show(value) {
    if (value === this.value) return;
    this.value = value;
    const { range, low } = this, high = highest(this);
    range.value = value;
    range.style.setProperty("--at", `${((clamp(value, low, high) - low) / (high - low)) * 100}%`);
    range.setAttribute("aria-valuetext", `${short(value)}${value < low || value > high ? ", beyond the slider" : ""}`);
    this.typed.show(short(value));
  }
}
