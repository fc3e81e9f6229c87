// The explorer's rows: a name, a slider, and a field for the exact value. The browser sees to the slider's thumb while a
// pointer drags it; keys go through stepByKey, so that they stop at the 31 steps.

import { clamp, fixed } from "../lib/numbers.js";
import { fromStep, highest, stepByKey } from "./latent.js";

const short = (value) => String(Math.round(value * 1000) / 1000);

export function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

export class Row {
  // given: of the server's `rows`; index: which row of the sheet it is. hand: {moved(row, value, time),
  // released(time), typed(row, value or null, time)}, called with the time stamp of the event.
  constructor(given, index, hand) {
    Object.assign(this, given, { index, typing: false });
    const { label, rank, dead, words, low, exact } = given;
    const name = Object.assign(element("div", "name"), { title: words });
    name.append(element("span", "", rank ?? ""), element("b", "", given.name), element("span", "", given.note));
    const range = { type: "range", min: low, max: highest(given), step: "any", title: words };
    this.range = Object.assign(element("input", ""), range);
    this.range.setAttribute("aria-label", rank ? `${label}, rank ${rank}${dead ? ", dead" : ""}` : label);
    const number = { type: "number", min: exact[0], max: exact[1], step: "any", inputMode: "decimal" };
    this.number = Object.assign(element("input", ""), number);
    this.number.setAttribute("aria-label", `Exact value of ${label[0].toLowerCase()}${label.slice(1)}`);
    this.box = element("div", dead ? "row dead" : "row");
    this.box.append(name, this.range, this.number);
    this.listen(hand);
  }

  listen(hand) {
    const { range, number } = this;
    let time; // of the pointer's event, which is earlier than that of the input
    for (const name of ["pointerdown", "pointermove"]) range.addEventListener(name, (event) => (time = event.timeStamp));
    range.addEventListener("input", (event) => hand.moved(this, range.valueAsNumber, time ?? event.timeStamp));
    range.addEventListener("change", (event) => hand.released(event.timeStamp));
    range.addEventListener("keydown", (event) => {
      const step = event.altKey || event.ctrlKey || event.metaKey ? null : stepByKey(this, this.value, event.key);
      if (step === null) return;
      event.preventDefault();
      hand.moved(this, fromStep(this, step), event.timeStamp);
      hand.released(event.timeStamp);
    });
    number.addEventListener("input", () => (this.typing = true));
    number.addEventListener("change", (event) => {
      const value = number.valueAsNumber, [least, most] = this.exact;
      const valid = value >= least && value <= most; // false for NaN
      number.setAttribute("aria-invalid", String(!valid));
      this.typing = !valid; // an answer from the server does not wipe out what has to be corrected
      hand.typed(this, valid ? value : null, event.timeStamp);
    });
  }

  set held(held) {
    this.box.classList.toggle("held", held);
  }

  // thumb: whether the thumb goes along; under a pointer it is where the pointer is.
  show(value, thumb = true) {
    this.value = value;
    const { range, number, low } = this, high = highest(this);
    if (thumb) range.value = value;
    range.style.setProperty("--at", `${((clamp(value, low, high) - low) / (high - low)) * 100}%`);
    range.setAttribute("aria-valuetext", `${short(value)}${value < low || value > high ? ", beyond the slider" : ""}`);
    if (this.typing) return;
    number.value = short(value);
    number.removeAttribute("aria-invalid");
  }

  get bounds() {
    return `from ${fixed(this.exact[0], 0)} to ${fixed(this.exact[1], 0)}`;
  }
}
