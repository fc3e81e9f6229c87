// A page to draw on: black ink on white. Every finished stroke reports the whole page once, as a PNG.

const PEN = 20, ERASER = 34; // widths in canvas pixels, of 280
const PAUSE = 200; // ms after a stroke: the dot of an i belongs to it
const KEPT = 30; // pages that undo remembers
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let drawing = instances.get(parentElement);
  if (!drawing) instances.set(parentElement, (drawing = new Drawing(parentElement, data)));
  drawing.report = (page) => setTriggerValue("drawn", page);
}

class Drawing {
  constructor(root, { picture, label }) {
    const find = (selector) => root.querySelector(selector);
    this.canvas = find("canvas");
    this.canvas.setAttribute("aria-label", label);
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.context, { lineCap: "round", lineJoin: "round" });
    this.pages = [];
    this.blank();
    if (picture) this.restore(picture);
    this.tools = { pen: find(".pen"), eraser: find(".eraser") };
    for (const name of ["pen", "eraser"]) this.tools[name].addEventListener("click", () => this.take(name));
    this.take("pen");
    find(".undo").addEventListener("click", () => this.undo());
    find(".clear").addEventListener("click", () => {
      this.remember();
      this.blank();
      this.say();
    });
    this.listen();
  }

  take(name) {
    this.tool = name;
    for (const [key, button] of Object.entries(this.tools)) button.setAttribute("aria-pressed", String(key === name));
  }

  blank() {
    this.context.fillStyle = "#fff";
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  async restore(picture) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    this.context.drawImage(image, 0, 0);
  }

  remember() {
    this.pages.push(this.context.getImageData(0, 0, this.canvas.width, this.canvas.height));
    if (this.pages.length > KEPT) this.pages.shift();
  }

  undo() {
    if (!this.pages.length) return;
    this.context.putImageData(this.pages.pop(), 0, 0);
    this.say();
  }

  say() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report(this.canvas.toDataURL("image/png")), PAUSE);
  }

  listen() {
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      const scale = this.canvas.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    let last = null;
    const line = (event) => {
      for (const point of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
        const [x, y] = at(point);
        this.context.strokeStyle = this.tool === "pen" ? "#000" : "#fff";
        this.context.lineWidth = this.tool === "pen" ? PEN : ERASER;
        this.context.beginPath();
        this.context.moveTo(...(last ?? [x, y]));
        this.context.lineTo(x, y);
        this.context.stroke();
        last = [x, y];
      }
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      clearTimeout(this.timer);
      this.canvas.setPointerCapture(event.pointerId);
      this.remember();
      last = null;
      line(event);
    });
    this.canvas.addEventListener("pointermove", (event) => last && line(event));
    for (const end of ["pointerup", "pointercancel"])
      this.canvas.addEventListener(end, () => {
        if (last) this.say();
        last = null;
      });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    });
  }
}
