// A picture that the user rotates, moves or draws on, and the discriminator's guess of the rotation. The picture is rotated here
// as on the server; the guess comes from the network in this browser as soon as it is loaded, after the first picture, and also
// fills the curve over the angle. If it does not run, the guess is the server's at the nearest of its angles.

import { percent, softmax } from "../lib/classes.js";
import { across, along, legend, marker, panel, save } from "../lib/curves.js";
import { bytes } from "../lib/decode.js";
import { dragging, places } from "../lib/dragging.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { clamp, fixed } from "../lib/numbers.js";
import { floats, network } from "../lib/onnx.js";
import { Painting } from "../lib/painting.js";
import { grey, greyImage } from "../lib/pixels.js";
import { showPlaying } from "../lib/play_button.js";
import { isShortcut } from "../lib/shortcut.js";
import { write } from "../lib/write.js";
import { origin, turned } from "./turn.js";

const SPEED = 40; // degrees a second, by itself
const STEP = 1; // degrees for a key
const QUICK = 15; // with Shift
const CHUNK = 4; // angles of the curve in one request: the hand waits for one of them at most
const AXIS = [0, 360];
const KEYS = { ArrowLeft: 1, ArrowUp: 1, ArrowRight: -1, ArrowDown: -1 }; // the way in which the top goes
const once = (angle) => ((angle % 360) + 360) % 360; // from 0 to 360

