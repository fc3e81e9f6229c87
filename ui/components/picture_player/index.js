// Rows of pictures under one slider, and curves beside them with a marker at the frame. Every row came whole, so everything
// follows the hand, and the server hears only where it let go.

import { APART, PANEL, WIDE, across, along, hideAtFirst, legend, marker, nearest, panel, save } from "../lib/curves.js";
import { dragging } from "../lib/dragging.js";
import { fill } from "../lib/fill.js";
import { mount } from "../lib/mount.js";
import { clamp, rough } from "../lib/numbers.js";
import { SPEEDS } from "../lib/play_button.js";
import { Player } from "../lib/player.js";
import { Sheet, Stills } from "./sources.js";

const PANELS = 520; // height of all panels together in CSS pixels, so that they are in sight with the pictures

class PicturePlayer {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.section, this.box, this.panelsBox] = [".picture-player", ".curves", ".panels"].map(find);
    [this.rowsBox, this.legend] = [".rows", ".legend"].map(find);
    const speed = find(".speed");
    fill(speed, Object.keys(SPEEDS), "1×");
    speed.addEventListener("change", () => this.player.restart());
    this.player = new Player(
      { slider: find(".time"), play: find(".play"), caption: find(".caption") },
      {
        show: (frame) => this.draw(frame),
        report: (frame) => this.report("frame", frame),
        milliseconds: () => this.data.milliseconds / SPEEDS[speed.value],
      },
    );
    for (const [name, by] of [[".back", -1], [".forward", 1]])
      find(name).addEventListener("click", () => {
        this.player.go(this.player.frame + by);
        this.report("frame", this.player.frame);
      });
    this.rowsBox.addEventListener("click", () => this.player.toggle());
    find(".save").addEventListener("click", () => save(this.forFile(), this.section, this.data.save, { down: true }));
    // Curves are a slider too, for the hand; the keyboard has the real one.
    this.scrub(this.panelsBox, (event) => this.nearestFrame(along(event, this.panelsBox.firstChild, this.data.axis)));
  }

  scrub(surface, frameAt) {
    const drag = (event) => this.player.go(frameAt(event));
    dragging(surface, { grab: drag, drag, drop: () => this.report("frame", this.player.frame) });
  }

  // The frame whose x is nearest.
  nearestFrame(x) {
    const distances = this.data.x.map((place) => Math.abs(place - x));
    return distances.indexOf(Math.min(...distances));
  }

  async receive(data) {
    if (this.wanted === data.identity) return; // these pictures are here already, at the frame where the hand left them
    this.wanted = data.identity;
    const start = Math.min(data.frame, data.captions.length - 1);
    const arrived = () => this.wanted === data.identity && this.draw(this.player.frame);
    const sources = data.rows.map((row) => (row.sheet ? new Sheet(row) : new Stills(row, arrived)));
    await Promise.all(sources.map((source) => source.ready(start)));
    if (this.wanted !== data.identity) return; // newer data came while this was decoded
    Object.assign(this, { data, sources });
    this.rowsBox.replaceChildren(...data.rows.map(figure));
    this.canvases = [...this.rowsBox.querySelectorAll("canvas")];
    this.canvases.forEach((canvas, row) => this.size(canvas, row));
    this.player.load(data.captions, data.label, start);
    [this.hidden, this.met] = [new Set(), new Set()];
    hideAtFirst(data.panels, this.hidden, this.met);
    this.drawCurves();
    this.player.show(start);
    if (data.playing && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.start();
  }

  resize() {
    if (this.data && this.panelsBox.clientWidth !== this.width) this.drawCurves();
  }

  stop() {
    this.wanted = null; // what is being decoded comes too late
    this.player.pause();
  }

  size(canvas, row) {
    const [height, width] = this.data.rows[row].size;
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").imageSmoothingEnabled = false;
  }

  drawCurves() {
    const { panels, axis, rows } = this.data;
    this.box.hidden = !panels.length;
    this.section.classList.toggle("curved", panels.length > 0);
    this.section.classList.toggle("pair", rows.length > 1);
    this.marks = [];
    if (!panels.length) return;
    this.width = this.panelsBox.clientWidth;
    const width = Math.max(280, this.width), height = clamp(PANELS / panels.length, 130, PANEL);
    const drawn = panels.map((given) => panel({ ...given, height }, axis, width, this.hidden));
    this.panelsBox.replaceChildren(...drawn);
    this.marks = drawn.map((svg) => marker(svg, across(axis, width)));
    const every = panels.flatMap(({ series }) => series);
    for (const { one, value } of legend(this.legend, panels, this.hidden, () => this.drawCurves()))
      this.marks.push((x) => {
        const near = every.filter(({ name }) => name === one.name).map((each) => nearest(each, x));
        const known = near.filter((each) => each !== null);
        value.textContent = known.map((each) => rough(each, 3)).join(" · ");
      });
    this.markCurves(this.player.frame);
  }

  // The panels of a file, where narrow ones stand in two columns: the last of an odd number is as high as two.
  forFile() {
    const { panels, axis, x } = this.data, drawn = [...this.panelsBox.children], { width, height } = drawn[0].viewBox.baseVal;
    if (panels.length < 3 || panels.length % 2 === 0 || width >= WIDE) return drawn;
    const last = panel({ ...panels.at(-1), height: 2 * height + APART }, axis, width, this.hidden);
    marker(last, across(axis, width))(x[this.player.frame]);
    return [...drawn.slice(0, -1), last];
  }

  // The curves' marker stands at the frame.
  markCurves(frame) {
    this.marks.forEach((put) => put(this.data.x[frame]));
  }

  draw(frame) {
    this.canvases.forEach((canvas, row) => this.sources[row].draw(canvas.getContext("2d"), frame));
    this.markCurves(frame);
  }
}

function figure({ title, note, alt }) {
  const [figure, words, small] = ["figure", "figcaption", "small"].map((name) => document.createElement(name));
  words.textContent = title;
  small.textContent = note;
  words.append(small);
  figure.append(words, picture(alt));
  return figure;
}

function picture(alt) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  return canvas;
}

export default mount(PicturePlayer);
