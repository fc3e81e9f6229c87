// A picture, and the answers of several networks side by side. The user draws, or chooses a picture from the strip;
// every network that runs in this browser answers in every frame, for the newest picture. On release one report holds
// the picture, and the server's PyTorch gives the official numbers, also for networks that do not run here.

import { bytes } from "../lib/decode.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { floats } from "../lib/onnx.js";
import { Pen } from "../lib/pen.js";
import { image } from "../lib/pixels.js";
import { greyOf, prepare } from "../lib/prepare.js";
import { write } from "../lib/write.js";
import { Answer } from "./answer.js";

const EMPTY = "There is nothing on the page: draw something, or take a picture. The last answers stay.";
const YOURS = "your drawing, prepared";

class Classify {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".classify");
    for (const name of ["input", "answers", "words", "sentence", "quiet", "spoken", "strip"]) this[name] = find(`.${name}`);
    this.stripName = find(".strip-name");
    this.latency = new Latency(find(".badge"), "classify-measured");
    this.pen = new Pen(find(".paper"), { drawn: (time) => this.drawn(time), finished: (time) => this.drawn(time, true) });
    this.pen.label = "Draw here with mouse, pen or finger";
    this.networks = [];
    find(".more").addEventListener("click", () => this.tell({ page: this.data.strip.page + 1 }));
  }

  stop() {
    for (const { networks } of this.networks) networks?.stop();
  }

  // ---- from the server ----

  receive(data) {
    const another = data.set.identity !== this.data?.set.identity, { picture } = data;
    this.data = data;
    if (another) this.begin(data.set);
    this.fillStrip(data.strip);
    if (another || JSON.stringify(picture.source) !== JSON.stringify(this.source)) this.open(picture);
    this.name(picture);
    if (data.official) this.confirm(data);
  }

  // Start with another data set: its networks and classes.
  begin({ networks, classes }) {
    const first = !this.networks.length;
    this.stop();
    this.x = null;
    this.owed = true;
    this.networks = networks.map((given) => ({ given, answer: new Answer(given, classes), networks: null, reason: undefined, asked: 0, answered: 0 }));
    this.answers.replaceChildren(...this.networks.map(({ answer }) => answer.element));
    this.answers.dataset.count = networks.length;
    this.box.dataset.networks = "";
    write(this.quiet, "");
    for (const one of this.networks) this.connect(one, first);
    this.settle();
  }

  connect(one, soon) {
    if (!one.given.network) {
      one.reason = null; // intended: nothing to explain
      one.answer.changed(true);
      return;
    }
    one.networks = new Networks(["classifier"], {
      live: () => {
        one.reason = null;
        one.answer.follow();
        this.ask(one);
        this.settle();
      },
      failed: (reason) => {
        one.reason = reason;
        if (this.x && !this.answered) one.answer.changed(true);
        this.settle();
      },
    });
    one.networks.connect({ classifier: one.given.network }, soon);
  }

  // Called when all networks are loaded or have failed: tells the server what it has to do, and sends the first report.
  settle() {
    if (this.networks.some(({ reason }) => reason === undefined)) return;
    const failed = this.networks.filter(({ reason }) => reason), all = failed.length === this.networks.length;
    const who = all ? "The networks answer" : `${failed.map(({ given }) => given.title).join(", ")}: the server answers`;
    write(this.quiet, failed.length ? `${who} when you let go, because ${failed[0].reason}.` : "");
    this.box.dataset.networks = this.networks.some(({ networks }) => networks?.running) ? "live" : "server";
    if (this.owed && this.x && !this.data.official) this.tell();
    this.owed = false; // nothing to report
  }

  open({ source, image: text }) {
    if (source.ink !== undefined) {
      if (this.pen.text !== source.ink) this.pen.restore(source.ink);
      if (this.page()) this.told();
    } else if (text) {
      this.take(source, Float32Array.from(bytes(text), (level) => level / 255));
      this.told();
    } else {
      this.source = source; // none yet
      this.paint(null);
    }
  }

  // Reports a picture that the server has not answered; the first one waits until the networks are loaded.
  told() {
    if (!this.owed && !this.data.official) this.tell();
  }

  name({ words, label }) {
    const known = this.source && this.source.ink === undefined;
    write(this.words, `${known ? words : this.x ? YOURS : "no picture yet"} · ${this.data.set.pictures}`);
    this.input.setAttribute("aria-label", this.words.textContent);
    for (const { answer } of this.networks) answer.label(known ? label : null);
  }

  confirm({ official, problems }) {
    this.answered = true;
    for (const { given, answer } of this.networks) if (problems[given.name]) answer.excuse(problems[given.name]);
    const words = this.networks.flatMap(({ given, answer }) =>
      official[given.name] ? [`${given.title}: ${answer.confirm(official[given.name])}`] : [],
    );
    write(this.spoken, words.join("; "));
  }

  fillStrip({ identity, name, images }) {
    if (this.stripOf === identity) return;
    this.stripOf = identity;
    write(this.stripName, name);
    this.stripName.parentElement.parentElement.hidden = !images.length;
    this.strip.replaceChildren(
      ...images.map(({ source, words, label, image: text }) => {
        const button = Object.assign(document.createElement("button"), { type: "button", title: words });
        const canvas = document.createElement("canvas"), x = Float32Array.from(bytes(text), (level) => level / 255);
        button.setAttribute("aria-label", `Take ${words}`);
        this.paint(x, canvas);
        button.append(canvas);
        button.addEventListener("click", ({ timeStamp }) => {
          this.take(source, x, timeStamp);
          this.name({ words, label });
          this.tell();
        });
        return button;
      }),
    );
  }

  // ---- picture → answers ----

  // Takes the drawing as the next input; returns whether there is one.
  page(time) {
    const { shape: [channels, height, width], preset } = this.data.set, grey = greyOf(this.pen.pixels);
    const { image: levels, problem } = prepare(grey, [height, width], preset);
    const nothing = problem !== null || grey.values.every((value) => value === 255);
    write(this.sentence, nothing ? EMPTY : "");
    if (nothing) return false;
    const x = new Float32Array(channels * height * width);
    for (let k = 0; k < x.length; k++) x[k] = levels[k % levels.length] / 255; // ink has no colour
    this.take({ ink: this.pen.text }, x, time);
    return true;
  }

  drawn(time, ended = false) {
    if (!this.data) return;
    if (this.page(time)) this.name({});
    if (ended && this.x) this.tell();
  }

  // x: numbers in [0, 1], channel by channel.
  take(source, x, time) {
    Object.assign(this, { source, x, answered: false });
    if (source.ink === undefined) write(this.sentence, "");
    this.paint(x);
    // A network that is still loading answers afterwards.
    for (const { answer, networks, reason } of this.networks) answer.changed(!networks?.running && reason !== undefined);
    this.follow(time);
  }

  async follow(time) {
    const { x } = this, live = this.networks.filter(({ networks }) => networks?.running);
    const answered = await Promise.all(live.map((one) => this.ask(one)));
    if (time !== undefined && this.x === x && answered.length && answered.every(Boolean)) this.latency.measure("drag", time);
  }

  // Returns whether there is an answer, and the picture is still the newest.
  async ask(one) {
    if (!this.x) return false;
    const turn = ++one.asked, output = await one.networks.run("classifier", { x: floats([1, ...this.data.set.shape], this.x) });
    if (!output || turn < one.answered) return false;
    one.answered = turn;
    one.answer.show(output.logits.data);
    return true;
  }

  paint(x, canvas = this.input) {
    const [channels, height, width] = this.data.set.shape;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    if (x) context.putImageData(image({ data: x, dims: [1, channels, height, width] }), 0, 0);
    else context.clearRect(0, 0, width, height);
  }

  // ---- to the server ----

  tell(more = {}) {
    this.owed = false;
    const levels = Uint8Array.from(this.x ?? [], (value) => Math.round(255 * value));
    const input = this.source?.ink === undefined ? null : btoa(String.fromCharCode(...levels));
    this.report("moved", { set: this.data.set.identity, source: this.source ?? {}, input, page: this.data.strip.page, ...more });
  }
}

export default mount(Classify);
