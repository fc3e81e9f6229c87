// The map of all recorded codes with the place of the current code, and the pictures of the nearest codes. t-SNE has no
// mapping for new codes, so the current one is placed between its neighbours; PCA is exact.

import { fit } from "../lib/canvas.js";
import { bitmap, bytes, floats, halves } from "../lib/decode.js";
import { between, nearest, projected } from "../lib/neighbours.js";
import { fixed } from "../lib/numbers.js";
import { letters } from "../lib/theme.js";
import { View } from "../lib/view.js";

const SHOWN = 6; // neighbours: fills rows of three or of two
const WEIGHTED = 5; // of them, used to place a code on t-SNE's map
const TSNE = "t-SNE has no formula for a new code: the ring is at the mean place of its 5 nearest codes, each weighted by 1 / distance².";

export class CodeMap {
  constructor(root, { chosen }) {
    const find = (selector) => root.querySelector(selector);
    this.canvas = find(".map");
    this.select = find(".view");
    this.near = find(".near");
    this.codes = [...root.querySelectorAll(".codes")];
    this.cloud = document.createElement("canvas");
    this.view = new View();
    this.select.addEventListener("change", () => {
      this.paint();
      chosen();
    });
    this.figures = Array.from({ length: SHOWN }, () => {
      const figure = document.createElement("figure"), canvas = document.createElement("canvas");
      const [words, name, away] = ["figcaption", "span", "span"].map((tag) => document.createElement(tag));
      words.append(name, away); // a long name is cut short, the distance never is
      figure.append(canvas, words);
      return { figure, canvas, words, name, away };
    });
    this.near.append(...this.figures.map(({ figure }) => figure));
  }

  get kind() {
    return this.select.value;
  }

  set kind(kind) {
    this.select.value = kind;
    if (this.data) this.paint();
  }

  // A sentence on the kind of map.
  get explanation() {
    return this.kind === "tsne" ? TSNE : `(z − centre) · the two directions in which the ${this.word}s vary most.`;
  }

  // code: the name of a code of the next map.
  forget(code) {
    this.word = code;
    for (const place of this.codes) place.textContent = `${code}s`;
    Object.assign(this, { data: null, identity: null, sheet: null, code: null });
    this.canvas.getContext("2d").clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const { figure, canvas } of this.figures) {
      figure.style.visibility = "hidden";
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height); // not the previous model's picture
    }
  }

  // See ui/explore/chain/vaes.py for the data.
  async receive(data) {
    if (data.identity === this.identity) return;
    this.identity = data.identity;
    const points = Object.fromEntries(Object.entries(data.points).map(([kind, text]) => [kind, floats(text)]));
    this.data = { ...data, points, codes: halves(data.codes), labels: bytes(data.labels), components: floats(data.components), centre: floats(data.centre) };
    this.canvas.setAttribute("aria-label", `Map of ${this.data.labels.length} ${this.word}s, coloured by class, and the place of this code`);
    this.paint();
    const sheet = await bitmap(data.sprites);
    if (this.identity !== data.identity) return;
    this.sheet = sheet;
    if (this.code) this.show(this.code);
  }

  // All points, drawn once for every size and kind of map.
  paint() {
    if (!this.data) return;
    const { points, labels, colours } = this.data, place = points[this.kind];
    const bounds = [0, 1].map((axis) => {
      let low = Infinity, high = -Infinity;
      for (let k = axis; k < place.length; k += 2) [low, high] = [Math.min(low, place[k]), Math.max(high, place[k])];
      return [low, high];
    });
    this.span = Math.max(...bounds.map(([low, high]) => high - low)) || 1;
    this.middle = bounds.map(([low, high]) => (low + high) / 2);
    this.surface = fit(this.canvas);
    const { width, height } = this.surface, density = this.canvas.width / width;
    this.view.fit({ width, height });
    Object.assign(this.cloud, { width: this.canvas.width, height: this.canvas.height });
    const context = this.cloud.getContext("2d");
    context.scale(density, density);
    context.globalAlpha = 0.75;
    labels.forEach((label, row) => {
      const [x, y] = this.at([place[2 * row], place[2 * row + 1]]);
      context.fillStyle = colours[label];
      context.fillRect(x - 1.1, y - 1.1, 2.2, 2.2);
    });
    this.name(context, place);
    if (this.code) this.show(this.code);
    else this.ring(null);
  }

  // The name of every class, in the centre of its points.
  name(context, place) {
    const { labels, classes } = this.data, style = getComputedStyle(this.canvas);
    Object.assign(context, { globalAlpha: 1, font: letters(this.canvas, 13, 600), textAlign: "center", textBaseline: "middle" });
    Object.assign(context, { lineWidth: 3, lineJoin: "round", fillStyle: style.color });
    context.strokeStyle = style.getPropertyValue("--st-background-color") || "#fff";
    classes.forEach((words, label) => {
      const rows = [...labels.keys()].filter((row) => labels[row] === label);
      if (!rows.length) return;
      const middle = [0, 1].map((axis) => rows.map((row) => place[2 * row + axis]).sort((a, b) => a - b)[rows.length >> 1]);
      const [x, y] = this.at(middle);
      context.strokeText(words, x, y);
      context.fillText(words, x, y);
    });
  }

  at(point) {
    return this.view.place(point.map((value, axis) => (value - this.middle[axis]) / this.span + 0.5));
  }

  show(code) {
    this.code = code;
    if (!this.data) return;
    const near = nearest(this.data.codes, code, SHOWN);
    this.ring(this.kind === "pca" ? projected(this.data, code) : between(this.data.points.tsne, near.slice(0, WEIGHTED)));
    near.forEach(([row, distance], k) => this.neighbour(this.figures[k], row, distance));
  }

  ring(point) {
    const { context, width, height } = this.surface;
    if (!this.cloud.width || !this.cloud.height) return; // hidden: an empty canvas cannot be drawn
    context.clearRect(0, 0, width, height);
    context.drawImage(this.cloud, 0, 0, width, height);
    if (!point) return;
    const [x, y] = this.at(point), style = getComputedStyle(this.canvas);
    for (const [colour, line] of [[style.getPropertyValue("--st-background-color") || "#fff", 6], [style.color, 3]]) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.beginPath();
      context.arc(x, y, 8, 0, 7);
      context.stroke();
    }
    this.place = [x, y];
  }

  neighbour({ figure, canvas, words, name, away }, row, distance) {
    const { columns, tile: [height, width], classes, labels } = this.data;
    figure.style.visibility = "";
    [name.textContent, away.textContent] = [classes[labels[row]], ` · ${fixed(distance, 1)}`];
    words.title = words.textContent;
    if (!this.sheet) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(this.sheet, (row % columns) * width, Math.floor(row / columns) * height, width, height, 0, 0, width, height);
  }
}
