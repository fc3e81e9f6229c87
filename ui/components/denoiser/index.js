// A square of noise on a picture, and the network's two answers. The user moves the square, draws on the picture, or
// changes the noise; the picture follows at once, and the networks in this browser answer as soon as they are loaded,
// after the first picture. On release everything is reported once, and the server's own answers are drawn.

import { percent } from "../lib/classes.js";
import { bytes } from "../lib/decode.js";
import { dragging, places } from "../lib/dragging.js";
import { fill } from "../lib/fill.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed } from "../lib/numbers.js";
import { floats, network } from "../lib/onnx.js";
import { Painting } from "../lib/painting.js";
import { grey } from "../lib/pixels.js";
import { isShortcut } from "../lib/shortcut.js";
import { PLACES, SIZE, blend, candidates, errorMap, errors, psnr } from "./answers.js";
import { SIDE, corrupt } from "./noise.js";
import { Picture } from "./picture.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const QUICK = 4; // pixels per key press with Shift
const SEEDS = 100_000;
const NAMES = ["blind", "informed"];
const PIXELS = SIZE * SIZE;

class Denoiser {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.section, this.where, this.quiet] = [".denoiser", ".where", ".quiet"].map(this.find);
    this.pictures = Object.fromEntries(["question", ...NAMES].map((name) => [name, new Picture(this.find(`.${name}`))]));
    this.latency = new Latency(this.find(".badge"), "denoiser-measured");
    const { canvas } = this.pictures.question;
    this.painting = new Painting(this.find(".tools"), SIZE, {
      canvas,
      rest: "Move the square",
      changed: (time) => this.redraw(time),
      ended: () => this.tell(),
      taken: () => canvas.classList.toggle("pen", Boolean(this.painting?.mode)),
    });
    this.grip = null; // where the square was grabbed: [row, column] in the picture's pixels
    this.listen();
    this.listenToTools();
  }

  stop() {
    this.given = null;
  }

  // ---- from the server ----

  receive(data) {
    this.data = data;
    this.noise = { ...data.noise };
    this.drawn = data.drawn;
    this.painting.put(bytes(data.pixels));
    this.clean = this.painting.numbers;
    this.pictures.question.canvas.setAttribute("aria-label", data.label);
    Object.values(this.pictures).forEach((picture) => picture.paint());
    this.showTools();
    this.show();
    for (const name of NAMES) this.pictures[name].name(...data.names[name]);
    this.asked = null; // an answer in progress is out of date
    if (data.official) this.takeOfficial(data.official);
    this.section.classList.toggle("stale", !data.official);
    this.connect(data.networks);
    if (!this.section.dataset.answers) this.quiet.textContent = data.official ? "" : "The network is being loaded; its answers follow.";
    if (!data.official) this.follow();
  }

  takeOfficial(official) {
    for (const name of NAMES) {
      const { image, mse, found } = official[name];
      this.answer(name, Float32Array.from(bytes(image), (level) => level / 255), mse, found);
    }
  }

  // ---- the networks ----

  connect(given = null) {
    if (given?.informed.sha256 === this.given?.informed.sha256) return;
    this.given = given;
    this.networks = null;
    this.section.dataset.answers = "";
    this.quiet.textContent = "";
    if (given) requestAnimationFrame(() => this.load(given)); // after the first picture
  }

  async load(given) {
    const [locator, informed] = [given.locator, given.informed].map((part) => network(part));
    const reasons = await Promise.all([locator.ready, informed.ready]);
    if (this.given !== given) return;
    const reason = reasons.find((one) => one !== null);
    if (reason !== undefined) return this.fail(reason);
    this.networks = { locator, informed };
    this.section.dataset.answers = "network";
    this.quiet.textContent = "";
    informed.over.then((over) => this.given === given && this.fail(over));
    if (this.asked) this.follow(this.asked.time); // the user has gone on since the server's answers
  }

  fail(reason) {
    this.networks = null;
    this.section.dataset.answers = "server";
    this.quiet.textContent = `The answers follow when you let go, because ${reason}.`;
  }

  // Answers for the current picture. The newest request wins: while the networks work, one more waits.
  async follow(time) {
    this.asked = { time };
    if (!this.networks || this.working) return;
    this.working = true;
    while (this.asked && this.networks) {
      const { asked, networks, noisy, clean } = this, noise = { ...this.noise }, answers = await this.run(noisy, noise);
      if (!this.asked || this.networks !== networks) continue; // the server's answers or other networks came meanwhile
      if (this.asked === asked) this.asked = null;
      if (!answers) continue;
      for (const name of NAMES) this.answer(name, answers[name], errors(clean, answers[name], noise), answers.found, clean);
      this.section.classList.remove("stale");
      if (asked.time !== undefined) this.latency.measure("drag", asked.time);
    }
    this.working = false;
  }

  // The restorer runs once for both answers: with the known place, and with each of the most probable ones.
  async run(noisy, { row, column }) {
    const { locator, informed } = this.networks;
    const located = await locator.run({ noisy: floats([1, 1, SIZE, SIZE], noisy) });
    if (!located) return null;
    const found = candidates(located.logits.data), places = [row * PLACES + column, ...found.map(([place]) => place)];
    const copies = new Float32Array(places.length * PIXELS);
    places.forEach((_, k) => copies.set(noisy, k * PIXELS));
    const place = { data: Int32Array.from(places), dims: [places.length] };
    const restored = await informed.run({ noisy: floats([places.length, 1, SIZE, SIZE], copies), place });
    if (!restored) return null;
    const { data } = restored.picture;
    return { informed: data.slice(0, PIXELS), blind: blend(noisy, found, data.subarray(PIXELS)), found: found[0] };
  }

  // ---- on the screen ----

  // The picture with its noise. The networks are started first and run meanwhile.
  show(time) {
    const { noise, clean } = this, { question } = this.pictures;
    this.noisy = corrupt(clean, SIZE, noise);
    if (time !== undefined) {
      this.section.classList.toggle("stale", !this.networks);
      this.follow(time);
    }
    question.draw(grey(this.noisy));
    question.frame(noise.row, noise.column);
    question.beside(grey(clean));
    question.figures(words(errors(clean, this.noisy, noise)));
    this.where.textContent = `row ${noise.row}, column ${noise.column}`;
  }

  answer(name, picture, mse, found, clean = this.clean) {
    const shown = this.pictures[name], place = [Math.floor(found[0] / PLACES), found[0] % PLACES];
    shown.draw(grey(picture));
    if (name === "blind") shown.frame(...place, true);
    shown.beside(errorMap(clean, picture));
    shown.figures([...words(mse), ...(name === "blind" ? [["found at", `${place.join(", ")} · ${percent(found[1])}`]] : [])]);
  }

  showTools() {
    const { kinds } = this.data, { kind, strength } = this.noise, select = this.find(".kind");
    fill(select, kinds.map(([value, name]) => [value, name]), kind);
    const slider = this.find(".strength");
    slider.value = strength;
    slider.setAttribute("aria-label", `Strength: ${kinds.find(([value]) => value === kind)[2]}`);
    slider.previousElementSibling.textContent = fixed(strength, 2);
  }

  // ---- from the hand ----

  tell() {
    this.report("moved", { ...this.noise, pixels: this.drawn ? this.painting.text : null });
  }

  change(noise, time) {
    Object.assign(this.noise, noise);
    this.showTools();
    this.show(time);
    this.tell();
  }

  // Moves the square to the nearest place inside the picture. Returns whether it has moved.
  move(row, column, time) {
    const { noise } = this, before = [noise.row, noise.column];
    noise.row = clamp(Math.round(row), 0, PLACES - 1);
    noise.column = clamp(Math.round(column), 0, PLACES - 1);
    const moved = before[0] !== noise.row || before[1] !== noise.column;
    if (moved) this.show(time);
    return moved;
  }

  // After a stroke, undo or clear.
  redraw(time) {
    this.drawn = true;
    this.clean = this.painting.numbers;
    this.show(time);
  }

  listen() {
    const { painting } = this, { canvas } = this.pictures.question;
    const at = (event) => places(event, canvas, painting.heard).map((place) => place.map((share) => share * SIZE));
    let moved = false, draws = false; // draws: until the hand lets go, also where another finger takes another tool meanwhile
    const drag = (event) => {
      const [x, y] = at(event).at(-1);
      if (this.move(y - this.grip[0], x - this.grip[1], event.timeStamp)) moved = true;
    };
    dragging(canvas, {
      early: true,
      grab: (event) => {
        if (!this.data) return false;
        draws = painting.mode !== "";
        if (draws) return painting.begin(at(event), event.timeStamp);
        const [[x, y]] = at(event), { row, column } = this.noise;
        const inside = y >= row && y < row + SIDE && x >= column && x < column + SIDE;
        // The square keeps its offset if it was grabbed; otherwise its centre jumps to the pointer.
        this.grip = inside ? [y - row, x - column] : [SIDE / 2, SIDE / 2];
        moved = false;
        drag(event);
      },
      drag: (event) => (draws ? painting.go(at(event), event.timeStamp) : drag(event)),
      drop: () => (draws || moved) && this.tell(),
    });
    canvas.addEventListener("keydown", (event) => {
      if (painting.key(event)) return;
      const way = MOVES[event.key], by = event.shiftKey ? QUICK : 1, { row, column } = this.noise;
      if (!way || isShortcut(event)) return;
      event.preventDefault();
      if (this.move(row + by * way[0], column + by * way[1], event.timeStamp)) this.tell();
    });
  }

  listenToTools() {
    const kind = this.find(".kind"), strength = this.find(".strength");
    kind.addEventListener("change", ({ timeStamp }) => this.change({ kind: kind.value }, timeStamp));
    strength.addEventListener("input", ({ timeStamp }) => this.change({ strength: strength.valueAsNumber }, timeStamp));
    this.find(".again").addEventListener("click", ({ timeStamp }) =>
      this.change({ seed: Math.floor(Math.random() * SEEDS) }, timeStamp),
    );
  }
}

const decibels = (mse) => {
  const value = psnr(mse);
  return value === null ? "exact" : `${fixed(value, 1)} dB`;
};

// The figures beside a picture: [[name, value]].
function words({ inside, outside }) {
  return [
    ["inside", decibels(inside)],
    ["outside", decibels(outside)],
    ["MSE inside", fixed(inside, 4)],
  ];
}

export default mount(Denoiser);