class Turning {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    [this.section, this.view, this.box, this.panelsBox] = [".turning", ".view", ".curves", ".panels"].map(this.find);
    [this.guess, this.bars, this.quiet, this.play] = [".guess", ".bars", ".quiet", ".play"].map(this.find);
    [this.angleSlider, this.shiftSlider] = [".angle", ".shift"].map(this.find);
    this.latency = new Latency(this.find(".badge"), "turning-measured");
    this.hidden = new Set(); // names of curves
    this.version = 0; // of the picture: counts changes by the user or the server
    this.listen();
  }

  stop() {
    Object.assign(this, { given: null, network: null });
    this.pause();
  }

  resize() {
    if (this.data && this.panelsBox.clientWidth !== this.width) this.drawCurve();
  }

  // ---- from the server ----

  receive(data) {
    const { size, quarters } = data;
    this.data = data;
    this.painting ??= this.paint(size);
    Object.assign(this, { drawn: data.drawn, shift: data.moved });
    if (!this.playing) this.angle = data.angle;
    this.painting.put(bytes(data.pixels));
    this.pixels = this.painting.numbers;
    if (this.view.width !== size) Object.assign(this.view, { width: size, height: size });
    this.view.setAttribute("aria-label", `${data.label}: turn it by dragging or with the arrow keys`);
    if (this.bars.children.length !== quarters.length) this.bars.replaceChildren(...quarters.map(bar));
    this.curve = data.degrees.map((_, k) => data.chances?.[k].slice() ?? quarters.map(() => null));
    this.known = data.chances ? this.curve.length : 0; // how many of them are for the picture as it is now
    this.version += 1;
    this.drawCurve();
    this.show();
    if (data.chances) this.answer(this.nearest(this.angle));
    else write(this.guess, "Its guess: …");
    this.connect(data.network);
  }

  paint(size) {
    return new Painting(this.find(".paint"), size, {
      canvas: this.view,
      rest: "Turn",
      changed: (time) => this.redraw(time),
      ended: () => this.tell(),
      taken: () => this.view.classList.toggle("pen", Boolean(this.painting?.mode)),
    });
  }

  // The probabilities of the curve at the angle nearest to this one.
  nearest(angle) {
    const distances = this.data.degrees.map((one) => Math.abs(one - angle));
    return this.curve[distances.indexOf(Math.min(...distances))];
  }

  // ---- the network ----

  connect(given = null) {
    if (given?.sha256 === this.given?.sha256) {
      if (!this.network) return;
      this.follow();
      this.fill();
      return;
    }
    Object.assign(this, { given, network: null });
    this.section.dataset.answers = "";
    this.quiet.textContent = "";
    if (given) requestAnimationFrame(() => this.load(given)); // behind the first picture
  }

  async load(given) {
    const loaded = network(given), reason = await loaded.ready;
    if (this.given !== given) return;
    if (reason !== null) return this.fail(reason);
    this.network = loaded;
    this.section.dataset.answers = "network";
    loaded.over.then((over) => this.given === given && this.fail(over));
    this.follow();
    this.fill();
  }

  fail(reason) {
    this.network = null;
    this.section.dataset.answers = "server";
    this.quiet.textContent = `The guesses are the server's, one for every ${this.data.degrees[1]}°, because ${reason}.`;
  }

  // The probabilities for these angles, in one request; null where a newer one took its place.
  async chances(angles, lane) {
    const { size } = this.data, { pixels, shift } = this;
    const pictures = new Float32Array(angles.length * size * size);
    angles.forEach((angle, k) => pictures.set(turned(pixels, size, angle, shift), k * size * size));
    const output = await this.network.run({ x: floats([angles.length, 1, size, size], pictures) }, lane);
    return output && angles.map((_, k) => softmax(output.logits.data.subarray(4 * k, 4 * k + 4)));
  }

  // The guess for the current picture. The newest request wins.
  async follow(time) {
    if (!this.network) {
      if (this.known) this.answer(this.nearest(this.angle), time);
      return;
    }
    const { given } = this, answered = await this.chances([this.angle], "hand");
    if (answered && this.given === given) this.answer(answered[0], time);
  }

  // The curve, a few angles at a time and round again, until all are for the current picture.
  async fill() {
    if (this.filling || !this.network) return;
    this.filling = true;
    const { degrees } = this.data, { given } = this;
    for (let at = 0; this.known < degrees.length; at = at + CHUNK < degrees.length ? at + CHUNK : 0) {
      const angles = degrees.slice(at, at + CHUNK), { version } = this, answered = await this.chances(angles, "curve");
      if (!answered || this.given !== given) break;
      this.curve.splice(at, angles.length, ...answered);
      if (this.version === version) this.known += angles.length;
      this.drawCurve();
    }
    this.filling = false;
    if (this.given !== given) this.fill(); // another network may have come meanwhile
  }

  // ---- on the screen ----

  show() {
    const { size } = this.data;
    const levels = grey(turned(this.pixels, size, this.angle, this.shift));
    this.view.getContext("2d").putImageData(greyImage(levels, size, size), 0, 0);
    const degrees = `${fixed(this.angle, 0)}°`;
    this.view.setAttribute("aria-valuenow", this.angle);
    this.view.setAttribute("aria-valuetext", degrees);
    for (const [slider, value, words] of [
      [this.angleSlider, this.angle, degrees],
      [this.shiftSlider, this.shift, `${fixed(this.shift, 2)} pixels`],
    ]) {
      slider.value = value;
      slider.previousElementSibling.textContent = words;
    }
    this.mark?.(this.angle);
  }

  answer(chances, time) {
    const { quarters } = this.data, best = chances.indexOf(Math.max(...chances));
    write(this.guess, `Its guess: ${quarters[best][0]}, ${percent(chances[best])}`);
    chances.forEach((chance, k) => {
      const row = this.bars.children[k];
      row.style.setProperty("--share", chance.toFixed(3));
      row.classList.toggle("best", k === best);
      write(row.lastChild, percent(chance));
    });
    this.section.classList.remove("stale");
    if (time !== undefined) this.latency.measure("drag", time);
  }

  drawCurve() {
    const { quarters, degrees } = this.data;
    const series = quarters.map(([name, colour], k) => ({ name, colour, kind: "line", x: degrees, y: this.curve.map((row) => row[k]) }));
    const title = "Its probabilities over the angle, degrees", ticks = [0, 90, 180, 270, 360];
    this.width = this.panelsBox.clientWidth;
    const given = { title, range: [0, 1.02], ticks, series }, width = Math.max(280, this.width);
    const svg = panel(given, AXIS, width, this.hidden);
    legend(this.find(".legend"), [given], this.hidden, () => this.drawCurve());
    this.mark = marker(svg, across(AXIS, width));
    this.mark(this.angle);
    this.panelsBox.replaceChildren(svg);
  }

  // ---- from the hand ----

  tell() {
    this.report("moved", { angle: this.angle, moved: this.shift, pixels: this.drawn ? this.painting.text : null });
  }

  // To an angle in tenths of a degree, so that the displayed angle is the reported one.
  turn(angle, time) {
    this.angle = Math.round(10 * angle) / 10;
    this.follow(time); // first: the network works while the picture is drawn
    this.show();
  }

  // The picture has changed, and so has the whole curve.
  change(time) {
    this.known = 0;
    this.version += 1;
    if (!this.network) this.section.classList.add("stale");
    this.follow(time);
    this.show();
    this.fill();
  }

  redraw(time) {
    this.pause();
    this.drawn = true;
    this.pixels = this.painting.numbers;
    this.change(time);
  }

  // The angle of a pointer around the middle of the picture, degrees anticlockwise.
  bearing(event) {
    const [x, y] = places(event, this.view).at(-1);
    return (Math.atan2(0.5 - y, x - 0.5) * 180) / Math.PI;
  }

  listen() {
    const { view } = this;
    const points = (event) => {
      const { size } = this.data;
      return places(event, view, this.painting.heard).map(([x, y]) => origin(x * size, y * size, size, this.angle, this.shift));
    };
    let before, exact; // the pointer's bearing, and the angle before it is rounded
    let draws; // what the hand does until it lets go, also where another finger takes another tool meanwhile
    dragging(view, {
      early: true,
      grab: (event) => {
        if (!this.data) return false;
        this.pause();
        draws = this.painting.mode !== "";
        if (draws) return this.painting.begin(points(event), event.timeStamp);
        [before, exact] = [this.bearing(event), this.angle];
      },
      drag: (event) => {
        if (draws) return this.painting.go(points(event), event.timeStamp);
        const now = this.bearing(event);
        exact = once(exact + now - before);
        this.turn(exact, event.timeStamp);
        before = now;
      },
      drop: () => this.tell(),
    });
    view.addEventListener("keydown", (event) => {
      if (this.painting.key(event)) return;
      const way = KEYS[event.key];
      if (isShortcut(event) || (!way && event.key !== " ")) return;
      event.preventDefault();
      if (!way) return this.toggle();
      this.pause();
      this.turn(once(this.angle + way * (event.shiftKey ? QUICK : STEP)), event.timeStamp);
      this.tell();
    });
    this.angleSlider.addEventListener("input", ({ timeStamp }) => {
      this.pause();
      this.turn(this.angleSlider.valueAsNumber, timeStamp);
      this.tell();
    });
    this.shiftSlider.addEventListener("input", ({ timeStamp }) => {
      this.shift = this.shiftSlider.valueAsNumber;
      this.change(timeStamp);
      this.tell();
    });
    this.play.addEventListener("click", () => this.toggle());
    this.find(".save").addEventListener("click", () => save([this.panelsBox.firstChild], this.box, this.data.save));
    // The curve is a slider too, for the hand; the keyboard has the real one.
    const scrub = (event) => {
      this.pause();
      this.turn(clamp(along(event, this.panelsBox.firstChild, AXIS), ...AXIS), event.timeStamp);
    };
    dragging(this.panelsBox, { grab: scrub, drag: scrub, drop: () => this.tell() });
  }

  // ---- by itself ----

  toggle() {
    if (this.playing) {
      this.pause();
      this.tell();
      return;
    }
    let last = performance.now(), exact = this.angle;
    const step = (now) => {
      exact = once(exact + (Math.min(100, Math.max(0, now - last)) / 1000) * SPEED);
      this.turn(exact);
      last = now;
      this.playing = requestAnimationFrame(step);
    };
    this.playing = requestAnimationFrame(step);
    showPlaying(this.play, true);
  }

  pause() {
    cancelAnimationFrame(this.playing);
    this.playing = null;
    showPlaying(this.play, false);
  }
}

function bar([name, colour]) {
  const row = document.createElement("li"), [words, strip, share] = ["span", "i", "span"].map((tag) => document.createElement(tag));
  words.textContent = name;
  strip.style.setProperty("--colour", colour);
  strip.setAttribute("aria-hidden", "true");
  row.append(words, strip, share);
  return row;
}

export default mount(Turning);
