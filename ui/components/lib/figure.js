// A figure of several pictures that a hand moves by numbers: one picture, the stage, is taken hold of, and curves beside
// it follow. Components of that kind extend it by `begin`, for a new identity of the data, and `draw`.

import { HEAD, FOOT, PANEL, save } from "./curves.js";
import { clamp } from "./numbers.js";
import { make } from "./svg.js";

export const GROUND = PANEL - FOOT; // where the bottom of a curve lies
const GAP = 8; // between pictures, in CSS pixels
const NARROWEST = 280;

export class Figure {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.box, this.panelsBox] = [".curves", ".panels"].map(this.find);
    this.hidden = new Set(); // names of curves
    this.stage = make("svg", { class: "stage", role: "img" });
    this.down = false; // as lib/curves.js takes it
    this.find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.box, this.data.save, { down: this.down }));
  }

  // data.numbers are where the hand starts; afterwards the component knows them and data of the same identity does not
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

  // Number k within its bounds; data.ranges has {min, max} for each.
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

  // As many columns as `most` where the figure is as wide as `wide`, else one. Sets the width of a picture.
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

  // Pictures behind the stage, which stays in its place: it may be held.
  put(pictures) {
    if (this.panelsBox.firstChild !== this.stage) this.panelsBox.replaceChildren(this.stage);
    while (this.panelsBox.children.length > 1) this.panelsBox.lastChild.remove();
    this.panelsBox.append(...pictures);
  }
}

// A density by its height over the ground, and back: for a fixed scale a height is a width.
export const peak = (width) => 1 / (width * Math.sqrt(2 * Math.PI));
export const widthOf = (density) => (density > 0 ? peak(density) : Infinity);
export const heightOf = (density, highest) => (density / highest) * (GROUND - HEAD);
