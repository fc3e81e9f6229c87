// A confusion matrix. A cell opens its pictures beside the table, a picture is sent to the networks above. Arrow keys
// move between cells.

import { bytes } from "../lib/decode.js";
import { element } from "../lib/element.js";
import { mount } from "../lib/mount.js";
import { clamp, sum } from "../lib/numbers.js";
import { image } from "../lib/pixels.js";
import { isShortcut } from "../lib/shortcut.js";
import { write } from "../lib/write.js";

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// The header of a column, which may wrap after a slash.
function head(name) {
  const cell = element("th", { scope: "col", title: name });
  name.split(/(?<=\/)/).forEach((part, k) => cell.append(...(k ? [document.createElement("wbr")] : []), part));
  return cell;
}

class Matrix {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    for (const [name, selector] of Object.entries({ box: ".matrix", title: "h3", pictures: ".pictures", back: ".back", none: ".none" }))
      this[name] = find(selector);
    [this.caption, this.head, this.body] = ["caption", "thead", "tbody"].map(find);
    this.back.addEventListener("click", () => this.report("chosen", { cell: null }));
    this.body.addEventListener("keydown", (event) => this.key(event));
  }

  receive(data) {
    const same = JSON.stringify([data.classes, data.counts]) === JSON.stringify([this.data?.classes, this.data?.counts]);
    this.data = data;
    if (!same) this.fill(data);
    write(this.caption, data.caption); // other pictures may have the same counts
    this.mark();
    this.open(data);
  }

  fill({ classes, counts }) {
    const make = (tag, text, more = {}) => element(tag, { textContent: text, ...more });
    const names = document.createElement("tr");
    names.append(make("td", "true class ↓", { className: "axis" }), ...classes.map(head));
    this.box.classList.toggle("worded", classes.some((name) => name.length > 2));
    const over = document.createElement("tr");
    over.append(make("td", ""), make("td", "what the network says →", { colSpan: classes.length, className: "axis" }));
    this.head.replaceChildren(over, names);
    this.body.replaceChildren(
      ...counts.map((row, label) => {
        const line = document.createElement("tr"), total = sum(row);
        line.append(make("th", classes[label], { scope: "row", title: `labelled ${classes[label]}: ${total}` }));
        row.forEach((count, named) => {
          const cell = document.createElement("td"), button = make("button", count ? String(count) : "·", { type: "button" });
          const words = `Labelled ${classes[label]}, the network says ${classes[named]}: ${count} of ${total}`;
          button.setAttribute("aria-label", words);
          button.title = words;
          Object.assign(button.dataset, { label, named });
          // The square root, so that mistakes of one per cent are visible.
          button.style.setProperty("--share", Math.sqrt(count / Math.max(1, total)).toFixed(3));
          button.classList.add(label === named ? "right" : "wrong");
          button.tabIndex = -1;
          button.addEventListener("click", () => this.choose(label, named));
          cell.append(button);
          line.append(cell);
        });
        return line;
      }),
    );
    this.cells = counts.map((_, label) => [...this.body.rows[label].querySelectorAll("button")]);
  }

  choose(label, named) {
    const again = String(this.data.cell) === String([label, named]);
    this.report("chosen", { cell: again ? null : [label, named] });
  }

  mark() {
    const { cell } = this.data, [row, column] = cell ?? [0, 0];
    for (const button of this.cells.flat()) {
      const open = cell !== null && Number(button.dataset.label) === row && Number(button.dataset.named) === column;
      button.setAttribute("aria-pressed", String(open));
    }
    if (!this.cells.flat().some((button) => button === button.getRootNode().activeElement)) this.reach(row, column);
    this.back.hidden = cell === null;
  }

  // Only one cell is reached by the Tab key.
  reach(row, column) {
    for (const button of this.cells.flat()) button.tabIndex = -1;
    this.cells[row][column].tabIndex = 0;
    return this.cells[row][column];
  }

  key(event) {
    const way = WAYS[event.key], { label, named } = event.target.dataset;
    if (!way || label === undefined || isShortcut(event)) return;
    event.preventDefault();
    const last = this.cells.length - 1, [row, column] = [Number(label) + way[0], Number(named) + way[1]];
    this.reach(clamp(row, 0, last), clamp(column, 0, last)).focus();
  }

  open({ title, images, shape: [channels, height, width], none }) {
    write(this.title, title);
    write(this.none, images.length ? "" : none);
    const identity = JSON.stringify(images);
    if (identity === this.identity) return; // one of them may have the focus
    this.identity = identity;
    this.pictures.replaceChildren(
      ...images.map(({ number, words, image: text }) => {
        const button = element("button", { type: "button", title: `${words}: show it above` });
        const canvas = element("canvas", { width, height }), note = document.createElement("span");
        const data = Float32Array.from(bytes(text), (level) => level / 255);
        canvas.getContext("2d").putImageData(image({ data, dims: [1, channels, height, width] }), 0, 0);
        note.textContent = words;
        button.append(canvas, note);
        button.addEventListener("click", () => this.report("taken", { number }));
        return button;
      }),
    );
  }
}

export default mount(Matrix);
