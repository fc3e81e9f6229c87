// A toy GAN: a recording with a slider, and the same networks trained further in the browser (lib/toy_net.js).

import { floats } from "../lib/decode.js";
import { energyDistance, meanDistance } from "../lib/energy.js";
import { fill } from "../lib/fill.js";
import { LiveTraining } from "../lib/live_training.js";
import { mount } from "../lib/mount.js";
import { number, rough } from "../lib/numbers.js";
import { SPEEDS } from "../lib/play_button.js";
import { columns, extent, first } from "../lib/point_arrays.js";
import { gaussian, seeded } from "../lib/random.js";
import { Sketch } from "../lib/sketch.js";
import { Snapshots } from "../lib/snapshots.js";
import { Game } from "../lib/toy_net.js";
import { Picture } from "./picture.js";
import { outside } from "./points.js";
import { recorded } from "./recording.js";
import { Training } from "./training.js";

const DOTS = 250; // points of each kind that are drawn
const ROOM = 2.2; // times the width of the data's window, at most, for the points of a recording
const PER_SNAPSHOT = 160; // ms of a recording at speed 1
const ARROWS = { off: 0, "×1": 0.15, "×10": 1.5, "×100": 15 }; // standard deviations for a slope of 1

class Toy extends LiveTraining {
  constructor(root) {
    super(root, "toy_gan");
    const { find } = this;
    this.budget = 26;
    this.advice = "Choose smaller learning rates and restart.";
    this.csv = {
      step: ({ step }) => step,
      discriminator_loss: ({ d }) => d,
      generator_loss: ({ g }) => g,
      energy_distance: ({ energy }) => energy,
    };
    for (const name of ["play", "arrows"]) this[name] = find(`.${name}`);
    this.picture = new Picture(this.box);
    fill(this.arrows, Object.keys(ARROWS), "×1");
    this.time.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.play.click();
    });
    this.play.addEventListener("click", () => (this.playing ? this.pause() : this.playRecording()));
    for (const button of root.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.single(button.dataset.step));
    }
    this.arrows.addEventListener("change", () => this.draw());
    for (const chart of [this.picture.losses, this.picture.energy]) this.scrubs(chart);
    this.sketch = new Sketch(this.picture.plane, find(".undo"), find(".clear"), {
      begin: () => this.pause(),
      redraw: () => this.draw(),
      tell: (points) => this.report("points", points),
    });
  }

  // ---- from the server

  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity === data.identity) {
      this.training?.model.change(data.settings); // the training continues
      return this.draw();
    }
    this.find(".drawing").hidden = !data.draw;
    this.sketch.receive(data.points, data.draw ? data.window : null);
    this.pool = columns(floats(data.pool));
    this.fresh = columns(floats(data.fresh));
    this.within = meanDistance(this.fresh, this.fresh);
    this.noise = gaussian(new Float64Array(this.fresh.length), seeded(1)); // the same for all snapshots: a point moves
    this.beginAnew();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (data.recording && !before && !still) this.playRecording(); // so that a visitor sees at once what the page is about
  }

  // The recording from its first snapshot, or untrained networks.
  begin() {
    const { recording, settings } = this.data, game = new Game(settings, this.pool);
    this.training = null;
    this.say("");
    ({ generator: this.generator, discriminator: this.discriminator } = game); // only for drawing
    const { weights } = this.generator;
    const discriminator = this.discriminator.weights;
    const untrained = () => {
      const copies = { generator: weights.slice(), discriminator: discriminator.slice(), shown: weights.slice() };
      return [{ step: 0, d: null, g: null, energy: this.distance(), ...copies }];
    };
    this.snapshots = new Snapshots(recording ? recorded(recording, weights.length, discriminator.length) : untrained());
    this.window = recording ? this.roomForAll() : this.data.window;
    this.play.classList.toggle("first", !!recording);
    this.train.classList.toggle("first", !recording);
    this.show(0);
  }

  // The window of the data, wide enough for the points of every snapshot of a recording, and at most ROOM times as wide.
  roomForAll() {
    const { window, centre, scale } = this.data, ends = window.map((axis) => [...axis]);
    for (let k = 0; k <= this.snapshots.last; k++) {
      this.snapshots.at = k;
      this.generator.weights.set(this.snapshots.current.shown);
      const points = first(this.generated(), DOTS), n = points.length / 2;
      for (const axis of [0, 1]) {
        const [low, high] = extent(points.subarray(axis * n, (axis + 1) * n)).map((value) => value * scale[axis] + centre[axis]);
        const [from, to] = window[axis], beside = ((ROOM - 1) * (to - from)) / 2, margin = 0.03 * (to - from);
        if (low < from) ends[axis][0] = Math.min(ends[axis][0], Math.max(low - margin, from - beside));
        if (high > to) ends[axis][1] = Math.max(ends[axis][1], Math.min(high + margin, to + beside));
      }
    }
    return ends;
  }

  // Points (2, n) of the generator that is shown.
  generated() {
    return this.generator.forward(this.noise, this.noise.length / 2, "look").at(-1);
  }

  distance() {
    return energyDistance(this.generated(), this.fresh, this.within);
  }

  // ---- playing

  look({ shown, discriminator }) {
    this.generator.weights.set(shown);
    this.discriminator.weights.set(discriminator);
  }

  playRecording() {
    const { snapshots } = this;
    if (snapshots.last === 0) return;
    this.pause();
    if (snapshots.at === snapshots.last) this.show(0);
    this.playing = true;
    let before = performance.now();
    this.everyFrame((now) => {
      if (now - before < PER_SNAPSHOT / SPEEDS[this.speed.value]) return true;
      before = now;
      this.show(snapshots.at + 1);
      return snapshots.at < snapshots.last;
    });
    this.buttons();
  }

  get speeds() {
    return this.playing ? SPEEDS : super.speeds;
  }

  get usualSpeed() {
    return this.playing ? "1×" : super.usualSpeed;
  }

  buttons() {
    super.buttons();
    if (!this.snapshots) return;
    this.play.textContent = this.playing ? "❚❚ Pause" : "▶ Play";
    this.play.setAttribute("aria-label", this.playing ? "Pause the recording" : "Play the recording");
    this.play.disabled = this.snapshots.last === 0 || !!this.learning;
  }

  // ---- training

  // Makes a training that continues from the displayed snapshot.
  prepare() {
    const { snapshots } = this;
    if (this.training && snapshots.at === snapshots.last) this.training.start();
    else {
      snapshots.cut();
      this.training = new Training(this.data.settings, this.pool, snapshots.current);
    }
    if (this.training.model.constant) this.say("Training goes on with constant learning rates.");
  }

  get arrival() {
    if (!this.training.fallen) return "";
    const step = number(this.data.settings.steps);
    return `The learning rates have fallen to 0 at step ${step}. “Train more” goes on with constant ones.`;
  }

  add(measured) {
    const snapshot = { ...this.training.snapshot(measured), energy: this.snapshots.current.energy, passing: !measured };
    this.generator.weights.set(snapshot.shown);
    if (measured) snapshot.energy = this.distance();
    if (measured) this.box.dispatchEvent(new CustomEvent("measured", { bubbles: true, composed: true, detail: snapshot })); // for lessons
    this.snapshots.add(snapshot);
    this.show(this.snapshots.last);
  }

  // ---- drawing

  draw() {
    if (!this.snapshots) return;
    const { snapshots, window } = this, data = { ...this.data, window };
    const [real, generated] = [this.pool, this.generated()].map((points) => first(points, DOTS));
    const points = { real, generated, drawn: data.draw ? this.sketch.points : null, arrows: ARROWS[this.arrows.value] };
    this.drawCaption(this.words(outside(generated, data)));
    this.picture.draw(data, this, points, snapshots);
  }

  // left: the number of drawn points that are outside.
  words(left) {
    const { step, energy, headStartCount } = this.snapshots.current, { floor, settings } = this.data;
    const ahead = !step && headStartCount && headStartCount < settings.head_start;
    const head = ahead ? `, head start ${number(headStartCount)} of ${number(settings.head_start)}` : "";
    const where = floor === null ? "" : energy <= floor ? ", under the floor of real samples" : `, floor ${rough(floor, 2)}`;
    return `step ${number(step)}${head}: energy distance ${rough(energy, 2)}${where}${left ? `, ${left} of ${DOTS} points outside` : ""}${this.pace}`;
  }

  slide() {
    return this.picture.slide(() => this.draw());
  }
}

export default mount(Toy);
