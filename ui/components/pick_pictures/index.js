// Pictures to choose from. A press puts a picture into the open slot, or removes it; in a slot for one picture it
// replaces the picture, and the next slot opens. The component keeps the choice until other pictures come.

import { element } from "../lib/element.js";
import { mount } from "../lib/mount.js";
import { press } from "./slots.js";

class PickPictures {
  constructor(root) {
    [this.slotsBox, this.picturesBox] = [".slots", ".pictures"].map((selector) => root.querySelector(selector));
  }

  receive(data) {
    const same = JSON.stringify(data.slots) === JSON.stringify(this.data?.slots);
    if (!same) this.open = data.slots[0].name;
    const other = data.sheet !== this.data?.sheet || JSON.stringify(data.pictures) !== JSON.stringify(this.data?.pictures);
    this.data = data;
    this.chosen = data.chosen;
    if (!same) this.fillSlots();
    if (other) this.fillPictures();
    this.mark();
  }

  fillSlots() {
    this.slotsBox.hidden = this.data.slots.length < 2;
    this.slotsBox.replaceChildren(
      ...this.data.slots.map(({ name }) => {
        const button = element("button", { type: "button" });
        button.dataset.slot = name;
        button.addEventListener("click", () => this.openSlot(name));
        return button;
      }),
    );
  }

  fillPictures() {
    const { sheet, columns, rows, size: [height, width], pictures, label } = this.data, { style } = this.picturesBox;
    this.picturesBox.setAttribute("aria-label", label);
    style.setProperty("--columns", columns);
    style.setProperty("--rows", rows);
    style.setProperty("--aspect", `${width} / ${height}`);
    const share = (at, count) => `${count > 1 ? (100 * at) / (count - 1) : 0}%`;
    this.buttons = pictures.map(({ number, words }, k) => {
      const button = element("button", { type: "button", title: words });
      button.setAttribute("aria-label", words);
      Object.assign(button.style, {
        backgroundImage: `url(${sheet})`,
        backgroundPosition: `${share(k % columns, columns)} ${share(Math.floor(k / columns), rows)}`,
      });
      button.addEventListener("click", () => this.press(number));
      return { button, number };
    });
    this.picturesBox.replaceChildren(...this.buttons.map(({ button }) => button));
  }

  openSlot(name) {
    this.open = name;
    this.mark();
  }

  press(number) {
    const { chosen, next } = press(this.data.slots, this.chosen, this.open, number);
    Object.assign(this, { chosen, open: next });
    this.mark();
    this.report("picked", chosen); // complete, since of two quick presses Streamlit passes on only the last
  }

  mark() {
    const { slots } = this.data;
    [...this.slotsBox.children].forEach((button, k) => {
      const { name, label, most } = slots[k], count = this.chosen[name].length;
      button.textContent = most > 1 ? `${label} (${count})` : label;
      button.setAttribute("aria-pressed", String(name === this.open));
    });
    for (const { button, number } of this.buttons) {
      const marks = slots.filter(({ name }) => this.chosen[name].includes(number)).map(({ mark }) => mark);
      button.setAttribute("aria-pressed", String(marks.length > 0));
      button.replaceChildren(...(marks.length ? [element("b", { textContent: marks.join(" ") })] : []));
    }
  }
}

export default mount(PickPictures);
