// Pictures to start from, side by side, and the original of the chosen one.

import { element } from "./element.js";

export class Starts {
  // snap(number): a picture was chosen; others(page): the next ones are requested.
  constructor(root, { snap, others }) {
    this.box = root.querySelector(".start");
    this.strip = root.querySelector(".strip");
    this.original = root.querySelector(".original");
    this.snap = snap;
    root.querySelector(".others").addEventListener("click", () => others(this.page + 1));
  }

  // strip, original: from the server, with their decoded pictures; size: [width, height] of one of them.
  update(strip, sheet, original, picture, size) {
    this.box.hidden = !strip;
    if (strip && sheet !== this.sheet) this.fill(strip, sheet, size);
    for (const button of this.strip.children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.number) === original?.number));
    }
    if (!this.original) return; // this page shows it elsewhere
    this.original.hidden = !original;
    if (!original) return;
    const canvas = this.original.querySelector("canvas");
    canvas.setAttribute("aria-label", `The original: ${original.words}`);
    draw(canvas, picture, 0, size);
    const caption = this.original.querySelector("figcaption");
    caption.textContent = `The original: ${original.words}. Its code is where you started.`;
  }

  fill({ page, pictures }, sheet, size) {
    Object.assign(this, { page, sheet });
    this.strip.replaceChildren(
      ...pictures.map(({ number, words }, index) => {
        const button = element("button", { type: "button", title: words });
        button.setAttribute("aria-label", `Start from ${words}`);
        button.dataset.number = number;
        button.append(draw(element("canvas", {}), sheet, index, size));
        button.addEventListener("click", () => this.snap(number));
        return button;
      }),
    );
  }
}

// Draws one picture of a sheet with one row.
function draw(canvas, sheet, index, [width, height]) {
  Object.assign(canvas, { width, height });
  canvas.getContext("2d").drawImage(sheet, index * width, 0, width, height, 0, 0, width, height);
  return canvas;
}
