// Rows of frames under one slider. Every row came as one sheet (all frames side by side), so a frame is an offset: the
// pictures follow the hand and the server hears only where it let go.

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
    this.rowsBox = find(".rows");
    this.play = find(".play");
    this.time = find(".time");
    this.caption = find(".caption");
    this.speed = find(".speed");
    for (const name of Object.keys(SPEEDS)) this.speed.append(new Option(name, name, name === "1×", name === "1×"));
    this.time.addEventListener("input", () => this.show(this.time.valueAsNumber));
    this.time.addEventListener("change", () => this.report(this.frame));
    this.play.addEventListener("click", () => (this.timer ? this.stop(true) : this.start()));
    this.rowsBox.addEventListener("click", () => this.play.click());
    this.speed.addEventListener("change", () => this.timer && (this.stop(), this.start()));
  }

  async receive(data) {
    const said = JSON.stringify(data);
    if (said === this.said) return;
    this.said = said;
    const sheets = await Promise.all(data.rows.map((row) => decoded(row.sheet)));
    if (said !== this.said) return; // newer data came while this was decoded
    const first = !this.data || this.data.identity !== data.identity;
    this.data = data;
    this.sheets = sheets;
    this.rowsBox.replaceChildren(...data.rows.map((row) => figure(row)));
    this.canvases = [...this.rowsBox.querySelectorAll("canvas")];
    this.time.max = data.captions.length - 1;
    this.time.setAttribute("aria-label", data.label);
    this.show(first ? data.frame : Math.min(this.frame, data.captions.length - 1));
  }

  show(frame) {
    this.frame = frame;
    this.time.value = frame;
    this.caption.textContent = this.data.captions[frame];
    this.time.setAttribute("aria-valuetext", this.data.captions[frame]);
    this.sheets.forEach((sheet, row) => {
      const width = sheet.width / this.data.captions.length;
      const canvas = this.canvases[row];
      if (canvas.width !== width) Object.assign(canvas, { width, height: sheet.height });
      const context = canvas.getContext("2d");
      context.imageSmoothingEnabled = false;
      context.drawImage(sheet, frame * width, 0, width, sheet.height, 0, 0, width, sheet.height);
    });
  }

  start() {
    const { captions, milliseconds, swing } = this.data;
    let direction = 1;
    if (!swing && this.frame === captions.length - 1) this.show(0);
    this.timer = setInterval(() => {
      const last = captions.length - 1;
      if (swing && (this.frame + direction > last || this.frame + direction < 0)) direction = -direction;
      this.show(swing ? this.frame + direction : (this.frame + 1) % (last + 1));
    }, milliseconds / SPEEDS[this.speed.value]);
    this.label("❚❚", "Pause");
  }

  stop(report = false) {
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
  const canvas = document.createElement("canvas");
  words.textContent = title;
  small.textContent = note;
  words.append(small);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  made.append(words, canvas);
  return made;
}

async function decoded(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}
