// Buttons with the classes' names: a press hides or shows one, two presses or Shift+Enter show one alone.

import { legendButton } from "../lib/legend.js";

export class Legend {
  constructor(box, changed) {
    Object.assign(this, { box, changed, hidden: new Set(), classes: [] });
  }

  // Other classes are all shown at first.
  receive(classes, colours) {
    if (String(classes) === String(this.classes)) return;
    this.classes = classes;
    this.box.replaceChildren(...classes.map((name, index) => this.button(name, colours[index], index)));
    this.show([]);
  }

  button(name, colour, index) {
    const button = legendButton(name);
    button.firstChild.style.background = colour;
    button.addEventListener("click", () => {
      const hidden = new Set(this.hidden);
      if (!hidden.delete(index)) hidden.add(index);
      this.show(hidden);
      this.changed();
    });
    const alone = () => {
      const others = [...this.classes.keys()].filter((other) => other !== index);
      this.show(others.every((other) => this.hidden.has(other)) ? [] : others);
      this.changed();
    };
    button.addEventListener("dblclick", alone);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.shiftKey) return;
      event.preventDefault();
      alone();
    });
    return button;
  }

  show(hidden) {
    this.hidden = new Set(hidden);
    [...this.box.children].forEach((button, index) => button.setAttribute("aria-pressed", String(!this.hidden.has(index))));
  }
}
