// A figure of several pictures that depend on numbers: one picture, the stage, can be dragged, and curves beside it
// follow. Subclasses define `begin`, for a new identity of the data, and `draw`.

import { HEAD, FOOT, PANEL, save } from "./curves.js";
import { clamp } from "./numbers.js";
import { make } from "./svg.js";

export const GROUND = PANEL - FOOT; // y of a curve's baseline
const GAP = 8; // between pictures, in CSS pixels
const NARROWEST = 280;

export class Figure {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox] = [".curves", ".panels"].map(this.find);
    this.hidden = new Set(); // names of curves
    this.stage = make("svg", { class: "stage", role: "img" });
    this.down = false; // as in save() of lib/curves.js
    this.find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.save, { down: this.down }));
  }

  // data.numbers are the initial values; afterwards the component keeps them, and data of the same identity do not
  // change them.
  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity !== data.identity) {
      this.numbers = [...data.numbers];
      this.begin(data);
    }
    this.draw();
  }

  resize() {
    this.draw();
  }

  // Sets number k within its bounds; data.ranges has {min, max} for each.
  set(k, value) {
    const { min, max } = this.data.ranges[k];
    this.numbers[k] = Number(clamp(value, min, max).toFixed(2));
  }

  move(k, value) {
    this.set(k, value);
    this.draw();
  }

  end() {
    this.report("moved", this.numbers);
  }

  // `most` columns if the figure is at least `wide`, else one. Sets the width of a picture.
  layOut(wide, most = 2) {
    const outer = Math.max(NARROWEST, this.box.clientWidth), columns = outer >= wide ? most : 1;
    this.width = (outer - (columns - 1) * GAP) / columns;
    this.box.style.setProperty("--columns", columns);
    return { outer, columns };
  }

  drawStage(label, parts, height = PANEL) {
    this.stage.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.stage.setAttribute("aria-label", label);
    this.stage.replaceChildren(...parts);
  }

  // Pictures after the stage, which stays in its place because it may be held.
  put(pictures) {
    if (this.panelsBox.firstChild !== this.stage) this.panelsBox.replaceChildren(this.stage);
    while (this.panelsBox.children.length > 1) this.panelsBox.lastChild.remove();
    this.panelsBox.append(...pictures);
  }
}

// The height of a density's peak for a width, and back: with a fixed scale a height is a width.
export const peak = (width) => 1 / (width * Math.sqrt(2 * Math.PI));
export const widthOf = (density) => (density > 0 ? peak(density) : Infinity);
export const heightOf = (density, highest) => (density / highest) * (GROUND - HEAD);
