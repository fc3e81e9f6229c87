// A picture through every VAE of its size: the user draws on it, and code and output of the chosen one and the outputs
// of all others follow in every frame. First the server's answers are drawn, if any; after them the networks are
// loaded, the chosen one's first. On release the picture is reported once, and the server's own answers arrive.

import { bytes } from "../lib/decode.js";
import { DrawnPicture } from "../lib/drawn_picture.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { fixed } from "../lib/numbers.js";
import { floats } from "../lib/onnx.js";
import { image, mse } from "../lib/pixels.js";
import { write } from "../lib/write.js";
import { drawBars } from "./bars.js";
import { columns, cosine } from "./maths.js";

const WIDE = 8, NARROW = 3; // pictures in a row at most
const LOADING = "The networks are being loaded; code and output follow.";

class Reconstructor {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.section, this.heading, this.every, this.quiet] = [".reconstructor", "h3", ".every", ".quiet"].map(this.find);
    this.views = { input: this.find(".input .view"), output: this.find(".output .view"), error: this.find(".error") };
    this.box = this.find(".bars");
    this.latency = new Latency(this.find(".badge"), "reconstructor-measured");
    this.models = [];
    this.drawn = new DrawnPicture(this.find(".tools"), this.views.input, {
      changed: (time) => this.redraw(time),
      ended: () => this.report("drawn", this.drawn.text),
    });
  }

  stop() {
    for (const model of this.models) model.networks.stop();
  }

  resize() {
    drawBars(this.box, this.code);
  }

  // ---- from the server ----

  receive(data) {
    this.data = data;
    this.pixels = Float32Array.from(bytes(data.pixels), (level) => level / 255);
    this.drawn.take(bytes(data.pixels), data.size, data.drawable);
    this.takeModels();
    this.chosen = this.models.find(({ given }) => given.name === data.chosen);
    this.find(".input small").textContent = data.label;
    this.find(".output small").textContent = this.chosen.given.title;
    this.views.input.setAttribute("aria-label", `${data.label}: the input of the networks${data.drawable ? ", to draw on" : ""}`);
    this.views.output.setAttribute("aria-label", `Reconstruction by ${this.chosen.given.title}`);
    this.views.error.setAttribute("aria-label", `Where ${this.chosen.given.title} is wrong`);
    this.box.setAttribute("aria-label", `Mean and σ of every dimension of ${this.chosen.given.title}`);
    this.put(this.views.input, this.pixels);
    const waits = this.models.some(({ given }) => !given.official);
    this.section.classList.toggle("stale", waits);
    for (const model of this.models) {
      const { official } = model.given;
      model.figure.classList.toggle("now", model === this.chosen);
      model.wanted = official ? null : {}; // a result in progress is out of date
      if (official) this.answer(model, Float32Array.from(bytes(official.picture), (level) => level / 255), official, official);
    }
    this.connect();
    for (const model of this.models) this.work(model);
  }

  // One small picture for each model; models that stay keep their networks.
  takeModels() {
    const before = new Map(this.models.map((model) => [model.given.name, model]));
    this.models = this.data.models.map((given) => {
      const model = before.get(given.name) ?? this.model(given);
      before.delete(given.name);
      return Object.assign(model, { given });
    });
    for (const model of before.values()) model.networks.stop();
    const { length } = this.models, figures = this.models.map(({ figure }) => figure);
    if (figures.some((figure, k) => figure !== this.every.children[k]) || this.every.children.length !== length) this.every.replaceChildren(...figures);
    this.heading.hidden = length < 2;
    this.heading.textContent = `The same picture through all ${length} VAEs for pictures of its size`;
    this.every.style.setProperty("--across", columns(length, WIDE));
    this.every.style.setProperty("--narrow", columns(length, NARROW));
  }

  model({ name, title }) {
    const figure = document.createElement("figure"), [canvas, caption, words, figures] = ["canvas", "figcaption", "b", "small"].map((tag) => document.createElement(tag));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Reconstruction by ${title}`);
    words.textContent = title;
    caption.append(words, figures);
    figure.append(canvas, caption);
    const model = { name, figure, canvas, figures, wanted: null };
    model.networks = new Networks(["encoder", "decoder"], {
      live: () => this.tellHowItRuns(model, ""),
      failed: (reason) => this.tellHowItRuns(model, reason),
    });
    return model;
  }

  // ---- the networks ----

  connect() {
    for (const model of [this.chosen, ...this.models.filter((one) => one !== this.chosen)]) {
      const { networks } = model.given, identity = networks.encoder?.sha256 + networks.decoder?.sha256;
      if (model.identity === identity) continue;
      Object.assign(model, { identity, reason: undefined });
      model.networks.connect(networks, model === this.chosen); // the others a moment later
    }
    this.say();
  }

  tellHowItRuns(model, reason) {
    model.reason = reason;
    this.say();
    if (!reason) this.work(model); // the user has gone on meanwhile
  }

  say() {
    const { reason, given: { official } } = this.chosen;
    this.section.dataset.answers = reason === undefined ? "" : reason ? "server" : "network";
    this.quiet.textContent = reason ? `The pictures follow when you let go, because ${reason}.` : reason === undefined && !official ? LOADING : "";
  }

  // Code and output for the current picture, for all models, the chosen one first.
  follow(time) {
    this.section.classList.toggle("stale", !this.chosen.networks.running);
    const others = this.models.filter((one) => one !== this.chosen);
    for (const model of [this.chosen, ...others]) {
      model.wanted = { time };
      this.work(model);
    }
  }

  // The newest request wins: while its networks work, one more waits.
  async work(model) {
    if (model.working) return;
    model.working = true;
    while (model.wanted && model.networks.running) {
      const { wanted } = model, { pixels } = this, seen = await this.pass(model, pixels);
      if (!model.wanted) continue; // the server's answer came meanwhile
      if (model.wanted === wanted) model.wanted = null;
      if (!seen) continue;
      const { picture, code } = seen;
      this.answer(model, picture, { mse: mse(pixels, picture), cosine: cosine(pixels, picture) }, code, pixels);
      if (model !== this.chosen) continue;
      this.section.classList.remove("stale");
      if (wanted.time !== undefined) this.latency.measure("drag", wanted.time);
    }
    model.working = false;
  }

  async pass({ networks }, pixels) {
    const { size, channels } = this.data, code = await networks.run("encoder", { x: floats([1, channels, size, size], pixels) }, "hand");
    const output = code && (await networks.run("decoder", { z: code.mean }, "hand"));
    return output && { picture: output.picture.data, code: { mean: code.mean.data, log_var: code.log_var.data } };
  }

  // ---- on the screen ----

  // Draws numbers in [0, 1] on a canvas of their size.
  put(canvas, numbers) {
    const { size, channels } = this.data;
    if (canvas.width !== size || canvas.height !== size) Object.assign(canvas, { width: size, height: size });
    canvas.getContext("2d").putImageData(image({ data: numbers, dims: [1, channels, size, size] }), 0, 0);
  }

  answer(model, picture, errors, { mean, log_var: logVar }, pixels = this.pixels) {
    this.put(model.canvas, picture);
    write(model.figures, `MSE ${fixed(errors.mse, 4)}`);
    if (model !== this.chosen) return;
    this.put(this.views.output, picture);
    this.put(this.views.error, Float32Array.from(pixels, (x, k) => Math.abs(x - picture[k])));
    write(this.find(".mse"), fixed(errors.mse, 4));
    write(this.find(".cosine"), fixed(errors.cosine, 3));
    this.code = { mean, logVar };
    drawBars(this.box, this.code);
  }

  // ---- from the hand ----

  redraw(time) {
    this.pixels = this.drawn.numbers;
    this.follow(time); // first, so that the networks work while the input is drawn
    this.put(this.views.input, this.pixels);
  }
}

export default mount(Reconstructor);
