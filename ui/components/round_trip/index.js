// A flow maps a picture backwards to noise and forwards again, while the user draws on it. First the server's answer is
// drawn, if any; after it the network is loaded. On release the picture is reported once.

import { bytes, floats } from "../lib/decode.js";
import { DrawnPicture } from "../lib/drawn_picture.js";
import { Flow } from "../lib/flow.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { clamp, fixed } from "../lib/numbers.js";
import { image, mse } from "../lib/pixels.js";
import { write } from "../lib/write.js";

const WIDEST = 3; // standard deviations of the noise between grey and white
const LOUDER = 10; // magnification of the difference

class RoundTrip {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    this.section = this.find(".trip");
    this.canvases = { input: this.find(".view"), noise: this.find(".noise canvas"), output: this.find(".output canvas"), error: this.find(".error canvas") };
    this.networks = new Networks(["velocity"], { live: () => this.runs(null), failed: (reason) => this.runs(reason) });
    Object.assign(this, { wanted: null, identity: null });
    this.drawn = new DrawnPicture(this.find(".tools"), this.canvases.input, {
      changed: () => this.redraw(),
      ended: () => this.report("drawn", this.drawn.text),
    });
  }

  stop() {
    this.networks.stop();
  }

  // ---- from the server ----

  receive(data) {
    this.data = data;
    const { shape: [channels, , size], network, official, pixels, label } = data;
    this.pixels = Float32Array.from(bytes(pixels), (level) => level / 255);
    this.drawn.take(bytes(pixels), size, channels === 1);
    write(this.find(".input small"), label);
    this.canvases.input.setAttribute("aria-label", `${label}${channels === 1 ? ", to draw on" : ""}`);
    this.put("input", this.pixels);
    this.wanted = official ? null : {}; // a result in progress is out of date
    this.section.classList.toggle("stale", !official);
    if (official) this.answer(floats(official.code), Float32Array.from(bytes(official.picture), (level) => level / 255), this.pixels);
    if (this.identity !== network?.sha256) {
      Object.assign(this, { identity: network?.sha256, flow: null, reason: undefined });
      this.networks.connect({ velocity: network }, false);
    }
    this.say();
    this.work();
  }

  // ---- the network ----

  runs(reason) {
    const { shape, classes } = this.data;
    this.reason = reason;
    this.flow = reason === null ? new Flow((inputs) => this.networks.run("velocity", inputs, "round trip"), shape, classes) : null;
    this.say();
    this.work();
  }

  say() {
    const { reason } = this;
    this.section.dataset.answers = reason === undefined ? "" : reason ? "server" : "network";
    write(this.find(".quiet"), reason ? `The noise follows when you let go, because ${reason}.` : "");
  }

  // The newest request wins: while the network works, one more waits.
  async work() {
    if (this.working) return;
    this.working = true;
    while (this.wanted && this.flow) {
      const { wanted, pixels, data: { steps, solver, classes } } = this, way = { steps, solver, labels: [classes], guidance: 1 };
      const back = await this.flow.path(pixels.map((x) => 2 * x - 1), { ...way, start: 1, end: 0 });
      const forth = back && this.wanted === wanted && (await this.flow.path(back.at(-1), way));
      if (!this.wanted) continue; // the server's answer came meanwhile
      if (forth) this.answer(back.at(-1), forth.at(-1).map((x) => clamp((x + 1) / 2, 0, 1)), pixels);
      if (this.wanted !== wanted) continue;
      this.wanted = null;
      if (forth) this.section.classList.remove("stale");
    }
    this.working = false;
  }

  // ---- on the screen ----

  put(name, numbers) {
    const canvas = this.canvases[name], dims = [1, ...this.data.shape], [, , height, width] = dims;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext("2d").putImageData(image({ data: numbers, dims }), 0, 0);
  }

  answer(code, picture, pixels) {
    const length = Math.sqrt(code.reduce((total, value) => total + value * value, 0) / code.length);
    this.put("noise", Float32Array.from(code, (value) => (value / WIDEST + 1) / 2));
    this.put("output", picture);
    this.put("error", pixels.map((x, k) => LOUDER * Math.abs(x - picture[k])));
    const { usual } = this.data, beside = usual ? `, codes of test pictures ${fixed(usual, 2)} on average` : "";
    const off = fixed(255 * Math.sqrt(mse(pixels, picture)), 1);
    write(this.find(".words"), `Round trip: off by ${off} grey levels (root mean square). Length of the code: ${fixed(length, 2)}, where random noise has 1${beside}.`);
  }

  // ---- from the hand ----

  redraw() {
    this.pixels = this.drawn.numbers;
    this.wanted = {};
    this.section.classList.toggle("stale", !this.flow);
    this.work(); // first, so that the network works while the picture is drawn
    this.put("input", this.pixels);
  }
}

export default mount(RoundTrip);
