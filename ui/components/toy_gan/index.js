// A toy GAN to watch: a recording under a slider, and the same networks trained on in the browser (lib/toy_net.js).

import { floats } from "../lib/decode.js";
import { download } from "../lib/download.js";
import { energyDistance, meanDistance } from "../lib/energy.js";
import { mount } from "../lib/mount.js";
import { number } from "../lib/numbers.js";
import { gaussian, seeded } from "../lib/random.js";
import { saveSlide } from "../lib/slide.js";
import { Game } from "../lib/toy_net.js";
import { columns, first } from "./arrays.js";
import { stepAt } from "./chart.js";
import { Picture } from "./picture.js";
import { Sketch } from "./sketch.js";
import { Snapshots, recorded } from "./snapshots.js";
import { Training } from "./training.js";

const DOTS = 250; // points of each kind that are drawn
const BUDGET = 26; // ms of training in every frame at full speed
const PER_SNAPSHOT = 160; // ms of a recording at speed 1
const TRAINING_SPEEDS = { "full": Infinity, "10 a picture": 10, "1 a picture": 1, "2 a second": 0 }; // steps a frame
const PLAYING_SPEEDS = { "0.5×": 0.5, "1×": 1, "2×": 2, "4×": 4 };
const ARROWS = { off: 0, "×1": 0.15, "×10": 1.5, "×100": 15 }; // standard deviations for a slope of 1

