// A page to draw on: black ink on white. Every finished stroke reports the whole page once, as a PNG.

import { bitmap } from "../lib/decode.js";
import { mount } from "../lib/mount.js";

const WIDTHS = { pen: 20, eraser: 34 }; // in canvas pixels, of 280
const INKS = { pen: "#000", eraser: "#fff" };
const PAUSE = 200; // ms after a stroke: the dot of an i belongs to it
const REMEMBERED = 30; // pages for undo

class Drawing {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.canvas = find("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.context, { lineCap: "round", lineJoin: "round" });
    this.pages = [];
    this.blank();
    this.tools = { pen: find(".pen"), eraser: find(".eraser") };
    for (const name of Object.keys(this.tools)) this.tools[name].addEventListener("click", () => this.take(name));
    this.take("pen");
    find(".undo").addEventListener("click", () => this.undo());
    find(".clear").addEventListener("click", () => {
      this.remember();
      this.blank();
      this.tell();
    });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    });
    this.listen();
  }

  // What was drawn before the page was left comes back once; afterwards the hand alone draws.
  async receive({ label, picture }) {
    this.canvas.setAttribute("aria-label", label);
    const again = this.received;
    this.received = true;
    if (again || !picture) return;
    const drawn = await bitmap(picture);
    if (!this.pages.length) this.context.drawImage(drawn, 0, 0);
  }

  stop() {
    clearTimeout(this.timer);
  }

  take(name) {
    this.tool = name;
    for (const [key, button] of Object.entries(this.tools)) button.setAttribute("aria-pressed", String(key === name));
  }

  blank() {
    this.context.fillStyle = "#fff";
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  remember() {
    this.pages.push(this.context.getImageData(0, 0, this.canvas.width, this.canvas.height));
    if (this.pages.length > REMEMBERED) this.pages.shift();
  }

  undo() {
    if (!this.pages.length) return;
    this.context.putImageData(this.pages.pop(), 0, 0);
    this.tell();
  }

  tell() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report("drawn", this.canvas.toDataURL("image/png")), PAUSE);
  }

  listen() {
    const { canvas } = this;
    let last = null; // where the stroke is, null between strokes
    const draw = (event) => {
      const all = event.getCoalescedEvents?.() ?? [], box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
      for (const { clientX, clientY } of all.length ? all : [event]) {
        const next = [(clientX - box.left) * scale, (clientY - box.top) * scale];
        this.stroke(last ?? next, next);
        last = next;
      }
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      clearTimeout(this.timer);
      canvas.setPointerCapture(event.pointerId);
      this.remember();
      last = null;
      draw(event);
    });
    canvas.addEventListener("pointermove", (event) => last && draw(event));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => {
        if (last) this.tell();
        last = null;
      });
  }

  stroke(from, to) {
    Object.assign(this.context, { strokeStyle: INKS[this.tool], lineWidth: WIDTHS[this.tool] });
    this.context.beginPath();
    this.context.moveTo(...from);
    this.context.lineTo(...to);
    this.context.stroke();
  }
}

export default mount(Drawing);
