// All layers between a code and a picture, as tiles that change during a drag. After the first picture the network is
// loaded, with the outputs of its layers as additional outputs, so that one run computes them all. If it does not run,
// the server answers on release. Every report holds the whole view, and the server's answer returns it.

import { bitmap, bytes, floats as decoded } from "../lib/decode.js";
import { fill } from "../lib/fill.js";
import { inPlane, movedTo } from "../lib/latent.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { Networks } from "../lib/networks.js";
import { floats } from "../lib/onnx.js";
import { image } from "../lib/pixels.js";
import { Plane } from "../lib/plane.js";
import { Starts } from "../lib/starts.js";
import { write } from "../lib/write.js";
import { Found } from "./found.js";
import { Row, input } from "./row.js";

const CODE = 3; // end of the colour scale of a code: 99.7 % of the numbers of random codes are within it

class Inside {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".inside");
    for (const name of ["view", "input", "given", "made", "layers", "quiet"]) this[name] = find(`.${name}`);
    this.axes = [...root.querySelectorAll(".axis")];
    this.latency = new Latency(find(".badge"), "inside-measured");
    Object.assign(this, { rows: [], first: null, epoch: 0, point: null, identity: null, pictures: new Map() });
    this.networks = new Networks(["decoder"], { live: () => this.runs(), failed: (reason) => this.fails(reason) });
    this.plane = new Plane(root, {
      preview: (_, u, time) => this.preview(u, time),
      pick: (_, u, time) => this.pick(u, time),
      leave: () => this.leave(),
    });
    this.starts = new Starts(root, {
      snap: (number) => this.tell("start", { number }),
      others: (page) => this.tell("start", { page }),
    });
    this.found = new Found(root, {
      go: (item) => this.go(item),
      climb: () => this.tell("climb", { unit: this.unit }),
    });
    for (const select of this.axes) select.addEventListener("change", () => this.tell("axes", { axes: this.axes.map(({ value }) => value) }));
  }

  // ---- from the server ----

  async receive(data) {
    const same = data.identity === this.identity && data.view.code.every((part, d) => Math.abs(part - this.code[d]) < 1e-3);
    if (!same) [this.point, this.plane.over] = [null, false]; // otherwise a pointer over the plane keeps showing its place
    this.data = data;
    this.code = Float64Array.from(data.view.code);
    this.unit = data.view.unit;
    if (data.identity !== this.identity) this.begin();
    const epoch = ++this.epoch;
    this.updatePlane(null);
    this.axes.forEach((select, axis) => fill(select, data.plane.choices, data.plane.axes[axis]));
    this.choose(this.unit, false);
    this.label();
    const [picture, strip, recorded] = await Promise.all([bitmap(data.picture), this.once("strip", data.strip?.sheet), this.once("recorded", data.recorded)]);
    if (data !== this.data) return;
    this.updatePlane(recorded);
    this.starts.update(data.strip, strip, data.given, null, data.size);
    if (epoch === this.epoch && !this.point) this.draw(this.view, (context) => context.drawImage(picture, 0, 0));
    if (data.given && !this.point) this.draw(this.input, (context) => context.putImageData(image(this.pixels(data.given)), 0, 0));
    if (this.point) this.preview(this.point);
    else if (this.networks.running) this.follow(this.code);
    else this.showServed();
    this.fillPlane();
  }

  // recorded: decoded pictures of the plane, used until the network draws them.
  updatePlane(recorded) {
    const { plane, size } = this.data;
    this.plane.update(plane, inPlane(plane, this.code), null, recorded, size);
    if (!this.plane.continuous) this.plane.stale = "";
  }

  // A picture that rarely changes is decoded only once.
  once(name, url) {
    if (!url) return null;
    const kept = this.pictures.get(name);
    if (kept?.url === url) return kept.picture;
    const picture = bitmap(url);
    this.pictures.set(name, { url, picture });
    return picture;
  }

  // Another network, or another part of it.
  begin() {
    const { data } = this, encoder = data.part === "encoder";
    this.identity = data.identity;
    this.given.hidden = !encoder;
    this.rows = data.layers.map((layer, k) => new Row(layer, k, data.looked, (unit) => this.choose([k, unit], true)));
    this.first = encoder || !data.layers.length ? null : new Row(input("Code z", data.view.code.length, [-CODE, CODE]), -1);
    this.layers.replaceChildren(...this.all.map(({ box }) => box));
    this.resize();
    this.box.dataset.runs = "";
    this.plane.continuous = false;
    write(this.quiet, data.layers.length ? "" : "The layers appear as soon as the network is loaded.");
    this.networks.needed = encoder ? ["decoder", "encoder"] : ["decoder"];
    if (data.layers.length) this.networks.connect(data.networks, true);
  }

  // Shows the server's layer outputs if no network runs here.
  showServed() {
    const { served } = this.data;
    this.box.classList.toggle("stale", !served && this.box.dataset.runs === "server");
    if (!served) return;
    this.first?.show(Float32Array.from(this.code));
    const values = served.map((text) => Float32Array.from(decoded(text)));
    this.rows.forEach((row, k) => row.show(values[k]));
    this.found.now(this.row, this.unit?.[1]);
  }

  // ---- the network in the browser ----

  runs() {
    this.box.dataset.runs = "browser";
    this.box.classList.remove("stale");
    this.plane.continuous = true;
    write(this.quiet, "");
    this.follow(this.code);
    this.fillPlane();
  }

  fails(reason) {
    this.box.dataset.runs = "server";
    this.plane.continuous = false;
    write(this.quiet, `The tiles come from the server when you let go, because ${reason}.`);
    if (!this.data.served) this.tellView();
    this.showServed();
  }

  // Picture and tiles of a code, as soon as they are computed. given: the encoder's input instead of the code's picture.
  async follow(code, time, given = this.data.given) {
    const epoch = ++this.epoch, { data } = this;
    const made = await this.networks.run("decoder", { z: floats([1, code.length], code) }, "hand");
    if (!made || epoch !== this.epoch || data !== this.data) return;
    const picture = image(made.picture), outputs = data.part === "encoder" ? await this.seen(given ? this.pixels(given) : made.picture) : made;
    if (!outputs || epoch !== this.epoch || data !== this.data) return;
    this.draw(this.view, (context) => context.putImageData(picture, 0, 0));
    if (!given) this.draw(this.input, (context) => context.putImageData(picture, 0, 0));
    this.first?.show(Float32Array.from(code));
    this.rows.forEach((row, k) => row.show(outputs[data.layers[k].tensor].data));
    this.found.now(this.row, this.unit?.[1]);
    if (time !== undefined) this.latency.measure("drag", time);
  }

  seen({ data, dims }) {
    return this.networks.run("encoder", { x: { data: Float32Array.from(data), dims } }, "hand");
  }

  // A real picture as the encoder's input.
  pixels({ pixels }) {
    return { data: Float32Array.from(bytes(pixels), (level) => level / 255), dims: [1, ...this.data.shape] };
  }

  // The pictures of the plane, one after another, with lower priority than those of a drag.
  fillPlane() {
    const { plane } = this.data, rest = movedTo(plane, this.code, [0, 0]);
    if (!this.networks.running) return;
    const identity = JSON.stringify([this.identity, plane.axes, Array.from(rest, (part) => part.toFixed(4))]);
    if (identity === this.mapped) return;
    this.mapped = identity;
    this.plane.paint(async (u) => {
      const z = movedTo(plane, rest, u), made = await this.networks.run("decoder", { z: floats([1, z.length], z) }, "plane");
      return made && this.mapped === identity ? image(made.picture) : null;
    });
  }

  // ---- from the hand ----

  preview(u, time) {
    this.point = u;
    this.follow(movedTo(this.data.plane, this.code, u), time, null);
    this.label();
  }

  pick(u, time) {
    this.point = null;
    this.code = movedTo(this.data.plane, this.code, u);
    this.data = { ...this.data, given: null, served: null };
    this.plane.rest(u);
    this.follow(this.code, time);
    this.label();
    this.showServed();
    this.tellView();
  }

  leave() {
    if (!this.point) return;
    this.point = null;
    this.label();
    this.follow(this.code);
  }

  choose(unit, tell) {
    this.unit = unit;
    this.rows.forEach((row, k) => row.choose(unit?.[0] === k ? unit[1] : -1));
    this.found.update(this.row, unit?.[1], this.data.found);
    if (tell) this.tellView();
  }

  // Takes one of the codes that activate the unit.
  go({ code, number }) {
    this.code = Float64Array.from(code);
    this.data = { ...this.data, given: null, served: null };
    this.plane.rest(inPlane(this.data.plane, this.code));
    this.follow(this.code);
    this.showServed();
    this.tellView(number);
  }

  // number: of the real picture that is the encoder's input.
  tellView(number = this.data.given?.number ?? null) {
    this.tell("view", { code: [...this.code], unit: this.unit, number, server: this.box.dataset.runs === "server" });
  }

  tell(name, value) {
    this.report(name, value);
  }

  // All layers, preceded by the input of the first one.
  get all() {
    return this.first ? [this.first, ...this.rows] : this.rows;
  }

  get row() {
    return this.unit ? (this.rows[this.unit[0]] ?? null) : null;
  }

  // ---- on the screen ----

  label() {
    const { data } = this, { given } = data, point = this.networks.running && this.point;
    write(this.made.lastElementChild, point ? "picture of the code under the pointer" : data.part === "encoder" && given ? "picture of its code" : data.made);
    write(this.given.lastElementChild, given && !point ? `input: ${given.words}` : "input: the picture of the code");
  }

  draw(canvas, paint) {
    const [width, height] = this.data.size;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    paint(canvas.getContext("2d"));
  }

  resize() {
    for (const row of this.all) row.fit(this.layers.clientWidth);
  }

  stop() {
    this.networks.stop();
  }
}

export default mount(Inside);
