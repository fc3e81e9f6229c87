// Rows of frames under one slider. Every row came as one sheet of all its frames, so a frame is an offset: the pictures
// follow the hand and the server hears only where it let go.

const SPEEDS = { "0.5×": 0.5, "1×": 1, "2×": 2, "4×": 4 };
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let film = instances.get(parentElement);
  if (!film) instances.set(parentElement, (film = new Film(parentElement)));
  film.report = (frame) => setTriggerValue("frame", frame);
  film.receive(data);
  return () => {
    film.stop();
    instances.delete(parentElement);
  };
}

class Film {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.box = find(".film");
    this.rowsBox = find(".rows");
    this.stripsBox = find(".strips");
    this.play = find(".play");
    this.time = find(".time");
    this.caption = find(".caption");
    this.speed = find(".speed");
    this.speed.replaceChildren(...Object.keys(SPEEDS).map((name) => new Option(name, name, name === "1×", name === "1×")));
    this.time.addEventListener("input", () => {
      this.stop(); // the hand is stronger than the clock
      this.show(this.time.valueAsNumber);
    });
    this.time.addEventListener("change", () => this.report(this.frame));
    this.play.addEventListener("click", () => (this.timer ? this.stop(true) : this.start()));
    this.rowsBox.addEventListener("click", () => this.play.click());
    this.speed.addEventListener("change", () => this.timer && (this.stop(), this.start()));
    this.time.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.play.click();
    });
    this.drags();
  }

  // The strips are a slider too, for the hand; the keyboard has the real one.
  drags() {
    let held = null;
    const at = (event) => {
      const box = this.stripsBox.getBoundingClientRect(), half = box.width / this.data.strip / 2;
      const share = (event.clientX - box.left - half) / (box.width - 2 * half);
      this.show(Math.round(Math.min(1, Math.max(0, share)) * this.last));
    };
    this.stripsBox.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.stop();
      this.stripsBox.setPointerCapture((held = event.pointerId));
      at(event);
    });
    this.stripsBox.addEventListener("pointermove", (event) => held === event.pointerId && at(event));
    for (const end of ["pointerup", "pointercancel"])
      this.stripsBox.addEventListener(end, (event) => {
        if (held !== event.pointerId) return;
        held = null;
        this.report(this.frame);
      });
  }

  get last() {
    return this.data.captions.length - 1;
  }

  async receive(data) {
    if (this.wanted === data.identity) return; // this film is here already, at the frame where the hand left it
    this.wanted = data.identity;
    const sheets = await Promise.all(data.rows.map((row) => decoded(row.sheet)));
    if (this.wanted !== data.identity) return; // newer data came while this was decoded
    this.data = data;
    this.sheets = sheets;
    this.time.max = this.last;
    this.time.setAttribute("aria-label", data.label);
    this.rowsBox.replaceChildren(...data.rows.map((row) => figure(row)));
    this.canvases = [...this.rowsBox.querySelectorAll("canvas")];
    this.sheets.forEach((sheet, row) => this.size(this.canvases[row], row, 1));
    this.buildStrips();
    this.show(Math.min(data.frame, this.last));
  }

  size(canvas, row, columns) {
    const [height, width] = this.data.rows[row].size;
    Object.assign(canvas, { width: columns * width, height });
    canvas.getContext("2d").imageSmoothingEnabled = false;
  }

  draw(canvas, row, frame, place = 0) {
    const { size: [height, width], columns } = this.data.rows[row];
    const left = (frame % columns) * width, top = Math.floor(frame / columns) * height;
    canvas.getContext("2d").drawImage(this.sheets[row], left, top, width, height, place * width, 0, width, height);
  }

  buildStrips() {
    const shown = this.data.strip;
    this.box.classList.toggle("stripped", shown > 0);
    if (!shown) return this.stripsBox.replaceChildren();
    this.box.style.setProperty("--shown", shown);
    this.mark = document.createElement("div");
    this.mark.className = "mark";
    const strips = this.data.rows.map((row, index) => {
      const made = document.createElement("div"), words = document.createElement("small");
      const canvas = picture(`${row.alt}: ${shown} pictures on the way`);
      words.textContent = row.title;
      this.size(canvas, index, shown);
      for (let k = 0; k < shown; k++) this.draw(canvas, index, Math.round((k / (shown - 1)) * this.last), k);
      made.append(words, canvas);
      return made;
    });
    this.stripsBox.replaceChildren(...strips, this.mark);
  }

  show(frame) {
    this.frame = frame;
    this.time.value = frame;
    this.caption.textContent = this.data.captions[frame];
    this.time.setAttribute("aria-valuetext", this.data.captions[frame]);
    this.canvases.forEach((canvas, row) => this.draw(canvas, row, frame));
    const { strip } = this.data;
    if (strip) this.mark.style.left = `${(100 * (0.5 + (frame / this.last) * (strip - 1))) / strip}%`;
  }

  start() {
    const { milliseconds, swing } = this.data;
    let direction = 1;
    if (!swing && this.frame === this.last) this.show(0);
    this.timer = setInterval(() => {
      if (swing && (this.frame + direction > this.last || this.frame + direction < 0)) direction = -direction;
      this.show(swing ? this.frame + direction : (this.frame + 1) % (this.last + 1));
    }, milliseconds / SPEEDS[this.speed.value]);
    this.label("❚❚", "Pause");
  }

  stop(report = false) {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.label("▶", "Play");
    if (report) this.report(this.frame);
  }

  label(sign, words) {
    this.play.textContent = sign;
    this.play.setAttribute("aria-label", words);
  }
}

function figure({ title, note, alt }) {
  const made = document.createElement("figure");
  const words = document.createElement("figcaption");
  const small = document.createElement("small");
  words.textContent = title;
  small.textContent = note;
  words.append(small);
  made.append(words, picture(alt));
  return made;
}

function picture(alt) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  return canvas;
}

async function decoded(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}
