// A toy VAE trained in the browser (lib/toy_vae.js), with controls for β, σ and the learning rate during training.

import { boxOf } from "../lib/canvas.js";
import { bytes, floats } from "../lib/decode.js";
import { energyDistance, meanDistance } from "../lib/energy.js";
import { planeScales } from "../lib/dots.js";
import { element } from "../lib/element.js";
import { fill } from "../lib/fill.js";
import { Knobs } from "../lib/knobs.js";
import { Course, LiveTraining } from "../lib/live_training.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number, rough, sum } from "../lib/numbers.js";
import { columns, first } from "../lib/point_arrays.js";
import { gaussian, seeded } from "../lib/random.js";
import { isShortcut } from "../lib/shortcut.js";
import { Sketch } from "../lib/sketch.js";
import { Snapshots } from "../lib/snapshots.js";
import { ToyVAE, logDensity } from "../lib/toy_vae.js";
import { reach, scales } from "./latent.js";
import { Picture, elbo, klOf } from "./picture.js";
import { SHOWN } from "./pictures.js";

const DOTS = 250; // points of each kind that are drawn
const SAMPLES = 500; // of an energy distance
const GREYS = 16; // of a small digit's pixel
const STEP = 0.1; // of a key, in standard deviations of the prior
const SHOWS = { samples: "samples of the model", means: "samples without noise σ", reconstructions: "reconstructions" };
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

class ToyVAEs extends LiveTraining {
  constructor(root) {
    super(root, "toy_vae");
    const { find } = this;
    this.budget = 12;
    this.advice = "Choose a smaller learning rate or a larger σ and restart.";
    this.csv = {
      step: ({ step }) => step,
      beta: ({ numbers }) => numbers.beta,
      sigma: ({ numbers }) => numbers.sigma,
      learning_rate: ({ numbers }) => numbers.rate,
      reconstruction_nats: ({ reconstruction }) => reconstruction,
      kl_nats: klOf,
      elbo_nats: elbo,
      energy_distance: ({ energy }) => energy,
    };
    for (const name of ["shows", "latent"]) this[name] = find(`.${name}`);
    this.picture = new Picture(this.box);
    this.knobs = new Knobs(root, (name) => this.turned(name));
    find(".single").addEventListener("click", () => this.single());
    this.shows.addEventListener("change", () => this.draw());
    for (const chart of [this.picture.terms, this.picture.kl]) this.scrubs(chart);
    this.sketch = new Sketch(this.picture.plane, find(".undo"), find(".clear"), {
      begin: () => this.pause(),
      redraw: () => this.draw(),
      tell: (points) => this.report("points", points),
    });
    this.probes();
  }

