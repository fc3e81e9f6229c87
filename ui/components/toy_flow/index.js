// Flow matching in the plane, trained in the browser (lib/toy_flow.js), with controls for time, solver and steps.

import { boxOf } from "../lib/canvas.js";
import { floats } from "../lib/decode.js";
import { dragging } from "../lib/dragging.js";
import { energyDistance, meanDistance } from "../lib/energy.js";
import { planeScales } from "../lib/dots.js";
import { fill } from "../lib/fill.js";
import { Knobs } from "../lib/knobs.js";
import { Course, LiveTraining } from "../lib/live_training.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed, number, rough } from "../lib/numbers.js";
import { SOLVERS, path } from "../lib/ode.js";
import { showPlaying } from "../lib/play_button.js";
import { columns, first } from "../lib/point_arrays.js";
import { gaussian, seeded } from "../lib/random.js";
import { Sketch } from "../lib/sketch.js";
import { Snapshots } from "../lib/snapshots.js";
import { stepAt } from "../lib/step_chart.js";
import { ToyFlow } from "../lib/toy_flow.js";
import { write } from "../lib/write.js";
import { Picture } from "./picture.js";
import { Probe } from "./probe.js";
import { COUNTS, Sweep } from "./sweep.js";

const DOTS = 200; // points of each kind that are drawn
const SHARE = 3; // during a training the paths are computed again after a pause of so many times the duration of the last computation
const DURATION = 2500; // ms from noise to data
const REACH = 2.8; // standard deviations of the noise that the picture shows

class ToyFlows extends LiveTraining {
  constructor(root) {
    super(root, "toy_flow");
    const { find } = this;
    this.budget = 14;
    this.advice = "Choose a smaller learning rate and restart.";
    this.csv = {
      step: ({ step }) => step,
      loss: ({ loss }) => loss,
      solver: ({ solver }) => solver,
      solver_steps: ({ count }) => count,
      energy_distance: ({ energy }) => energy,
    };
    for (const name of ["t", "walk", "solver", "count", "paths", "field", "waits"]) this[name] = find(`.${name}`);
    this.picture = new Picture(this.box);
    this.knobs = new Knobs(root, () => this.turned());
    this.count.max = COUNTS.length - 1;
    find(".single").addEventListener("click", () => this.single());
    for (const box of [this.paths, this.field]) box.addEventListener("change", () => this.draw());
    this.t.addEventListener("input", () => this.goTo(this.t.valueAsNumber));
    this.walk.addEventListener("click", () => (this.walking ? this.rest() : this.walkOn()));
    for (const control of [this.solver, this.count]) control.addEventListener("input", () => this.turned());
    this.scrubs(this.picture.loss);
    this.picksCount(this.picture.sweep);
    this.sketch = new Sketch(this.picture.plane, find(".undo"), find(".clear"), {
      begin: () => this.pause(),
      redraw: () => this.draw(),
      tell: (points) => this.report("points", points),
    });
    this.probe = new Probe(this.picture.plane, find(".hand"), () => {
      this.draws();
      this.draw();
    });
    dragging(this.picture.plane, {
      grab: (event) => this.probe.drags && this.probe.put(this.placeOf(event)),
      drag: (event) => this.probe.put(this.placeOf(event)),
      drop: () => {},
    });
  }

  // ---- from the server

