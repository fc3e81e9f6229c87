// The live chain: input → code → picture, in every frame while a pen, a bar or a slider moves. After the recorded first
// pass it loads the networks, which then run here; each movement is reported once, on release, and the server writes
// the link. If no network runs, the report holds the input, and the server's result is drawn when it arrives.

import { Classes } from "../lib/classes.js";
import { bytes } from "../lib/decode.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { fixed, sum } from "../lib/numbers.js";
import { floats } from "../lib/onnx.js";
import { Pen } from "../lib/pen.js";
import { image, mse } from "../lib/pixels.js";
import { greyOf, prepare } from "../lib/prepare.js";
import { gaussian, seeded } from "../lib/random.js";
import { Bars } from "./bars.js";
import { Figures } from "./figures.js";
import { CodeMap } from "./map.js";
import { divergences, logLikelihood, sampled } from "./maths.js";

const LOADING = "The networks are being loaded; code and picture follow in a moment.";
const NEWEST = 2 ** 31 - 1; // seeds of ε

class Chain {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".chain");
    this.sentence = find(".sentence");
    this.quiet = find(".quiet");
    this.views = { input: find("canvas.input"), picture: find("canvas.picture") };
    this.strip = find(".strip");
    this.offer = find(".strip-cell h3");
    this.scale = find(".scale");
    this.factor = find(".factor");
    this.latency = new Latency(find(".badge"), "chain-measured");
    this.lists = [find(".input-classes"), find(".picture-classes")].map((list) => new Classes(list));
    this.figures = new Figures(find(".figures"));
    this.pen = new Pen(find(".paper"), { drawn: (time) => this.drawn(time), finished: (time) => this.drawn(time, true) });
    this.pen.label = "Draw here with mouse, pen or finger";
    this.bars = new Bars(root, {
      moved: (time) => this.decode(time),
      released: () => this.tell(),
      wrong: (sentence) => this.say(sentence),
    });
    this.map = new CodeMap(root, { chosen: () => this.tell() });
    this.networks = new Networks(["encoder", "decoder"], { live: () => this.live(), failed: (reason) => this.fallBack(reason) });
    this.turns = { asked: 0, encoded: 0, decoded: 0 }; // results of older requests are not drawn
    this.number = 0; // of the last report
    this.listen(find);
    this.explain(find);
  }

  listen(find) {
    this.scale.addEventListener("input", ({ timeStamp }) => this.decode(timeStamp));
    this.scale.addEventListener("change", () => this.tell());
    find(".resample").addEventListener("click", ({ timeStamp }) => {
      this.seed = (this.seed + 1) % NEWEST;
      if (!this.scale.valueAsNumber) this.scale.value = 1; // with scale 0, a new ε would change nothing
      this.noise = null;
      this.decode(timeStamp);
      this.tell();
    });
    find(".use-mean").addEventListener("click", ({ timeStamp }) => {
      this.scale.value = 0;
      this.decode(timeStamp);
      this.tell();
    });
    find(".more").addEventListener("click", () => this.request("rest", { have: this.map.identity ?? null, page: this.page + 1 }));
  }

  explain(find) {
    const say = (selector, words) => this.figures.explain(find(selector), words);
    const classes = (what) => () => `The classifier’s softmax for ${what}; it was trained on the real images of this data set.`;
    say(".input-classes", classes("the input x"));
    say(".picture-classes", classes("the picture"));
    say(".map", () => this.map.explanation);
    say(".near", () => "The recorded pictures of the codes nearest to z: the class of each, and behind the dot its Euclidean distance in all dimensions.");
    say(".bars", () => "Blue: mean, orange where you moved it, line: ± σ = exp(½ log σ²), both from the encoder. Yellow: z = mean + scale · σ · ε. Grey band: the prior’s ± σ. The strongest dimension is on the left.");
    say(".others", () => "σ = exp(½ log σ²) from the encoder’s second output; z = mean + scale · σ · ε.");
    say(".picture", () => "The decoder’s output for z: the mean of p(x|z).");
    say(".input", () => (this.source ? this.model.words[this.source.test ? "test" : "prepared"] : this.first.words));
  }

  say(sentence) {
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
  }

  stop() {
    this.networks.stop();
  }

  resize() {
    this.bars.surface = null;
    this.map.paint();
    if (this.pass) this.show();
  }

  // ---- from the server ----

  receive(data) {
    const before = this.model?.identity, { model, state } = data;
    this.model = model;
    this.first = data.first;
    const changed = before !== model.identity, opened = this.visit !== data.visit;
    if (changed) this.begin(before === undefined);
    if (opened) {
      this.visit = data.visit;
      this.open(state, data);
    } else if (changed) {
      this.again(data);
    } else if (data.own && data.own.id !== this.own?.id) {
      this.take({ own: true }, bytes(data.own.image));
      this.tell();
    }
    this.own = data.own;
    this.fillStrip(data.strip);
    if (data.map?.identity === model.identity) this.map.receive(data.map);
    if (data.answer) this.answered(data.answer);
    if (changed) this.request("rest", { have: null, page: this.page });
  }

  // Start with another model: its networks, dimensions and classes.
  begin(atOnce) {
    const { model } = this;
    this.bars.begin(model.order);
    this.map.forget(model.words.code);
    this.noise = this.pass = null;
    for (const list of this.lists) list.names = model.classes;
    this.offer.textContent = `Or take ${model.words.one}`;
    this.figures.begin(model.variance);
    this.quiet.textContent = "";
    this.box.dataset.networks = "";
    this.networks.connect(model.networks, atOnce);
  }

  // Restore the state of a link or of an earlier visit to the page.
  open(state, { image: test, own }) {
    Object.assign(this, { seed: state.noise, noise: null });
    this.scale.value = state.scale;
    this.bars.begin(this.model.order, state.means);
    this.map.kind = state.view;
    if (state.ink && this.pen.restore(state.ink) && this.drawn()) return;
    if (state.test && test) this.take({ test: state.test }, bytes(test));
    else if (state.own && own) this.take({ own: true }, bytes(own.image));
    else this.firstPass();
  }

  // The same input through another model.
  again({ own }) {
    if (!this.source) return this.firstPass();
    this.wait();
    if (this.source.own && own) this.take(this.source, bytes(own.image)); // prepared for this model
    else if (!this.source.ink || !this.drawn()) this.encode(); // with an empty drawing the last input stays
  }

  firstPass() {
    const { mean, log_var: logVar, log_likelihood: likelihood } = this.first;
    const of = (text) => Float32Array.from(bytes(text), (grey) => grey / 255);
    this.source = null;
    this.x = of(this.first.image);
    this.paint("input", this.x);
    this.pass = { x: this.x, mean, logVar };
    const picture = of(this.first.picture), recorded = !this.scale.valueAsNumber && !this.bars.means.size;
    this.show();
    if (recorded) this.finish(this.pass, picture, likelihood);
    else this.wait();
    if (this.networks.running) this.encode();
  }

  fillStrip(strip) {
    if (this.page === strip.page && this.set === strip.set) return;
    Object.assign(this, { page: strip.page, set: strip.set });
    this.strip.replaceChildren(
      ...strip.images.map(({ number, words, image: text }) => {
        const button = Object.assign(document.createElement("button"), { type: "button", title: words });
        const canvas = document.createElement("canvas");
        const pixels = bytes(text);
        button.setAttribute("aria-label", `Take ${words}`);
        this.paint(canvas, Float32Array.from(pixels, (grey) => grey / 255));
        button.append(canvas);
        button.addEventListener("click", ({ timeStamp }) => {
          this.take({ test: [strip.set, number] }, pixels, timeStamp);
          this.tell();
        });
        return button;
      }),
    );
  }

  // The server's answer to this browser's latest report.
  answered({ number, mean, log_var: logVar, picture, log_likelihood: likelihood, logits }) {
    if (number !== this.number || this.networks.running || !this.reported) return;
    this.pass = { x: this.reported, mean, logVar };
    this.show();
    this.finish(this.pass, Float32Array.from(bytes(picture), (grey) => grey / 255), likelihood);
    this.lists.forEach((list, k) => list.show(logits?.[k] ?? null));
  }

  // ---- the networks ----

  live() {
    this.quiet.textContent = "";
    this.box.dataset.networks = "live";
    this.encode();
  }

  fallBack(reason) {
    this.box.dataset.networks = "server";
    this.quiet.textContent = `Code and picture come from the server, when you let go, because ${reason}.`;
    if (this.source) this.tell();
  }

  // ---- input → code → picture ----

  // Takes the drawing as the next input; returns whether there is one.
  drawn(time, ended = false) {
    const { image: grey, problem } = prepare(greyOf(this.pen.pixels), this.model.size, this.model.preset);
    this.say(problem ? this.model.words.empty : "");
    if (!problem) this.take({ ink: true }, grey, time);
    if (ended) this.tell();
    return !problem;
  }

  // Takes grey levels 0 … 255 as the next input. source: {ink}, {test: [set, number]} or {own}.
  take(source, grey, time) {
    this.source = source;
    if (!source.ink) this.say("");
    this.x = Float32Array.from(grey, (level) => level / 255);
    this.paint("input", this.x);
    if (!this.networks.running) this.wait();
    this.encode(time);
  }

  wait() {
    this.box.classList.add("waiting");
    if (!this.networks.running && !this.quiet.textContent) this.quiet.textContent = LOADING;
  }

  async encode(time) {
    const { x, turns } = this, turn = ++turns.asked;
    const output = await this.networks.run("encoder", { x: floats([1, 1, ...this.model.size], x) });
    if (!output || turn < turns.encoded) return;
    turns.encoded = turn;
    this.pass = { x, mean: output.mean.data, logVar: output.log_var.data };
    await this.decode(time);
  }

  // The code with the user's changes: its mean, and z.
  code() {
    const { pass, model } = this, mean = this.bars.changed(pass.mean);
    this.noise ??= gaussian(new Float64Array(model.latent), seeded(this.seed));
    return { mean, z: sampled(mean, pass.logVar, this.noise, this.scale.valueAsNumber) };
  }

  // Shows the code as bars and on the map.
  show({ mean, z } = this.code()) {
    this.factor.textContent = fixed(this.scale.valueAsNumber, 2);
    this.bars.show(mean, this.pass.logVar, z);
    this.map.show(z);
  }

  async decode(time) {
    const { pass, turns } = this;
    if (!pass) return;
    const code = this.code(), turn = ++turns.asked;
    // Requested before the bars are drawn, so that both run at the same time.
    const decoded = this.networks.run("decoder", { z: floats([1, code.z.length], code.z) });
    this.show(code);
    if (!this.networks.running) this.wait();
    const output = await decoded;
    if (!output || turn < turns.decoded) return;
    turns.decoded = turn;
    this.finish(pass, output.picture.data);
    if (time !== undefined) this.latency.measure("drag", time);
    this.classify(pass.x, output.picture.data);
  }

  // Shows the picture and all numbers of a pass.
  finish({ x, mean: encoded, logVar }, picture, likelihood) {
    const mean = this.bars.changed(encoded), kl = sum(divergences(mean, logVar)), log = likelihood ?? logLikelihood(x, picture);
    this.box.classList.remove("waiting");
    if (this.quiet.textContent === LOADING) this.quiet.textContent = "";
    this.paint("picture", picture);
    this.figures.show({ elbo: log - kl, likelihood: log, kl, mse: mse(x, picture) }, { moved: this.bars.means.size > 0 });
  }

  async classify(x, picture) {
    const both = new Float32Array(2 * x.length);
    both.set(x);
    both.set(picture, x.length);
    const output = await this.networks.run("classifier", { x: { data: both, dims: [2, 1, ...this.model.size] } });
    if (!output) return;
    const { data } = output.logits, count = data.length / 2;
    this.lists.forEach((list, k) => list.show(data.subarray(k * count, (k + 1) * count)));
  }

  paint(where, values) {
    const canvas = this.views[where] ?? where, [height, width] = this.model.size;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext("2d").putImageData(image({ data: values, dims: [1, 1, height, width] }), 0, 0);
  }

  // ---- to the server ----

  tell() {
    this.number += 1;
    const { ink, test, own } = this.source ?? {};
    const state = {
      model: this.model.identity,
      ink: ink ? this.pen.text : "",
      test: test ?? null,
      own: Boolean(own),
      noise: this.seed,
      scale: this.scale.valueAsNumber,
      means: [...this.bars.means],
      view: this.map.kind,
    };
    const alone = this.box.dataset.networks !== "server";
    this.reported = alone ? null : this.x;
    if (!alone) this.noise ??= gaussian(new Float64Array(this.model.latent), seeded(this.seed));
    const input = alone ? {} : { input: Array.from(this.x, (value) => Math.round(255 * value)), epsilon: [...this.noise], number: this.number, have: this.map.identity ?? null };
    this.report("moved", { ...state, ...input });
  }
}

export default mount(Chain);
