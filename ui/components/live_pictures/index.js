// Pictures in panels that follow sliders: along a path between two codes, with one number of a code moved, or many
// codes at once, each panel with its own network. First the server's stored pictures are drawn; after them the networks
// are loaded, and from then on every slider position has its own pictures. If a network does not run, the nearest
// stored pictures are shown. The server hears of releases only.

import { across, along, legend, marker, nearest, panel as pictureOf, save } from "../lib/curves.js";
import { floats as decoded } from "../lib/decode.js";
import { dragging } from "../lib/dragging.js";
import { fill } from "../lib/fill.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { clamp, rough, roundUp } from "../lib/numbers.js";
import { network } from "../lib/onnx.js";
import { SPEEDS } from "../lib/play_button.js";
import { Clock } from "./clock.js";
import { Panel, Queue } from "./panel.js";
import { Row } from "./row.js";
import { Slider, rounded } from "./sliders.js";
import { codesOf, length } from "./ways.js";

const SECONDS = 2.6; // for one pass, at 1×
const PATIENCE = 20_000; // ms until the stored pictures are used, though a network may still come

class LivePictures {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.section, this.box, this.singles, this.grids] = [".live-pictures", ".curves", ".singles", ".grids"].map(find);
    [this.slidersBox, this.stripsBox, this.panelsBox] = [".sliders", ".strips", ".panels"].map(find);
    [this.sentence, this.quiet, this.legend] = [".sentence", ".quiet", ".legend"].map(find);
    [this.hand, this.bar] = [".hand", ".bar"].map(find);
    this.latency = new Latency(find(".badge"), "pictures-measured");
    this.queue = new Queue();
    this.networks = new Map(); // sha256 -> network, those of the newest data
    this.reasons = new Map(); // network -> why it does not run, or not yet
    this.hidden = new Set(); // names of curves
    this.rows = []; // under the slider
    const speed = find(".speed");
    fill(speed, Object.keys(SPEEDS), "1×");
    this.clock = new Clock(find(".play"), {
      value: () => this.values[this.data.play],
      go: (value) => this.set(this.data.play, value),
      stopped: () => this.move(this.data.play, rounded(this.values[this.data.play])),
      speed: () => SPEEDS[speed.value] / SECONDS,
    });
    this.singles.addEventListener("click", () => this.data.play && this.clock.toggle());
    find(".save").addEventListener("click", () => save([...this.panelsBox.children], this.section, this.data.curves.save));
    // Strips and curves are sliders too, for the hand; the keyboard has the real ones.
    this.scrub(this.stripsBox, (event) => {
      const box = this.stripsBox.getBoundingClientRect(), half = box.width / this.data.strip / 2;
      return clamp((event.clientX - box.left - half) / (box.width - 2 * half), 0, 1);
    });
    this.scrub(this.panelsBox, (event) => along(event, this.panelsBox.firstChild, this.data.curves.axis));
  }

  scrub(surface, valueAt) {
    const follows = () => this.data.play && (surface !== this.panelsBox || this.data.curves.marked);
    const drag = (event) => this.move(this.data.play, rounded(valueAt(event)), event.timeStamp);
    dragging(surface, { grab: (event) => (follows() ? drag(event) : false), drag, drop: () => {} });
  }

  // ---- from the server ----

  async receive(data) {
    if (data.identity === this.identity) return; // these pictures are already shown, at the user's position
    this.identity = data.identity;
    const arrays = Object.fromEntries(Object.entries(data.arrays).map(([name, text]) => [name, decoded(text)]));
    const panels = data.panels.map((given, k) => this.panel({ ...given, lane: `${data.key} ${k}` }, arrays, data, this.panels?.[k]));
    await Promise.all(panels.map((panel) => panel.ready()));
    if (data.identity !== this.identity) return; // newer data came while these were decoded
    const same = this.data?.scene === data.scene; // then the sliders' values are newer than these
    for (const panel of this.panels ?? []) panel.gone = true;
    if (!same) this.clock.pause();
    Object.assign(this, { data, panels, values: same ? this.values : { ...data.values } });
    for (const [box, single] of [[this.singles, true], [this.grids, false]]) {
      const figures = panels.filter(({ shown }) => (shown === 1) === single).map(({ figure }) => figure);
      if (figures.length !== box.children.length || figures.some((figure, k) => figure !== box.children[k])) box.replaceChildren(...figures);
    }
    this.section.style.setProperty("--across", data.columns);
    this.section.style.setProperty("--narrow", data.columns > 3 ? 2 : data.columns); // on a phone
    this.section.style.setProperty("--narrow-grids", data.columns === 4 ? 2 : 1); // in whole rows
    this.section.classList.toggle("stripped", data.strip > 0);
    this.section.classList.toggle("played", !!data.play);
    this.fillSliders();
    this.fillStrips();
    this.curves = data.curves && { ...data.curves, panels: structuredClone(data.curves.panels) };
    this.drawCurves();
    this.draw();
    this.connect();
  }

  // Adds the arrays of its way and the classes of its classifier.
  panel(given, arrays, { classifiers }, before) {
    const named = Object.entries(given.way).map(([name, value]) => [name, typeof value === "string" ? (arrays[value] ?? value) : value]);
    const classifier = given.classifier === null ? null : { ...classifiers[given.classifier] };
    return new Panel({ ...given, way: Object.fromEntries(named), classifier }, {
      queue: this.queue,
      drawn: (panel, time) => this.drawn(panel, time),
      changed: (panel, changes) => this.changed(panel, changes),
    }, before);
  }

  fillSliders() {
    const { sliders, play } = this.data, identity = JSON.stringify([sliders, play]);
    if (identity === this.slidersIdentity) return; // one of them may have the focus
    this.slidersIdentity = identity;
    const hand = {
      moved: ({ name }, value, time) => this.move(name, value, time),
      typed: (slider, value) => this.type(slider, value),
      refused: (sentence) => (this.sentence.textContent = sentence),
    };
    this.sliders = sliders.map((given) => new Slider(given, hand));
    this.slidersBox.replaceChildren(...this.sliders.map(({ box }) => box));
    this.sentence.textContent = "";
    if (!play) return this.hand.prepend(this.bar);
    const { low, high, range, head } = this.sliders.find(({ name }) => name === play);
    head.prepend(this.bar);
    this.clock.load(low, high);
    range.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.clock.toggle();
    });
  }

  // Evenly spaced stored pictures below the slider, with the measurements along the way.
  fillStrips() {
    const { strip: count } = this.data;
    this.rows = count ? this.panels.map((panel) => new Row(panel, count)) : [];
    if (!count) return this.stripsBox.replaceChildren();
    this.section.style.setProperty("--shown", count);
    this.mark = Object.assign(document.createElement("div"), { className: "mark" });
    this.stripsBox.replaceChildren(...this.rows.map(({ box }) => box), this.mark);
    this.drawRows();
  }

  drawRows() {
    this.across = this.stripsBox.clientWidth;
    this.rows.forEach((row) => row.draw(Math.max(280, this.across)));
  }

  // ---- the networks in the browser ----

  connect() {
    const { networks } = this.data, known = this.networks;
    const loaded = (given) => {
      const one = this.networks.get(given.sha256) ?? known.get(given.sha256) ?? network(given);
      if (!this.networks.has(given.sha256)) this.wait(one);
      this.networks.set(given.sha256, one);
      return one;
    };
    this.networks = new Map();
    for (const panel of this.panels) {
      if (panel.part !== null) panel.network = networks[panel.part] && loaded(networks[panel.part]);
      if (panel.classifier) panel.classifier.network = loaded(panel.classifier.network);
    }
    this.tellHowItRuns();
  }

  async wait(one) {
    const { networks } = this;
    const given = (reason) => {
      this.reasons.set(one, reason);
      if (this.networks.get(one.given.sha256) === one) this.tellHowItRuns();
    };
    const late = setTimeout(() => given("the network is not here yet"), PATIENCE);
    const reason = await one.ready;
    clearTimeout(late);
    given(reason);
    one.over.then(given);
    if (reason === null && networks === this.networks) this.draw();
  }

  // A sentence if stored pictures are used.
  tellHowItRuns() {
    const needed = this.panels.filter(({ part }) => part !== null).map((panel) => panel.network);
    const reasons = needed.map((one) => (one ? this.reasons.get(one) : "this model has no file for browsers"));
    const reason = reasons.find((reason) => reason);
    this.quiet.textContent = reason ? `${this.data.without}, because ${reason}.` : "";
    this.section.dataset.pictures = reason ? "stored" : needed.every((one) => one.live) ? "network" : "";
    if (!reason || !this.data.more || this.asked === this.data.scene) return;
    this.asked = this.data.scene;
    this.request("stored", true);
  }

  // ---- from the hand ----

  move(name, value, time) {
    this.clock.pause();
    this.set(name, value, time);
    this.tell();
  }

  set(name, value, time) {
    this.values = { ...this.values, [name]: value };
    this.draw(time);
  }

  type(slider, value) {
    this.sentence.textContent = "";
    this.move(slider.name, value);
  }

  tell() {
    this.report("values", this.values);
  }

  // ---- on the screen ----

  draw(time) {
    const { values, data: { play, strip } } = this, list = this.sliders.map(({ name }) => values[name]);
    for (const panel of this.panels) {
      if (panel.follows && !panel.has(list)) panel.follow(values, time);
      else panel.rest(list, time);
    }
    // The worker has been asked; the labels are written while it works.
    this.sliders.forEach((slider) => slider.show(values[slider.name]));
    for (const { way, length: words } of this.panels.filter(({ measured }) => measured))
      words.textContent = `‖z‖ = ${length(codesOf(way, values)[0]).toFixed(2)}`;
    this.rows.forEach((row) => row.put(values[play]));
    if (strip) this.mark.style.left = `${(100 * (0.5 + values[play] * (strip - 1))) / strip}%`;
    this.marks?.forEach((put) => put(values[play]));
  }

  drawn(panel, time) {
    if (!panel.wanted) panel.classify(); // otherwise the next picture comes before the class
    if (time !== undefined && panel === (this.panels.find(({ part }) => part !== null) ?? this.panels[0])) this.latency.measure("drag", time);
  }

  // A panel knows how much each dimension changes its picture: its curve shows them in descending order.
  changed(panel, changes) {
    const [{ series, range }] = this.curves.panels, moved = this.panels.filter(({ way }) => way.kind === "moved");
    series[moved.indexOf(panel)].y = changes.sort((a, b) => b - a);
    const most = Math.max(...series.flatMap(({ y }) => y));
    range[1] = most > 0 ? roundUp(most) : 1;
    cancelAnimationFrame(this.redrawing);
    this.redrawing = requestAnimationFrame(() => this.drawCurves());
  }

  drawCurves() {
    this.box.hidden = !this.curves;
    this.marks = [];
    if (!this.curves) return;
    const { panels, axis, marked } = this.curves;
    this.width = this.panelsBox.clientWidth;
    const width = Math.max(280, this.width), drawn = panels.map((given) => pictureOf(given, axis, width, this.hidden));
    this.panelsBox.replaceChildren(...drawn);
    const entries = legend(this.legend, panels, this.hidden, () => this.drawCurves());
    if (!marked) return;
    this.marks = drawn.map((svg) => marker(svg, across(axis, width)));
    for (const { one, value } of entries) this.marks.push((x) => (value.textContent = rough(nearest(one, x), 3)));
    this.marks.forEach((put) => put(this.values[this.data.play]));
  }

  resize() {
    if (this.rows.length && this.stripsBox.clientWidth !== this.across) this.drawRows();
    if (this.curves && this.panelsBox.clientWidth !== this.width) this.drawCurves();
  }

  stop() {
    this.identity = null; // pictures still being decoded come too late
    this.clock.pause();
    cancelAnimationFrame(this.redrawing);
    for (const panel of this.panels ?? []) panel.gone = true;
  }
}

export default mount(LivePictures);
