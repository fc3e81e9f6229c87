// One panel: pictures in a grid on a canvas, drawn by a network from the codes of a way, blended from two, or stored.

import { Classes } from "../lib/classes.js";
import { bitmap } from "../lib/decode.js";
import { element } from "../lib/element.js";
import { floats } from "../lib/onnx.js";
import { image } from "../lib/pixels.js";
import { blend, change, codesOf } from "./ways.js";

const CHUNK = 16; // codes per request: an interaction never waits for more than these of another panel
const BETWEEN = "#808080"; // the lines between pictures

export class Panel {
  // given: of the server's `panels`, its way with arrays; drawn(panel, time) is called when all its pictures are new, and
  // changed(panel, changes) when it knows how much each number of a moved code changes them. before: the panel in its
  // place until now, whose elements it takes over where they fit.
  constructor(given, { queue, drawn, changed }, before) {
    Object.assign(this, given, { queue, drawn, changed, network: null, wanted: null, epoch: 0 });
    this.gap = this.shown > 1 ? 1 : 0;
    const { title, alt, size, shown, columns, measured, way: { kind }, classifier } = this;
    this.layout = JSON.stringify([title, alt, size, shown, columns, measured, kind, classifier?.classes]);
    if (before?.layout === this.layout) this.takeOver(before);
    else this.build();
    this.remark.textContent = this.note;
  }

  takeOver({ canvas, context, figure, remark, length, classes }) {
    Object.assign(this, { canvas, context, figure, remark, length, classes });
  }

  build() {
    const [height, width] = this.size, columns = Math.min(this.columns, this.shown), rows = Math.ceil(this.shown / columns);
    const whole = (count, side) => count * (side + this.gap) - this.gap;
    this.canvas = element("canvas", { width: whole(columns, width), height: whole(rows, height) });
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", this.alt);
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.context.fillStyle = BETWEEN;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    const caption = element("figcaption", { textContent: this.title });
    this.remark = element("small", {});
    caption.append(this.remark);
    this.figure = element("figure", {});
    this.figure.append(...(this.title ? [caption] : []), this.canvas);
    this.length = element("p", { className: "length" });
    const coded = this.part !== null || !!this.way.coded; // a still picture may be that of a code
    if (this.measured || (!coded && this.shown === 1)) this.figure.append(this.length);
    if (!coded) this.length.textContent = "no code";
    if (!this.classifier) return;
    const list = element("ol", {});
    list.setAttribute("aria-label", `What a classifier sees: ${this.title}`);
    this.classes = new Classes(list);
    this.classes.names = this.classifier.classes;
    this.figure.append(list);
  }

  async ready() {
    if (this.stored) this.sheet = await bitmap(this.stored.sheet);
    if (this.ends) this.pixels = pixelsOf(await bitmap(this.ends), this.size);
  }

  get mixes() {
    return this.way.kind === "blend";
  }

  // Whether a network draws its pictures.
  get follows() {
    return !!this.network?.live;
  }

  // Draws the stored pictures, which older results of the network cannot replace.
  rest(values, time) {
    if (this.way.kind === "still" && this.rested) return; // no slider moves it
    this.rested = true;
    this.wanted = null;
    this.epoch += 1;
    this.drawStored(values);
    this.figure.classList.toggle("others", !!this.stored && !this.mixes && !this.has(values));
    this.drawn(this, time);
  }

  place(k) {
    const [height, width] = this.size;
    return [(k % this.columns) * (width + this.gap), Math.floor(k / this.columns) * (height + this.gap)];
  }

  // Whether pictures of exactly these values (a list) are stored.
  has(values) {
    return !!this.stored?.at.some((at) => at.every((value, k) => Math.abs(value - values[k]) < 1e-6));
  }

  // Draws the stored pictures nearest to the values, or the blended one; x: position on another context, for strips.
  drawStored(values, context = this.context, x = 0) {
    if (this.mixes) {
      context.putImageData(this.blended(values[0]), x, 0);
      return;
    }
    if (!this.stored) return;
    const { at, columns } = this.stored, [height, width] = this.size;
    const distances = at.map((place) => place.reduce((sum, value, k) => sum + (value - values[k]) ** 2, 0));
    const first = distances.indexOf(Math.min(...distances)) * this.shown;
    for (let k = 0; k < this.shown; k++) {
      const [left, top] = [((first + k) % columns) * width, Math.floor((first + k) / columns) * height];
      const [right, down] = this.place(k);
      context.drawImage(this.sheet, left, top, width, height, x + right, down, width, height);
    }
  }

  blended(share) {
    const [height, width] = this.size;
    return new ImageData(blend(...this.pixels, share), width, height);
  }

  // Draws the pictures for the values {slider: number} as soon as they are computed; only the newest request counts.
  async follow(values, time) {
    this.wanted = { values, time };
    if (this.working) return;
    this.working = true;
    while (this.wanted && !this.gone) {
      const { values, time } = this.wanted;
      this.wanted = null;
      await this.make(values, time);
    }
    this.working = false;
  }

  async make(values, time) {
    const { epoch } = this, codes = codesOf(this.way, values), pictures = [];
    for (let from = 0; from < codes.length; ) {
      const to = from < this.shown ? Math.min(from + CHUNK, this.shown) : from + CHUNK, some = codes.slice(from, to);
      const output = await this.run(some);
      if (!output || this.gone || epoch !== this.epoch) return;
      some.forEach((_, k) => pictures.push(image(output.picture, k)));
      from = to;
      if (to !== this.shown) continue;
      for (let k = 0; k < this.shown; k++) this.context.putImageData(pictures[k], ...this.place(k));
      this.figure.classList.remove("others");
      this.drawn(this, time);
    }
    if (this.way.kind === "moved") this.changed(this, pictures.slice(1).map(({ data }) => change(pictures[0].data, data)));
  }

  run(codes) {
    const latent = codes[0].length, all = new Float32Array(codes.length * latent);
    codes.forEach((code, k) => all.set(code, k * latent));
    const run = () => this.network.run({ z: floats([codes.length, latent], all) }, this.lane);
    return codes.length > 1 ? this.queue.run(run) : run();
  }

  // Classifies the newest picture on the canvas.
  async classify() {
    if (!this.classes || !this.classifier.network.live) return;
    const [height, width] = this.size, size = height * width;
    const { data } = this.context.getImageData(0, 0, width, height);
    const x = Float32Array.from({ length: this.channels * size }, (_, k) => data[4 * (k % size) + Math.floor(k / size)] / 255);
    const output = await this.classifier.network.run({ x: floats([1, this.channels, height, width], x) }, this.lane);
    if (output) this.classes.show(output.logits.data);
  }
}

// One request after the other.
export class Queue {
  tail = Promise.resolve();

  run(task) {
    this.tail = this.tail.then(task);
    return this.tail;
  }
}

// Bytes (RGBA) of the two pictures side by side in a bitmap.
function pixelsOf(both, [height, width]) {
  const context = new OffscreenCanvas(2 * width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(both, 0, 0);
  return [0, width].map((left) => context.getImageData(left, 0, width, height).data);
}
