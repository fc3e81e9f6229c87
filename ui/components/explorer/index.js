// The live explorer. The server sends every picture a hand can reach next (a sheet: one row a dimension, 31 steps from
// −3 to 3); while the hand moves, this code only chooses a tile of it. On release the complete code goes to the server
// once, with a serial number, and the server's own picture for it is drawn; the next sheet follows. The newest request
// wins: what answers an older serial is dropped.

import { clamp } from "../lib/numbers.js";
import { Plane } from "./plane.js";

const STEPS = 31;
const KEY_PAUSE = 200; // ms without a key press until the code is reported

const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let explorer = instances.get(parentElement);
  if (!explorer) {
    explorer = new Explorer(parentElement);
    instances.set(parentElement, explorer);
  }
  explorer.report = setTriggerValue;
  explorer.receive(data);
  return () => {
    clearTimeout(explorer.asking);
    clearTimeout(explorer.pausing);
    instances.delete(parentElement);
  };
}

// A row's slider has 31 steps from `low` on.
const toStep = ({ low, step }, value) => clamp(Math.round((value - low) / step), 0, STEPS - 1);
const fromStep = ({ low, step }, index) => Math.round((low + step * index) * 100) / 100;
const highest = (row) => fromStep(row, STEPS - 1);
const short = (value) => String(Math.round(value * 1000) / 1000);

// PNG as a data URL -> ImageBitmap with exactly the file's pixel values.
function bitmap(url) {
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: "image/png" });
  return createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
}

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