class Toy {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.find = find;
    this.box = find(".toy");
    for (const name of ["play", "time", "train", "caption", "message", "speed", "arrows"]) this[name] = find(`.${name}`);
    this.picture = new Picture(this.box);
    options(this.arrows, Object.keys(ARROWS), "×1");
    this.time.addEventListener("input", () => {
      this.pause();
      this.show(this.time.valueAsNumber);
    });
    this.time.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.play.click();
    });
    this.play.addEventListener("click", () => (this.playing ? this.pause() : this.playRecording()));
    this.train.addEventListener("click", () => (this.learning ? this.pause() : this.learn()));
    for (const button of root.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.single(button.dataset.step));
    }
    find(".again").addEventListener("click", () => {
      this.pause();
      this.begin();
    });
    this.arrows.addEventListener("change", () => this.draw());
    find(".png").addEventListener("click", () => this.save());
    find(".csv").addEventListener("click", () => download(this.snapshots.csvUrl(), "toy_gan.csv"));
    for (const chart of [this.picture.losses, this.picture.energy]) this.scrubs(chart);
    this.sketch = new Sketch(this.picture.plane, find(".undo"), find(".clear"), {
      begin: () => this.pause(),
      redraw: () => this.draw(),
      tell: (points) => this.report("points", points),
    });
  }

  // ---- what the server sends

  receive(data) {
    const before = this.data;
    this.data = data;
    if (before?.identity === data.identity) {
      this.training?.game.change(data.settings); // it goes on
      return this.draw();
    }
    this.pause();
    this.find(".drawing").hidden = !data.draw;
    this.sketch.receive(data.points, data.draw ? data.window : null);
    this.pool = columns(floats(data.pool));
    this.fresh = columns(floats(data.fresh));
    this.within = meanDistance(this.fresh, this.fresh);
    this.noise = gaussian(new Float64Array(this.fresh.length), seeded(1)); // the same for all snapshots: a point moves
    this.begin();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (data.recording && !before && !still) this.playRecording(); // a visitor sees at once what it is about
  }

  resize() {
    this.draw();
  }

  stop() {
    this.pause();
  }

  save() {
    const { save } = this.data, subtitle = [save.subtitle, this.caption.textContent].filter(Boolean).join(" · ");
    return saveSlide({ ...save, subtitle }, this.picture.slide(() => this.draw()), this.box);
  }

  // The recording from its first snapshot, or untrained networks.
  begin() {
    const { recording, settings } = this.data, game = new Game(settings, this.pool);
    this.training = null;
    this.say("");
    ({ generator: this.generator, discriminator: this.discriminator } = game); // only to look with
    const { weights } = this.generator;
    const discriminator = this.discriminator.weights;
    const untrained = () => {
      const copies = { generator: weights.slice(), discriminator: discriminator.slice(), shown: weights.slice() };
      return [{ step: 0, d: null, g: null, energy: this.distance(), ...copies }];
    };
    this.snapshots = new Snapshots(recording ? recorded(recording, weights.length, discriminator.length) : untrained());
    this.play.classList.toggle("first", !!recording);
    this.train.classList.toggle("first", !recording);
    this.show(0);
  }

  // Points (2, n) of the generator that is shown.
  generated() {
    return this.generator.forward(this.noise, this.noise.length / 2, "look").at(-1);
  }

  distance() {
    return energyDistance(this.generated(), this.fresh, this.within);
  }

  // ---- playing

  show(index) {
    this.snapshots.at = index;
    const { shown, discriminator } = this.snapshots.current;
    this.generator.weights.set(shown);
    this.discriminator.weights.set(discriminator);
    this.draw();
  }

  playRecording() {
    const { snapshots } = this;
    if (snapshots.last === 0) return;
    this.pause();
    if (snapshots.at === snapshots.last) this.show(0);
    this.playing = true;
    let before = performance.now();
    this.everyFrame((now) => {
      if (now - before < PER_SNAPSHOT / PLAYING_SPEEDS[this.speed.value]) return true;
      before = now;
      this.show(snapshots.at + 1);
      return snapshots.at < snapshots.last;
    });
    this.buttons();
  }

  // Calls turn(now) in every frame until it returns false, and then pauses.
  everyFrame(turn) {
    const frame = (now) => {
      if (!turn(now)) return this.pause();
      this.timer = requestAnimationFrame(frame);
    };
    this.timer = requestAnimationFrame(frame);
  }

  pause() {
    cancelAnimationFrame(this.timer);
    if (this.learning) this.add(true);
    this.playing = this.learning = false;
    this.buttons();
  }

  buttons() {
    if (!this.snapshots) return;
    const speeds = this.playing ? PLAYING_SPEEDS : TRAINING_SPEEDS;
    if (this.speeds !== speeds) options(this.speed, Object.keys(speeds), this.playing ? "1×" : "full");
    this.speeds = speeds;
    this.play.textContent = this.playing ? "❚❚ Pause" : "▶ Play";
    this.play.setAttribute("aria-label", this.playing ? "Pause the recording" : "Play the recording");
    this.train.textContent = this.learning ? "❚❚ Pause" : this.snapshots.current.step ? "Train on" : "Train";
    this.play.disabled = this.snapshots.last === 0 || !!this.learning;
  }

  // ---- training

  // A training that goes on from the snapshot that is shown.
  prepare() {
    const { snapshots } = this;
    if (this.training && snapshots.at === snapshots.last) return this.training.start();
    snapshots.cut();
    this.training = new Training(this.data.settings, this.pool, snapshots.current);
  }

  learn() {
    this.pause();
    this.say("");
    this.prepare();
    if (this.ended()) return;
    this.learning = true;
    let frames = 0, before = 0;
    this.everyFrame((now) => {
      const { training } = this, perFrame = TRAINING_SPEEDS[this.speed.value], until = performance.now() + BUDGET;
      if (!perFrame && now - before < 500) return true; // two steps a second
      before = now;
      const goesOn = () => performance.now() < until && !training.arrived && !training.ended;
      for (let k = 0; k < (perFrame || 1) && goesOn(); k++) training.take("both");
      if (this.lost()) return false;
      this.add(perFrame <= 1 || frames++ % 4 === 0); // an energy distance costs as much as a few steps
      return !this.ended() && !training.arrived;
    });
    this.buttons();
  }

  single(player) {
    this.pause();
    this.prepare();
    this.training.take(player);
    if (this.lost()) return;
    this.add(true);
    this.buttons();
  }

  ended() {
    const { ended } = this.training, step = number(this.data.settings.steps);
    if (ended) this.say(`The learning rates have fallen to 0 at step ${step}. Restart, or let them not fall.`);
    return ended;
  }

  lost() {
    if (!this.training.game.diverged) return false;
    const step = number(this.training.step), advice = "Choose smaller learning rates and restart.";
    this.say(`The training diverged at step ${step}: its numbers grow without bound. ${advice}`);
    this.learning = false;
    this.training = null;
    this.buttons();
    return true;
  }

  // What the training is at now becomes the last snapshot and is shown; measured: whether its energy distance is new, else
  // the next snapshot takes its place.
  add(measured) {
    const snapshot = { ...this.training.snapshot(measured), energy: this.snapshots.current.energy, passing: !measured };
    this.generator.weights.set(snapshot.shown);
    if (measured) snapshot.energy = this.distance();
    this.snapshots.add(snapshot);
    this.show(this.snapshots.last);
  }

  say(words) {
    this.message.textContent = words;
    this.message.hidden = !words;
  }

  // ---- drawing

  draw() {
    if (!this.snapshots) return;
    const { data, snapshots } = this, words = this.words();
    this.time.max = snapshots.last;
    this.time.value = snapshots.at;
    this.caption.textContent = words;
    this.time.setAttribute("aria-valuetext", words);
    this.buttons();
    const [real, generated] = [this.pool, this.generated()].map((points) => first(points, DOTS));
    const points = { real, generated, drawn: data.draw ? this.sketch.points : null, arrows: ARROWS[this.arrows.value] };
    this.picture.draw(data, this, points, snapshots);
  }

  words() {
    const { step, energy, headStartCount } = this.snapshots.current, { floor, settings } = this.data;
    const ahead = !step && headStartCount && headStartCount < settings.head_start;
    const head = ahead ? `, head start ${number(headStartCount)} of ${number(settings.head_start)}` : "";
    const where = floor === null ? "" : energy <= floor ? ", under the floor of real samples" : `, floor ${floor.toPrecision(2)}`;
    const pace = this.learning && this.training.pace ? `, ${number(Math.round(this.training.pace))} steps a second` : "";
    return `step ${number(step)}${head}: energy distance ${energy.toPrecision(2)}${where}${pace}`;
  }

  // A chart is a slider too.
  scrubs(chart) {
    const follow = (event) => {
      if (!this.snapshots || this.learning) return;
      this.pause();
      this.show(this.snapshots.nearest(stepAt(chart, event, this.snapshots.end || 1)));
    };
    chart.addEventListener("pointerdown", (event) => {
      chart.setPointerCapture(event.pointerId);
      follow(event);
    });
    chart.addEventListener("pointermove", (event) => chart.hasPointerCapture(event.pointerId) && follow(event));
  }
}

function options(select, names, chosen) {
  select.replaceChildren(...names.map((name) => new Option(name, name, name === chosen, name === chosen)));
}

export default mount(Toy);