  // ---- from the server

  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity === data.identity) {
      Object.assign(this.settings, { batch: data.settings.batch, steps: data.settings.steps }); // the user sets the rest
      return this.draw();
    }
    this.find(".drawing").hidden = !data.draw;
    this.sketch.receive(data.points, data.draw ? data.window : null);
    this.dimensions = data.side ? data.side ** 2 : 2;
    const read = (text) => columns(data.side ? Float64Array.from(bytes(text), (grey) => grey / GREYS) : floats(text), this.dimensions);
    [this.pool, this.fresh] = [data.pool, data.fresh].map(read);
    this.count = this.fresh.length / this.dimensions;
    this.squares = this.spread();
    this.within = data.side ? null : meanDistance(this.fresh, this.fresh);
    this.settings = { ...data.settings };
    this.knobs.receive(data.settings);
    const { latent } = this.settings, draw = (length, seed) => gaussian(new Float64Array(length), seeded(seed));
    // The same for all snapshots: a point moves, it does not jump.
    this.noise = { q: draw(latent * this.count, 1), z: draw(latent * SAMPLES, 2), x: draw(this.dimensions * SAMPLES, 3) };
    const offered = data.side ? ["means", "samples"] : Object.keys(SHOWS);
    fill(this.shows, offered.map((name) => [name, SHOWS[name]]), offered.includes(data.shows) ? data.shows : offered[0]);
    this.probe = null;
    this.labels();
    this.beginAnew();
  }

  // The captions of the pictures.
  labels() {
    const { data, settings } = this, bars = settings.latent === 1;
    const key = this.find(".key"), shape = bars ? "bars" : "ellipses";
    key.textContent = `${shape}: q(z|x), mean ± 1 sd; dashed: the prior`;
    if (data.labels) {
      const digits = data.colours.map((colour, digit) => element("b", { textContent: digit, style: `color: ${colour}` }));
      key.replaceChildren(`${shape}: q(z|x) of a `, ...digits);
    }
    const names = bars ? [] : ["first", "second"].flatMap((name, k) => [element("i", { className: name }), `z${"₁₂"[k]} `]);
    this.find(".dimensions").replaceChildren(...names);
    const shown = data.side ? "Real pictures, their reconstructions and samples" : "Real points, the decoder's mesh and samples or reconstructions";
    this.picture.plane.setAttribute("aria-label", this.inPlane ? `${shown}. Arrow keys move a point that is encoded and decoded; Escape removes it.` : shown);
    if (this.inPlane) this.picture.plane.tabIndex = 0;
  }

  // Starts with untrained networks.
  begin() {
    this.vae = new ToyVAE(this.settings, this.pool, this.dimensions); // only for drawing
    this.training = null;
    this.say("");
    this.snapshots = new Snapshots([{ step: 0, ...this.weights(this.vae), ...this.measured() }]);
    this.show(0);
  }

  weights({ encoder, decoder }) {
    return { encoder: Float32Array.from(encoder.weights), decoder: Float32Array.from(decoder.weights) };
  }

  // Measurements of the displayed networks, on points that are not trained on.
  measured() {
    const { terms } = this.vae.look(this.fresh, this.noise.q, this.count, "measure"), { beta, sigma, rate } = this.settings;
    const energy = this.data.side ? null : energyDistance(this.samples(sigma, SAMPLES), this.fresh, this.within);
    return { ...terms, energy, numbers: { beta, sigma, rate } };
  }

  // The first `count` samples from codes of the prior, (dimensions, count), with noise of this standard deviation.
  samples(sigma, count) {
    const z = first(this.noise.z, count, this.settings.latent), noise = first(this.noise.x, count, this.dimensions);
    return this.vae.decoder.forward(z, count, "samples").at(-1).map((value, k) => value + sigma * noise[k]);
  }

  // The same with the noise that the user has chosen.
  shownSamples(count) {
    return this.samples(this.shows.value === "samples" ? this.settings.sigma : 0, count);
  }

  get remark() {
    const { beta, sigma } = this.settings;
    return `β = ${number(beta)}, σ = ${number(sigma)}`;
  }

  // ---- training

  look({ encoder, decoder }) {
    this.vae.encoder.weights.set(encoder);
    this.vae.decoder.weights.set(decoder);
  }

  prepare() {
    const { snapshots } = this;
    if (this.training && snapshots.at === snapshots.last) return this.training.start();
    snapshots.cut();
    this.training = new VAECourse(new ToyVAE(this.settings, this.pool, this.dimensions), snapshots.current);
  }

  add(measured) {
    const snapshot = { ...this.snapshots.current, step: this.training.step, ...this.weights(this.training.model), passing: !measured };
    this.look(snapshot);
    if (measured) Object.assign(snapshot, this.measured());
    this.snapshots.add(snapshot);
    this.show(this.snapshots.last);
  }

  // A knob was moved: a training continues with its value, and a paused picture is updated to it.
  turned(name) {
    this.settings[name] = this.knobs.values[name];
    const { beta, sigma, rate } = this.settings;
    this.report("numbers", [beta, sigma, rate]);
    if (this.learning) return;
    if (name === "sigma") Object.assign(this.snapshots.current, this.measured());
    this.draw();
  }

  // ---- a code under the hand

  probes() {
    const { latent, picture: { plane } } = this;
    const inLatent = (event) => {
      const box = latent.getBoundingClientRect(), half = reach(this.codes().means);
      const { x, y } = scales(half, 2 * half, 2 * half); // both are straight lines
      const [a, b] = [(2 * half * (event.clientX - box.left)) / box.width, (2 * half * (event.clientY - box.top)) / box.height];
      this.move({ z: [a - x(0), y(0) - b].slice(0, this.settings.latent) });
    };
    const inPlane = (event) => {
      if (this.data.side || event.buttons) return;
      const { width, height, at } = boxOf(plane), { x, y } = planeScales(this.data, width, height), [right, down] = at(event);
      const place = (scale, where) => (where - scale(0)) / (scale(1) - scale(0));
      this.move({ x: [place(x, right), place(y, down)] });
    };
    for (const [canvas, follow] of [[latent, inLatent], [plane, inPlane]]) {
      for (const kind of ["pointerdown", "pointermove"]) canvas.addEventListener(kind, (event) => this.snapshots && follow(event));
      canvas.addEventListener("pointerleave", () => this.move(null));
    }
    const moved = (values, way) => values.map((value, k) => clamp(value + STEP * way[k], -20, 20));
    const byKey = (canvas, probed) => {
      canvas.addEventListener("keydown", (event) => {
        if (isShortcut(event)) return;
        if (event.key === "Escape") return this.move(null);
        const way = KEYS[event.key], probe = way && probed(way);
        if (!probe) return;
        event.preventDefault();
        this.move(probe);
      });
      canvas.addEventListener("blur", () => this.move(null));
    };
    byKey(latent, (way) => ({ z: moved(this.probe?.z ?? new Array(this.settings.latent).fill(0), way) }));
    byKey(plane, (way) => this.inPlane && { x: moved(this.probe?.x ?? [0, 0], way) });
  }

  // Whether the keyboard probes a point of the data's plane; otherwise it draws points.
  get inPlane() {
    return !this.data.side && !this.data.draw;
  }

  move(probe) {
    this.probe = probe;
    if (!this.learning) this.draw();
  }

  // The code of the probe and its decoded mean, by the displayed networks; null without a probe.
  probed() {
    if (!this.probe) return null;
    const { vae, probe } = this, latent = this.settings.latent;
    let q = null, z = probe.z;
    if (probe.x) {
      const out = vae.encoder.forward(Float64Array.from(probe.x), 1, "probe").at(-1);
      z = [...out.subarray(0, latent)];
      q = { mean: z, sd: Array.from(out.subarray(latent), (logVar) => Math.exp(logVar / 2)) };
    }
    const decoded = vae.decoder.forward(Float64Array.from(z), 1, "probe").at(-1).slice();
    return { z, q, from: probe.x ?? null, mean: [...decoded], pixels: this.data.side ? decoded : null };
  }

  describe(probed) {
    if (!probed) return "";
    const { centre, scale, side } = this.data, list = (values, digits) => `(${values.map((value) => fixed(value, digits)).join(", ")})`;
    const back = (point) => list(point.map((value, axis) => value * scale[axis] + centre[axis]), 2);
    const { z, q, from, mean } = probed;
    if (q) return `x = ${back(from)} → q(z|x): mean ${list(z, 2)}, sd ${list(q.sd, 2)} → mean of p(x|z): ${back(mean)}`;
    return `z = ${list(z, 2)}${side ? "" : ` → mean of p(x|z): ${back(mean)}`}`;
  }

  // ---- drawing

  // q(z|x) of points that are not trained on: {means, logVars}, (latent, count) each.
  codes() {
    const q = this.vae.encoder.forward(this.fresh, this.count, "codes").at(-1), half = q.length / 2;
    return { means: q.subarray(0, half), logVars: q.subarray(half) };
  }

  draw() {
    if (!this.snapshots) return;
    const { data, settings, snapshots, vae } = this, codes = this.codes(), probe = this.probed();
    this.drawCaption(this.words());
    this.find(".distance").textContent = this.distance();
    this.find(".probe").textContent = this.describe(probe);
    const content = { codes, probe, baseline: logDensity(this.squares, settings.sigma, this.dimensions), ...(data.side ? this.pictures(codes) : this.points(codes)) };
    this.picture.draw(data, vae, content, snapshots);
  }

  points(codes) {
    const pairs = this.shows.value === "reconstructions", real = first(this.fresh, DOTS);
    const generated = pairs ? this.reconstructed(codes, DOTS) : this.shownSamples(DOTS);
    return { real, generated, pairs, drawn: this.data.draw ? this.sketch.points : null };
  }

  pictures(codes) {
    return { real: this.fresh, reconstructions: this.reconstructed(codes, SHOWN.pairs), samples: this.shownSamples(SHOWN.samples) };
  }

  // Decoded means of the first q(z|x).
  reconstructed({ means }, most) {
    const { latent } = this.settings, some = first(means, most, latent);
    return this.vae.decoder.forward(some, some.length / latent, "reconstructed").at(-1);
  }

  // Mean squared distance of the data to their mean.
  spread() {
    const { fresh, count, dimensions } = this;
    let squares = 0;
    for (let unit = 0; unit < dimensions; unit++) {
      const values = fresh.subarray(unit * count, (unit + 1) * count), mean = sum(values) / count;
      for (const value of values) squares += (value - mean) ** 2 / count;
    }
    return squares;
  }

  words() {
    const { current } = this.snapshots, { step } = current, digits = this.data.side ? 1 : 2;
    const [whole, gain, kl] = [elbo(current), current.reconstruction, klOf(current)].map((nats) => fixed(nats, digits));
    return `step ${number(step)}: ELBO ${whole} = reconstruction ${gain} − KL ${kl} nats${this.pace}`;
  }

  distance() {
    const { energy } = this.snapshots.current;
    if (energy === null) return "";
    return `Samples to real points: energy distance ${rough(energy, 2)}, floor ${rough(this.data.floor, 2)}`;
  }

  slide() {
    return this.picture.slide(() => this.draw(), !!this.data.side);
  }
}

class VAECourse extends Course {
  take() {
    this.model.step();
  }
}

export default mount(ToyVAEs);
