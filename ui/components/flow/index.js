// A flow that generates pictures in the browser, with controls for time, solver, steps, guidance and class. First the stored
// pictures of the first view are drawn; after them the network is loaded. If it does not run, the server answers on release.

import { bytes, floats } from "../lib/decode.js";
import { fill } from "../lib/fill.js";
import { Flow } from "../lib/flow.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { fixed, number } from "../lib/numbers.js";
import { SOLVERS, along, evaluations } from "../lib/ode.js";
import { image, mse } from "../lib/pixels.js";
import { showPlaying } from "../lib/play_button.js";
import { theme } from "../lib/theme.js";
import { write } from "../lib/write.js";
import { Bridge, STEPS } from "./bridge.js";
import { Paths } from "./paths.js";

const MOMENTS = 8; // of the strip
const DURATION = 2500; // ms from noise to picture
const EACH = "each", ANY = "any"; // besides the class numbers
const TURNED = ["label", "solver", "count", "guidance"]; // controls that change the pictures

class Flows {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    this.box = this.find(".flow");
    for (const name of ["t", "walk", ...TURNED, "pictures", "strip", "bridge"]) this[name] = this.find(`.${name}`);
    this.t.addEventListener("input", () => {
      this.rest();
      this.draw();
      this.tell();
    });
    for (const name of TURNED) this[name].addEventListener("input", () => this.turned());
    this.walk.addEventListener("click", () => (this.walking ? this.rest(true) : this.walkOn()));
    this.moments = figures(this.strip, MOMENTS);
    this.ends = figures(this.bridge, STEPS.length + 1);
    this.ends[0].figure.classList.add("real");
    this.networks = new Networks(["velocity"], { live: () => this.live(), failed: (reason) => this.failed(reason) });
  }

  // ---- from the server ----

  receive(data) {
    const { identity } = this.data ?? {};
    this.data = data;
    if (identity !== data.identity) this.begin();
    else this.draw();
  }

  begin() {
    const { view, classes, counts, solvers, guidances, shape, stored } = this.data, size = shape.reduce((product, length) => product * length, 1);
    const named = [[EACH, "one picture each"], ...classes.map((name, k) => [String(k), name]), [ANY, "any"]];
    fill(this.label, named, view.label);
    fill(this.solver, solvers.map((name) => [name, SOLVERS[name].name]), view.solver);
    this.count.max = counts.length - 1;
    Object.assign(this.guidance, { min: guidances[0], max: guidances[1] });
    for (const name of ["t", "guidance"]) this[name].value = view[name];
    this.count.value = counts.indexOf(view.steps);
    const noise = floats(this.data.noise);
    this.size = size;
    this.noise = Array.from({ length: noise.length / size }, (_, k) => Float32Array.from(noise.subarray(k * size, (k + 1) * size)));
    this.stored = stored && { way: stored.view, places: this.placesOf(stored.pictures) };
    this.chosen = Math.min(view.chosen, this.noise.length - 1);
    this.buttons();
    Object.assign(this, { paths: null, line: null, reason: undefined });
    this.rest();
    this.draw();
    this.networks.connect({ velocity: this.data.network }, true);
  }

  // Stored grey levels (moments, N, size) as places of each picture, roughly in [−1, 1] as on a path.
  placesOf(text) {
    const levels = bytes(text), n = this.noise.length, moments = levels.length / (n * this.size);
    const place = (moment, k) => {
      const at = (moment * n + k) * this.size;
      return Float32Array.from(levels.subarray(at, at + this.size), (level) => level / 127.5 - 1);
    };
    return this.noise.map((_, k) => Array.from({ length: moments }, (_, moment) => place(moment, k)));
  }

  // ---- the network ----

  live() {
    const { shape, classes } = this.data;
    const flow = (lane) => new Flow((inputs) => this.networks.run("velocity", inputs, lane), shape, classes.length);
    this.paths = new Paths(flow("paths"), this.noise, () => this.draw());
    this.line = new Bridge(flow("bridge"), () => this.draw());
    this.reason = null;
    this.turned(false);
  }

  failed(reason) {
    Object.assign(this, { paths: null, line: null, reason });
    this.draw();
    if (!this.given) this.tell();
  }

  // ---- the controls

  get way() {
    const { solver, count, guidance, label, data } = this;
    return { label: label.value, solver: solver.value, steps: data.counts[count.valueAsNumber], guidance: guidance.valueAsNumber };
  }

  // The label of every picture; the number after the last class stands for any.
  get labels() {
    const { classes } = this.data, { value } = this.label;
    return this.noise.map((_, k) => (value === EACH ? k % classes.length : value === ANY ? classes.length : Number(value)));
  }

  turned(tell = true) {
    this.look();
    if (tell) this.tell();
  }

  look() {
    const { labels, chosen, noise } = this, { label, ...way } = this.way;
    this.paths?.ask({ labels, ...way }, chosen);
    this.line?.ask(noise[chosen], chosen, labels[chosen]);
    this.draw();
  }

  tell() {
    this.report("view", { t: this.t.valueAsNumber, chosen: this.chosen, ...this.way, server: typeof this.reason === "string" });
  }

  choose(index) {
    this.chosen = index;
    this.line?.ask(this.noise[index], index, this.labels[index]);
    this.draw();
    this.tell();
  }

  walkOn() {
    if (this.t.valueAsNumber >= 1) this.t.value = 0;
    this.walking = true;
    showPlaying(this.walk, true);
    const from = this.t.valueAsNumber;
    let began = null;
    const frame = (now) => {
      began ??= now;
      this.t.value = from + (now - began) / DURATION;
      if (this.t.valueAsNumber >= 1) return this.rest(true);
      this.draw();
      this.clock = requestAnimationFrame(frame);
    };
    this.clock = requestAnimationFrame(frame);
  }

  rest(tell = false) {
    cancelAnimationFrame(this.clock);
    this.walking = false;
    showPlaying(this.walk, false);
    if (!tell) return;
    this.draw();
    this.tell();
  }

  stop() {
    cancelAnimationFrame(this.clock);
    this.networks.stop();
  }

  // ---- on the screen ----

  buttons() {
    const all = this.noise.map((_, k) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(document.createElement("canvas"));
      button.addEventListener("click", () => this.choose(k));
      return button;
    });
    this.pictures.replaceChildren(...all);
  }

  // The recorded pictures or the server's answer, if they match the controls.
  get given() {
    const { answer } = this.data, way = JSON.stringify(this.way), same = (one) => JSON.stringify({ ...this.way, ...one }) === way;
    if (answer && same(answer.view)) {
      if (this.answered !== answer) Object.assign(this, { answered: answer, answeredPlaces: this.placesOf(answer.pictures) });
      return this.answeredPlaces;
    }
    return this.stored && same(this.stored.way) ? this.stored.places : null;
  }

  draw() {
    if (!this.data) return;
    const { t: { valueAsNumber: t }, chosen, labels } = this, { steps, solver, guidance } = this.way, { given } = this;
    const places = this.noise.map((noise, k) => this.paths?.places[k] ?? (given ?? this.stored?.places)?.[k] ?? [noise, noise]);
    theme(this.box);
    this.box.classList.toggle("stale", !given && !this.paths?.places[chosen]);
    this.box.dataset.pictures = this.paths?.places[chosen] ? "network" : given ? "server" : "";
    write(this.t.parentElement.querySelector("output"), fixed(t, 2));
    write(this.count.parentElement.querySelector("output"), number(steps));
    write(this.guidance.parentElement.querySelector("output"), fixed(guidance, 2));
    this.t.setAttribute("aria-valuetext", `t = ${fixed(t, 2)}`);
    this.count.setAttribute("aria-valuetext", `${number(steps)} steps`);
    const names = labels.map((label) => this.data.classes[label] ?? ANY);
    [...this.pictures.children].forEach((button, k) => {
      button.setAttribute("aria-pressed", String(k === chosen));
      button.classList.toggle("old", this.paths !== null && !this.paths.isNew(k));
      button.setAttribute("aria-label", `Picture ${k + 1}, class ${names[k]}`);
      this.put(button.firstChild, along(places[k], t));
    });
    const at = Math.round(t * (MOMENTS - 1));
    this.moments.forEach(({ figure, canvas, caption }, k) => {
      const share = k / (MOMENTS - 1);
      figure.classList.toggle("now", k === at);
      this.name(canvas, `At t = ${fixed(share, 2)}`);
      write(caption, fixed(share, 2));
      this.put(canvas, along(places[chosen], share));
    });
    const passes = evaluations(solver, steps, true), took = this.paths?.took;
    const time = took ? `; ${this.noise.length} pictures took ${fixed(took / 1000, 2)} s in this browser` : "";
    write(this.find(".caption"), `${number(passes)} evaluation${passes === 1 ? "" : "s"} of the network for a picture${time}`);
    this.drawBridge(labels[chosen]);
    const served = typeof this.reason === "string" ? `The pictures follow when you let go, because ${this.reason}.` : "";
    write(this.find(".quiet"), served);
  }

  drawBridge(label) {
    const real = this.data.means[label], [first, ...others] = this.ends, ends = this.line?.ends ?? [];
    const mean = real && Float32Array.from(bytes(real.picture), (level) => level / 127.5 - 1);
    first.figure.hidden = !mean;
    if (mean) {
      this.name(first.canvas, `Mean of ${real.words}`);
      write(first.caption, "mean of real");
      this.put(first.canvas, mean);
    }
    others.forEach(({ figure, canvas, caption }, k) => {
      figure.hidden = !ends[k]; // for another network, or none
      write(caption, `${STEPS[k]} step${k ? "s" : ""}`);
      this.name(canvas, `After ${STEPS[k]} step${k ? "s" : ""} of Euler`);
      if (ends[k]) this.put(canvas, ends[k]);
    });
    const off = mean && this.line?.fresh ? 127.5 * Math.sqrt(mse(mean, ends[0])) : null;
    const nearness = off === null ? "" : `One step of Euler from this noise is ${fixed(off, 0)} grey levels (root mean square) from the mean of ${real.words}.`;
    write(this.find(".mean"), nearness);
  }

  name(canvas, words) {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", words);
  }

  // Draws numbers, roughly in [−1, 1], on a canvas of their size.
  put(canvas, numbers) {
    const dims = [1, ...this.data.shape], [, , height, width] = dims;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.getContext("2d").putImageData(image({ data: Float32Array.from(numbers, (value) => (value + 1) / 2), dims }), 0, 0);
  }
}

// `count` pictures with captions in a box.
function figures(box, count) {
  const all = Array.from({ length: count }, () => {
    const [figure, canvas, caption] = ["figure", "canvas", "figcaption"].map((tag) => document.createElement(tag));
    figure.append(canvas, caption);
    return { figure, canvas, caption };
  });
  box.replaceChildren(...all.map(({ figure }) => figure));
  return all;
}

export default mount(Flows);
