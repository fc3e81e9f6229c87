// Base of components that train networks in the browser: buttons, speed, and the course of a training with a slider.
//
// A subclass has `budget` (ms of training in a frame), receive(data), begin() (makes the first snapshots), prepare() (makes
// this.training, a Course that continues from the current snapshot), add(measured) (appends a snapshot of the training;
// measured: with the numbers that take as long as a few steps), look(snapshot) (loads its weights into the displayed
// networks), draw(), slide() (for lib/slide.js), and csv, {title: function of a snapshot}.

import { download } from "./download.js";
import { dragging } from "./dragging.js";
import { fill } from "./fill.js";
import { number } from "./numbers.js";
import { saveSlide } from "./slide.js";
import { stepAt } from "./step_chart.js";

const FULL = "full speed";
const SPEEDS = { [FULL]: Infinity, "10 steps/frame": 10, "1 step/frame": 1, "2 steps/s": 0 }; // {name: steps per frame}

export class LiveTraining {
  constructor(root, file) {
    this.find = (selector) => root.querySelector(selector);
    this.box = this.find(".toy");
    for (const name of ["time", "train", "caption", "message", "speed"]) this[name] = this.find(`.${name}`);
    this.time.addEventListener("input", () => {
      const chosen = this.snapshots.list[this.time.valueAsNumber]; // a training that pauses moves the slider to its end
      this.pause();
      this.show(this.snapshots.place(chosen));
    });
    this.train.addEventListener("click", () => (this.learning ? this.pause() : this.learn()));
    this.find(".again").addEventListener("click", () => this.restart());
    this.find(".png").addEventListener("click", () => this.save());
    this.find(".csv").addEventListener("click", () => download(this.snapshots.csv(this.csv), `${file}.csv`, "text/csv"));
  }

  // A slide with the words of the server (data.save), what the caption says, and slide() of the subclass.
  save() {
    const { save } = this.data, words = [save.subtitle, this.remark, this.caption.textContent];
    const subtitle = words.filter(Boolean).join(" · ");
    return saveSlide({ ...save, subtitle }, this.slide(), this.box);
  }

  resize() {
    this.draw();
  }

  // The component has left the page.
  stop() {
    cancelAnimationFrame(this.timer);
  }

  restart() {
    this.pause();
    this.begin();
  }

  // Other networks or data: a running training starts again with them.
  beginAnew() {
    const { learning } = this;
    cancelAnimationFrame(this.timer);
    this.playing = this.learning = false;
    this.begin();
    if (learning) this.learn();
  }

  show(index) {
    this.snapshots.at = index;
    this.look(this.snapshots.current);
    this.draw();
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
    const { learning } = this;
    this.playing = this.learning = false;
    if (learning) {
      this.snapshots.current.passing = true; // the measured snapshot of the same step replaces it
      this.add(true);
    }
    this.buttons();
  }

  buttons() {
    if (!this.snapshots) return;
    const { speeds } = this;
    if (this.offeredSpeeds !== speeds) fill(this.speed, Object.keys(speeds), this.usualSpeed);
    this.offeredSpeeds = speeds;
    this.train.textContent = this.learning ? "❚❚ Pause" : this.snapshots.current.step ? "Train more" : "Train";
  }

  // A further part of the subtitle of a slide.
  get remark() {
    return "";
  }

  // The sentence when a training pauses by itself.
  get arrival() {
    return "";
  }

  get speeds() {
    return SPEEDS;
  }

  get usualSpeed() {
    return FULL;
  }

  learn() {
    this.pause();
    this.say("");
    this.prepare();
    this.learning = true;
    let frames = 0, before = 0;
    this.everyFrame((now) => {
      const { training } = this, perFrame = SPEEDS[this.speed.value], until = performance.now() + this.budget;
      if (!perFrame && now - before < 500) return true; // two steps a second
      before = now;
      const goesOn = () => performance.now() < until && !training.arrived;
      for (let k = 0; k < (perFrame || 1) && (k === 0 || goesOn()); k++) training.take("both");
      if (this.lost()) return false;
      this.add(perFrame <= 1 || frames++ % 4 === 0);
      if (training.arrived) this.say(this.arrival);
      return !training.arrived;
    });
    this.buttons();
  }

  single(player = "both") {
    this.pause();
    this.prepare();
    this.training.take(player);
    if (this.lost()) return;
    this.add(true);
    this.buttons();
  }

  lost() {
    if (!this.training.diverged) return false;
    const step = number(this.training.step);
    this.say(`The training diverged at step ${step}: its numbers grow without bound. ${this.advice}`);
    this.learning = false;
    this.training = null;
    this.buttons();
    return true;
  }

  say(words) {
    this.message.textContent = words;
    this.message.hidden = !words;
  }

  // The caption under the slider, and the slider's place.
  drawCaption(words) {
    this.time.max = this.snapshots.last;
    this.time.value = this.snapshots.at;
    this.caption.textContent = words;
    this.time.setAttribute("aria-valuetext", words);
    this.buttons();
  }

  // The pace in words, during a training.
  get pace() {
    const pace = this.learning && this.training.pace;
    return pace ? `, ${number(Math.round(pace))} steps a second` : "";
  }

  // A chart is a slider too.
  scrubs(chart) {
    const follow = (event) => {
      if (!this.snapshots || this.learning) return;
      this.pause();
      this.show(this.snapshots.nearest(stepAt(chart, event, this.snapshots.end || 1)));
    };
    dragging(chart, { grab: follow, drag: follow, drop: () => {} });
  }
}

// A training of a model {settings, stepCount, diverged} that goes on from a snapshot, with its pace.
export class Course {
  constructor(model, snapshot) {
    this.model = model;
    model.load(snapshot);
    this.start();
  }

  // Measures the pace from here on.
  start() {
    this.since = { time: performance.now(), step: this.step };
  }

  get step() {
    return this.model.stepCount;
  }

  // Steps a second.
  get pace() {
    return (1000 * (this.step - this.since.step)) / (performance.now() - this.since.time);
  }

  // A training pauses once at the number of steps that was asked for.
  get arrived() {
    const { steps } = this.model.settings;
    return this.step === steps && this.since.step < steps;
  }

  get diverged() {
    return this.model.diverged;
  }
}
