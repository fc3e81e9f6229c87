// The chosen unit: its current output, and what activates it most: codes, or pictures if it is an encoder's.

import { element } from "../lib/element.js";
import { write } from "../lib/write.js";
import { short } from "./row.js";

// On a touch screen there may be no keys.
const REST = globalThis.matchMedia?.("(hover: none)").matches
  ? "Tap a tile below: what raises this unit most appears here."
  : "Click on a tile below, or move to a row with the Tab key and to its tiles with the arrow keys: what raises this unit most appears here.";

export class Found {
  // go(item): take its code. climb(): start gradient ascent from the current code.
  constructor(root, { go, climb }) {
    Object.assign(this, { go, identity: null });
    this.box = root.querySelector(".found");
    [this.name, this.words, this.strip, this.climb, this.climbed] = ["h3", ".words", ".best", ".climb", ".climbed"].map((part) => this.box.querySelector(part));
    this.climb.addEventListener("click", () => {
      this.climb.disabled = true;
      climb();
    });
  }

  // row: of the chosen unit, null if there is none.
  update(row, unit, found) {
    const known = row && found?.unit[0] === row.index && found.unit[1] === unit ? found : null;
    this.box.classList.toggle("none", !row);
    this.box.classList.toggle("stale", row !== null && !known);
    write(this.name, row ? `${row.name}, unit ${unit}` : "No unit is chosen");
    this.now(row, unit);
    const identity = JSON.stringify(known);
    if (!known || identity === this.identity) return;
    this.identity = identity;
    write(this.words, known.words);
    this.strip.replaceChildren(...known.best.map((item) => this.button(item)));
    this.climb.disabled = false;
    this.climb.hidden = known.climbed !== null;
    this.climbed.replaceChildren(...(known.climbed ? [this.button(known.climbed), element("span", { textContent: known.climbed.about })] : []));
  }

  now(row, unit) {
    write(this.box.querySelector(".value"), row ? (row.values ? `now ${row.gives(unit)}` : "") : REST);
  }

  button(item) {
    const button = element("button", { type: "button", title: `Go to ${item.words}` });
    button.append(element("img", { src: item.picture, alt: item.words }), element("small", { textContent: short(item.value) }));
    button.addEventListener("click", () => this.go(item));
    return button;
  }
}