  receive(data) {
    const before = this.data;
    if (before?.identity === data.identity) {
      this.data = { ...data, window: before.window };
      Object.assign(this.settings, { batch: data.settings.batch, steps: data.settings.steps }); // the user sets the rate
      return this.draw();
    }
    this.data = { ...data, window: data.draw ? data.window : roomForNoise(data) };
    this.settings = { ...data.settings };
    this.knobs.receive(data.settings);
    const { t, solver, steps } = data.view;
    this.t.value = t;
    fill(this.solver, Object.entries(SOLVERS).map(([name, one]) => [name, one.name]), solver);
    this.count.value = COUNTS.indexOf(steps);
    [this.pool, this.fresh] = [data.pool, data.fresh].map((text) => columns(floats(text)));
    this.within = meanDistance(this.fresh, this.fresh);
    this.noise = gaussian(new Float64Array(this.fresh.length), seeded(1)); // the same for all snapshots: a point moves
    this.someNoise = first(this.noise, DOTS);
    this.probe.offer(data.draw);
    this.sketch.receive(data.points, null);
    this.draws();
    this.rest(false);
    this.beginAnew();
    if (!data.trained || this.learning) return;
    this.show(this.snapshots.last);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!before && !still && t === 1) this.walkOn(false); // so that a visitor sees at once what the page is about
  }

  // Whether the pointer draws points or holds one.
  draws() {
    const { data, probe, sketch, picture: { plane } } = this, window = data.draw && !probe.drags ? data.window : null;
    this.find(".drawing").hidden = !window;
    sketch.receive(sketch.points, window);
    plane.tabIndex = 0;
    const what = "Noise, real and generated points, with the paths between them";
    plane.setAttribute("aria-label", window ? what : `${what}. Arrow keys move ${probe.name}, whose path is shown; Escape removes it.`);
  }

  // An untrained network, and the one of the server where it sends one.
  begin() {
    this.flow = new ToyFlow(this.settings, this.pool); // only for drawing
    this.training = null;
    this.say("");
    const weights = Float32Array.from(this.flow.mean);
    this.snapshots = new Snapshots([{ step: 0, weights, mean: weights, loss: null, energy: null, ...this.way }]);
    if (this.data.trained) {
      const { step, loss, weights: text } = this.data.trained, trained = floats(text);
      this.snapshots.add({ step, weights: trained, mean: trained, loss, energy: null, ...this.way });
    }
    this.show(0);
  }

  // The chosen solver and number of steps from noise to data.
  get way() {
    return { solver: this.solver.value, count: COUNTS[this.count.valueAsNumber] };
  }

  get moment() {
    return this.t.valueAsNumber;
  }

  velocity = (x, t) => this.flow.velocity(x, t);

  // ---- training

  look({ mean }) {
    this.flow.network.weights.set(mean);
    this.places = null;
    this.measureLater();
  }

  prepare() {
    const { snapshots } = this;
    if (this.training && snapshots.at === snapshots.last) return this.training.start();
    snapshots.cut();
    this.training = new FlowCourse(new ToyFlow(this.settings, this.pool), snapshots.current);
  }

  add(measured) {
    const { training: { model }, snapshots } = this, { solver, count, energy } = snapshots.current;
    const [weights, mean] = [model.network.weights, model.mean].map((values) => Float32Array.from(values));
    const snapshot = { step: model.stepCount, weights, mean, loss: model.recent, passing: !measured, solver, count, energy };
    const now = performance.now();
    if (measured && this.learning && now > (this.nextMeasured ?? 0)) {
      this.flow.network.weights.set(mean);
      const { solver, count } = this.way;
      Object.assign(snapshot, { energy: this.distance(path(this.velocity, this.noise, { steps: count, solver }).at(-1)), solver, count });
      this.nextMeasured = performance.now() + 2 * SHARE * (performance.now() - now);
    }
    snapshots.add(snapshot);
    const { places } = this, early = this.learning && now < this.nextPaths; // the old paths are shown for a moment
    this.show(snapshots.last, early ? places : null);
  }

  show(index, places = null) {
    this.snapshots.at = index;
    this.look(this.snapshots.current);
    this.places = places;
    this.draw();
  }

  distance(points) {
    return energyDistance(points, this.fresh, this.within);
  }

  // ---- the distance by number of steps, computed when idle

  measureLater() {
    cancelAnimationFrame(this.measuring);
    const { flow: { network } } = this, trained = !this.learning && this.snapshots.current.step > 0;
    this.sweep = new Sweep(this.velocity, this.noise, (points) => this.distance(points));
    if (!trained) return;
    const frame = () => {
      if (network !== this.flow.network) return;
      const { sweep } = this;
      if (sweep.go()) this.arrived();
      if (!sweep.ended) this.measuring = requestAnimationFrame(frame);
    };
    this.measuring = requestAnimationFrame(frame);
  }

  // A distance has been computed, perhaps for the chosen solver and number of steps.
  arrived() {
    const { solver, count } = this.way, energy = this.sweep.distances[solver][COUNTS.indexOf(count)];
    if (energy !== null) Object.assign(this.snapshots.current, { energy, solver, count });
    this.draw();
  }

  stop() {
    super.stop();
    cancelAnimationFrame(this.measuring);
    cancelAnimationFrame(this.clock);
  }

  // ---- from the hand

  goTo(t) {
    this.rest(false);
    this.t.value = t;
    this.draw();
    this.tell();
  }

  turned() {
    this.settings.rate = this.knobs.values.rate;
    this.places = null;
    if (this.learning) this.draw();
    else this.arrived();
    this.tell();
  }

  tell() {
    const { solver, count } = this.way;
    this.report("view", { t: this.moment, solver, steps: count, rate: this.settings.rate });
  }

  // Moves t on from its value, or from 0 if it is at the end. tell: whether the end is reported.
  walkOn(tell = true) {
    if (this.moment >= 1) this.t.value = 0;
    this.walking = true;
    showPlaying(this.walk, true);
    this.walk.setAttribute("aria-label", "Hold t");
    const from = this.moment;
    let began = null;
    const frame = (now) => {
      began ??= now;
      this.t.value = from + (now - began) / DURATION;
      this.draw();
      if (this.moment >= 1) return this.rest(tell);
      this.clock = requestAnimationFrame(frame);
    };
    this.clock = requestAnimationFrame(frame);
  }

  rest(tell = true) {
    cancelAnimationFrame(this.clock);
    const { walking } = this;
    this.walking = false;
    showPlaying(this.walk, false);
    this.walk.setAttribute("aria-label", "Move t from noise to data");
    if (!tell || !walking) return;
    this.draw();
    this.tell();
  }

  // A press on the chart takes that number of steps.
  picksCount(chart) {
    const follow = (event) => {
      this.count.value = Math.round(clamp(stepAt(chart, event, COUNTS.length - 1), 0, COUNTS.length - 1));
      this.turned();
    };
    dragging(chart, { grab: follow, drag: follow, drop: () => {} });
  }

  // Standardised, of a pointer on the plane.
  placeOf(event) {
    const { width, height, at } = boxOf(this.picture.plane), { x, y } = planeScales(this.data, width, height);
    const back = (scale, place) => (place - scale(0)) / (scale(1) - scale(0)), [right, down] = at(event);
    return [back(x, right), back(y, down)];
  }

  // ---- drawing

  draw() {
    if (!this.snapshots) return;
    const { data, snapshots } = this, { solver, count } = this.way, t = this.moment, began = performance.now();
    if (!this.places || this.places.length !== count + 1) {
      this.places = path(this.velocity, this.someNoise, { steps: count, solver });
      this.nextPaths = performance.now() + SHARE * (performance.now() - began);
    }
    this.drawCaption(this.words());
    this.label();
    const probe = this.probe.path(this.velocity, { steps: count, solver });
    write(this.find(".probe"), probe ? this.probe.words(probe, data, this.wayInWords) : "");
    const content = { noise: this.someNoise, real: first(this.pool, DOTS), places: this.places, t, probe };
    Object.assign(content, { field: this.field.checked, paths: this.paths.checked, drawn: data.draw ? this.sketch.points : null });
    this.picture.draw(data, this.velocity, content, snapshots, this.sweep.distances, this.count.valueAsNumber);
  }

  // The texts beside the sliders.
  label() {
    const { count } = this.way, shown = [[this.t, fixed(this.moment, 2)], [this.count, number(count)]];
    for (const [slider, words] of shown) {
      slider.setAttribute("aria-valuetext", slider === this.t ? `t = ${words}` : words);
      write(slider.parentElement.querySelector("output"), words);
    }
    const trained = this.snapshots.current.step > 0;
    write(this.waits, this.learning ? "Measured when the training pauses." : trained ? "" : "Measured when it has been trained.");
  }

  get wayInWords() {
    const { solver, count } = this.way;
    return `${number(count)} ${SOLVERS[solver].name} step${count === 1 ? "" : "s"}`;
  }

  words() {
    const { step, loss, energy, solver, count } = this.snapshots.current, { data, way } = this;
    const fits = energy !== null && solver === way.solver && count === way.count;
    const value = loss === null ? "" : `: loss ${fixed(loss, 2)}, least possible about ${fixed(data.least, 1)}`;
    const distance = fits ? `; energy distance after ${this.wayInWords} ${rough(energy, 2)}, floor ${rough(data.floor, 2)}` : "";
    return `step ${number(step)}${value}${distance}${this.reached}${this.pace}`;
  }

  // The number of modes of the data that are reached, if the modes are known.
  get reached() {
    const { modes } = this.data, { current } = this.snapshots;
    if (!modes || !current.step || !this.places) return "";
    const points = this.places.at(-1), n = points.length / 2;
    const counts = modes.centres.map(([a, b]) => {
      let count = 0;
      for (let k = 0; k < n; k++) if (Math.hypot((points[k] - a) / modes.radius[0], (points[n + k] - b) / modes.radius[1]) < 1) count++;
      return count;
    });
    const reached = counts.filter((count) => count > n / (4 * modes.centres.length)).length;
    return `; ${reached} of ${modes.centres.length} modes`;
  }

  slide() {
    return this.picture.slide(() => this.draw());
  }
}

class FlowCourse extends Course {
  take() {
    this.model.step();
  }
}

// The window of the data, wide enough for the noise, which is standardised with them.
function roomForNoise({ window, centre, scale }) {
  return window.map(([low, high], axis) => {
    const reach = REACH * scale[axis];
    return [Math.min(low, centre[axis] - reach), Math.max(high, centre[axis] + reach)];
  });
}

export default mount(ToyFlows);