class Explorer {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.view = find(".view");
    this.rowsBox = find(".rows");
    this.sentence = find(".sentence");
    this.badge = find(".badge");
    this.originWords = find(".origin");
    this.pages = find(".page");
    this.bases = find(".basis");
    this.axes = [...root.querySelectorAll(".axis")];
    this.start = find(".start");
    this.strip = find(".strip");
    this.original = find(".original");
    this.sent = 0; // serial of the last report
    this.times = new Map(); // serial -> when the hand let go
    this.pictures = new Map(); // base64 -> decoded, of the last data only
    this.measured = {};
    this.plane = new Plane(root, {
      preview: (draw, u, time) => this.draw(draw, time),
      pick: (draw, u, time, key) => this.pick(draw, u, time, key),
      leave: () => this.draw(this.current),
    });
    this.bases.addEventListener("change", () => this.tell("view", { basis: this.bases.value }));
    this.pages.addEventListener("change", () => this.tell("view", { dims: Number(this.pages.value) }));
    for (const select of this.axes) {
      select.addEventListener("change", () => this.tell("view", { axes: this.axes.map((axis) => axis.value) }));
    }
    find(".others").addEventListener("click", () => this.tell("view", { strip: this.data.strip.page + 1 }));
  }

  // ---- from the server ----

  async receive(data) {
    if (data.session !== this.session) [this.session, this.sent] = [data.session, data.serial];
    if (data.serial < this.sent) return; // the hand has gone on since
    const known = this.pictures;
    const loading = (this.pictures = new Map());
    const stale = () => this.pictures !== loading || data.serial < this.sent; // newer data came, or a newer movement
    const load = (source) => {
      if (source && !loading.has(source)) loading.set(source, known.get(source) ?? bitmap(source));
      return loading.get(source);
    };
    const picture = await load(data.picture); // alone, so that nothing larger is decoded before it
    if (stale()) return;
    const [width, height] = data.size;
    if (this.view.width !== width || this.view.height !== height) Object.assign(this.view, { width, height });
    this.context = this.view.getContext("2d");
    if (!this.held && !this.plane.held) this.draw((this.current = (context) => context.drawImage(picture, 0, 0)));
    this.arrived(data.serial);
    const others = [data.sheet, data.plane.map, data.strip?.sheet, data.original?.picture];
    const [sheet, map, strip, original] = await Promise.all(others.map(load));
    if (stale()) return;
    this.apply(data, picture, sheet, map);
    this.pictureChoices(data, strip, original);
    this.ask(data);
  }

  apply(data, picture, sheet, map) {
    const mine = this.held && [this.held.dimension, this.at(this.held)];
    this.data = data;
    this.code = Float64Array.from(data.code);
    const sameRows = !this.rows(data);
    if (sheet) [this.sheet, this.sheetName] = [sheet, data.sheet_name];
    else if (!sameRows) this.sheet = this.sheetName = null; // otherwise the last one serves until the new one is here
    this.held = mine ? this.byDimension.get(mine[0]) : null;
    if (this.held) {
      // The hand is on a slider: its value stays, and its picture is drawn again around the new code.
      this.put(this.held, mine[1]);
      this.current = this.tile(this.held, toStep(this.held, mine[1]));
    } else {
      this.current = (context) => context.drawImage(picture, 0, 0);
    }
    this.byDimension.forEach((row) => this.refresh(row));
    if (!this.plane.held) this.draw(this.current);
    this.plane.update({ ...data.plane, at: this.coordinates() }, map, data.size);
    this.choices(data);
    this.originWords.textContent = data.origin;
  }

  arrived(serial) {
    const time = this.times.get(serial);
    this.times.clear();
    if (time !== undefined) requestAnimationFrame(() => this.measure("release", performance.now() - time));
  }

  // The first answer after a movement holds the official picture alone. Sheet and map take hundreds of pictures, so
  // they are asked for when the first one is on the screen; what is here already is left out of the answer.
  ask(data) {
    clearTimeout(this.asking);
    if (data.plane.map && this.sheetName === data.sheet_name) return;
    const ask = () => {
      if (data.serial !== this.sent || this.pausing) return; // the answer to the newer movement will ask
      this.report("rest", { asked: data.asked + 1, have: this.sheetName });
    };
    this.asking = setTimeout(ask, data.waking ? 700 : 0);
  }

  rows(data) {
    const shown = JSON.stringify([data.rows, data.size, data.session]);
    if (shown === this.shown) return false;
    this.shown = shown;
    this.byDimension = new Map();
    this.rowsBox.replaceChildren(...data.rows.map((row, index) => this.row(row, index)));
    return true;
  }

  row(told, index) {
    const box = element("div", told.dead ? "row dead" : "row");
    const name = element("div", "name");
    name.title = told.words;
    name.append(element("span", "", told.rank ?? ""), element("b", "", told.name), element("span", "", told.note));
    const range = Object.assign(element("input", ""), { type: "range", min: told.low, max: highest(told), step: "any" });
    range.setAttribute("aria-label", told.rank ? `${told.label}, rank ${told.rank}${told.dead ? ", dead" : ""}` : told.label);
    range.title = told.words;
    const [least, most] = told.exact;
    const number = Object.assign(element("input", ""), { type: "number", min: least, max: most, step: "any" });
    number.setAttribute("aria-label", `Exact value of ${told.label[0].toLowerCase()}${told.label.slice(1)}`);
    number.inputMode = "decimal";
    box.append(name, range, number);

    const row = { ...told, index, box, range, number };
    this.byDimension.set(told.dimension, row);
    const stamp = (event) => (row.time = event.timeStamp);
    range.addEventListener("pointerdown", stamp);
    range.addEventListener("pointermove", stamp);
    range.addEventListener("input", (event) => {
      this.hold(row);
      this.hand(row, toStep(row, range.valueAsNumber), row.time ?? event.timeStamp);
    });
    range.addEventListener("change", (event) => this.commit(event.timeStamp));
    range.addEventListener("keydown", (event) => this.key(row, event));
    range.addEventListener("blur", (event) => this.pausing && this.commit(event.timeStamp));
    number.addEventListener("input", () => (row.typing = true));
    number.addEventListener("change", (event) => this.exact(row, event.timeStamp));
    return box;
  }

  choices(data) {
    fill(this.bases, data.bases, data.basis);
    fill(this.pages, data.pages, data.page);
    this.pages.hidden = data.pages.length < 2;
    this.axes.forEach((select, axis) => fill(select, data.plane.choices, data.plane.axes[axis]));
  }

  pictureChoices({ strip, original, size }, sheet, picture) {
    const [width, height] = size;
    this.start.hidden = !strip;
    if (strip && sheet !== this.stripShown) {
      this.stripShown = sheet;
      this.strip.replaceChildren(
        ...strip.pictures.map(({ number, words }, index) => {
          const button = Object.assign(element("button", ""), { type: "button", title: words });
          button.setAttribute("aria-label", `Start from ${words}`);
          button.dataset.number = number;
          const canvas = Object.assign(document.createElement("canvas"), { width, height });
          canvas.getContext("2d").drawImage(sheet, index * width, 0, width, height, 0, 0, width, height);
          button.append(canvas);
          button.addEventListener("click", () => this.tell("snap", { number }));
          return button;
        }),
      );
    }
    for (const button of this.strip.children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.number) === original?.number));
    }
    this.original.hidden = !original;
    if (!original) return;
    const canvas = this.original.querySelector("canvas");
    Object.assign(canvas, { width, height }).getContext("2d").drawImage(picture, 0, 0);
    canvas.setAttribute("aria-label", `The original: ${original.words}`);
    this.original.querySelector("figcaption").textContent = `The original: ${original.words}. Its code is where you started.`;
  }

  // ---- from the hand ----

  hold(row) {
    if (this.held !== row) this.held?.box.classList.remove("held");
    this.held = row;
    row.box.classList.add("held");
  }

  tile(row, step) {
    const [width, height] = this.data.size;
    return (context) =>
      this.sheet &&
      context.drawImage(this.sheet, step * width, row.index * height, width, height, 0, 0, width, height);
  }

  // The value of a row: a coordinate of the code, or the length of all of it, 1 being that of most random codes.
  at({ dimension }) {
    return dimension === "length" ? Math.hypot(...this.code) / Math.sqrt(this.code.length) : this.code[dimension];
  }

  put(row, value) {
    if (row.dimension !== "length") return void (this.code[row.dimension] = value);
    const now = this.at(row);
    if (now > 0) this.code = this.code.map((part) => (part * value) / now); // the code 0 has no direction to keep
  }

  hand(row, step, time) {
    this.put(row, fromStep(row, step));
    this.current = this.tile(row, step);
    this.draw(this.current, time);
    this.byDimension.forEach((other) => {
      if (other === row || row.dimension === "length" || other.dimension === "length") this.refresh(other, other === row);
    });
    this.plane.rest(this.coordinates());
  }

  key(row, event) {
    const value = this.at(row), step = toStep(row, value);
    // From a value between two steps, an arrow goes to the next step on that side.
    const beside = Math.round(((value - fromStep(row, step)) / row.step) * 1e3) / 1e3;
    const up = (by) => step + (by > 0 ? Math.floor : Math.ceil)(by + beside);
    const moves = {
      ArrowRight: () => up(1),
      ArrowUp: () => up(1),
      ArrowLeft: () => up(-1),
      ArrowDown: () => up(-1),
      PageUp: () => up(5),
      PageDown: () => up(-5),
      Home: () => 0,
      End: () => STEPS - 1,
    };
    if (!moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.hold(row);
    this.hand(row, clamp(moves[event.key](), 0, STEPS - 1), event.timeStamp);
    row.range.value = this.at(row);
    this.later(event.timeStamp);
  }

  exact(row, time) {
    row.typing = false;
    const value = row.number.valueAsNumber, [least, most] = row.exact;
    const valid = Number.isFinite(value) && value >= least && value <= most;
    row.number.setAttribute("aria-invalid", String(!valid));
    this.sentence.textContent = valid ? "" : `${row.label} takes a number from ${String(least).replace("-", "−")} to ${most}.`;
    row.typing = !valid; // an answer from the server does not wipe out what has to be corrected
    if (!valid) return;
    this.put(row, value);
    this.byDimension.forEach((other) => this.refresh(other));
    this.commit(time);
  }

  pick(draw, u, time, key) {
    const { vectors, scale } = this.data.plane;
    const at = this.coordinates();
    const moved = Float64Array.from(this.code);
    vectors.forEach((vector, axis) => {
      vector.forEach((part, d) => (moved[d] += (u[axis] - at[axis]) * scale[axis] * part));
    });
    this.code = moved;
    this.current = draw;
    this.draw(draw, time);
    this.byDimension.forEach((row) => this.refresh(row));
    this.plane.rest(u);
    if (!key) return this.commit(time);
    this.sent += 1; // an answer on its way would undo what was typed
    this.later(time);
  }

  // Where the code is in the plane, in units of `scale`; the axes are orthogonal and of unit length.
  coordinates() {
    const { vectors, scale, centre } = this.data.plane;
    return vectors.map((vector, axis) => {
      const along = vector.reduce((sum, part, d) => sum + part * (this.code[d] - centre[d]), 0);
      return along / scale[axis];
    });
  }

  refresh(row, byHand = false) {
    const value = this.at(row), high = highest(row);
    const { range, number, low } = row;
    if (!byHand && this.held !== row) range.value = value;
    range.style.setProperty("--at", `${((clamp(value, low, high) - low) / (high - low)) * 100}%`);
    range.setAttribute("aria-valuetext", `${short(value)}${value < low || value > high ? ", beyond the slider" : ""}`);
    if (!row.typing) {
      number.value = short(value);
      number.removeAttribute("aria-invalid");
    }
  }

  draw(paint, time) {
    paint(this.context);
    if (time === undefined) return;
    const drawn = performance.now() - time;
    requestAnimationFrame(() => this.measure("drag", performance.now() - time, drawn));
  }

  // ---- to the server ----

  later(time) {
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => this.commit(time), KEY_PAUSE);
  }

  commit(time) {
    const row = this.held;
    row?.box.classList.remove("held");
    this.held = null;
    if (row) row.range.value = this.at(row);
    this.tell("code", { code: [...this.code] }, time);
  }

  tell(what, message, time) {
    clearTimeout(this.pausing);
    this.pausing = 0;
    this.sent += 1;
    if (time !== undefined) this.times.set(this.sent, time);
    this.report(what, { ...message, serial: this.sent });
  }

  // drawn: until the canvas had its new pixels; milliseconds: until the next frame began with them.
  measure(what, milliseconds, drawn = milliseconds) {
    this.measured[what] = milliseconds;
    const { drag, release } = this.measured;
    this.badge.textContent = [
      drag === undefined ? "" : `drag ${drag.toFixed(0)} ms`,
      release === undefined ? "" : `release ${release.toFixed(0)} ms`,
    ].filter(Boolean).join(" · ");
    this.view.dispatchEvent(
      new CustomEvent("explorer-measured", { bubbles: true, composed: true, detail: { what, milliseconds, drawn } }),
    );
  }
}

function fill(select, choices, chosen) {
  const shown = JSON.stringify(choices);
  if (select.dataset.shown !== shown) {
    select.dataset.shown = shown;
    select.replaceChildren(...choices.map(([value, text]) => Object.assign(element("option", "", text), { value })));
  }
  select.value = String(chosen);
}
