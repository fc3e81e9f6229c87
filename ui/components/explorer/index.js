// The live explorer. Behind the first picture it loads the network, which from then on makes the picture of every place
// that the hand passes. Where no network runs, the server sends every picture a hand can reach next (a sheet: one row a
// dimension, 31 steps from −3 to 3), and while the hand moves, this code only chooses a tile of it. On release the complete
// code goes to the server once, with a serial number, and the server's own picture for it is drawn; the next sheet follows
// where it is needed. The newest request wins: what answers an older serial is dropped.

import { bitmap, floats as decoded } from "../lib/decode.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { floats, network } from "../lib/onnx.js";
import { image } from "../lib/pixels.js";
import { inLatent, inPlane, movedTo, snapped, toStep, valueInCode, withValue } from "./latent.js";
import { Plane } from "./plane.js";
import { Row, element } from "./rows.js";
import { Starts } from "./starts.js";

const PAUSE = 300; // ms from a change of the model until its network is loaded: somebody may only pass by
const PATIENCE = 20_000; // ms until the server's pictures do, though the network may still come

class Explorer {
  receivesWhileHeld = true; // the tiles under a moving hand are drawn again as soon as those around the new code are here

  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.view = find(".view");
    this.rowsBox = find(".rows");
    this.sentence = find(".sentence");
    this.quiet = find(".quiet");
    this.box = find(".explorer");
    this.originWords = find(".origin");
    this.pages = find(".page");
    this.bases = find(".basis");
    this.axes = [...root.querySelectorAll(".axis")];
    this.latency = new Latency(find(".badge"), "explorer-measured");
    this.sent = 0; // serial of the last report
    this.times = new Map(); // serial -> when the hand let go
    this.pictures = new Map(); // data URL -> decoded, of the last data only
    this.network = null; // once it runs
    this.tiled = true; // whether the pictures under the hand are tiles from the server
    this.epoch = 0; // what the network makes of an older one is not drawn
    this.plane = new Plane(root, {
      preview: (draw, u, time) => (draw ? this.draw(draw, time) : this.follow(movedTo(this.data.plane, this.code, u), time)),
      pick: (draw, u, time) => this.pick(draw, u, time),
      leave: () => this.leave(),
    });
    this.starts = new Starts(root, {
      snap: (number) => this.tell("snap", { number }),
      others: (strip) => this.tell("view", { strip }),
    });
    this.bases.addEventListener("change", () => this.tell("view", { basis: this.bases.value }));
    this.pages.addEventListener("change", () => this.tell("view", { dims: Number(this.pages.value) }));
    for (const select of this.axes) {
      select.addEventListener("change", () => this.tell("view", { axes: this.axes.map((axis) => axis.value) }));
    }
  }

  stop() {
    clearTimeout(this.asking);
    clearTimeout(this.connecting);
    this.given = null;
  }

  // ---- from the server ----

  async receive(data) {
    if (data.session !== this.session) [this.session, this.sent] = [data.session, data.serial];
    if (data.serial < this.sent) return; // the hand has gone on since
    const known = this.pictures;
    const loading = new Map();
    this.pictures = loading;
    const stale = () => this.pictures !== loading || data.serial < this.sent; // newer data came, or a newer movement
    const load = (url) => {
      if (url && !loading.has(url)) loading.set(url, known.get(url) ?? bitmap(url));
      return loading.get(url);
    };
    const picture = await load(data.picture); // alone, so that nothing larger is decoded before it
    if (stale()) return;
    const [width, height] = data.size;
    if (this.view.width !== width || this.view.height !== height) Object.assign(this.view, { width, height });
    this.context = this.view.getContext("2d");
    if (!this.held && !this.plane.held) {
      this.rest(picture);
      this.draw(this.current);
    }
    this.arrived(data.serial);
    const others = [data.sheet, data.plane.map, data.strip?.sheet, data.original?.picture];
    const [sheet, map, strip, original] = await Promise.all(others.map(load));
    if (stale()) return;
    this.apply(data, picture, sheet, map);
    this.starts.update(data.strip, strip, data.original, original, data.size);
    this.ask(data);
  }

  apply(data, picture, sheet, map) {
    const dragged = this.held && [this.held.dimension, this.held.value];
    this.connect(data.network);
    this.data = data;
    this.vectors = data.vectors ? decoded(data.vectors) : null;
    this.code = Float64Array.from(data.code);
    const sameRows = !this.fillRows(data);
    if (sheet) [this.sheet, this.sheetName] = [sheet, data.sheet_name];
    else if (!sameRows) this.sheet = this.sheetName = null; // otherwise the last one serves until the new one is here
    this.held = dragged && this.rows.find(({ dimension }) => dimension === dragged[0]);
    if (this.held) {
      // The hand is on a slider: its value stays, and its picture is drawn again around the new code.
      this.held.held = true;
      this.code = withValue(this.held, this.code, dragged[1]);
      this.show(this.held, dragged[1]);
    } else {
      this.rest(picture);
      if (!this.plane.held) this.draw(this.current);
    }
    this.showRows();
    this.plane.update(data.plane, inPlane(data.plane, this.code), map, data.size);
    fill(this.bases, data.bases, data.basis);
    fill(this.pages, data.pages, data.page);
    this.pages.hidden = data.pages.length < 2;
    this.axes.forEach((select, axis) => fill(select, data.plane.choices, data.plane.axes[axis]));
    this.originWords.textContent = data.origin;
    this.fillPlane();
  }

  // The official picture is the one to be seen until the hand moves.
  rest(picture) {
    this.current = (context) => context.drawImage(picture, 0, 0);
    this.official = true;
    if (!this.plane.held) this.epoch += 1;
  }

  arrived(serial) {
    const time = this.times.get(serial);
    this.times.clear();
    if (time !== undefined) this.latency.measure("release", time);
  }

  // The first answer after a movement holds the official picture alone. Sheet and map take hundreds of pictures, so
  // they are asked for when the first one is on the screen; what is here already is left out of the answer.
  ask(data) {
    clearTimeout(this.asking);
    if (this.tiled ? data.plane.map && this.sheetName === data.sheet_name : !data.waking) return;
    const ask = () => {
      if (data.serial !== this.sent) return; // the answer to the newer movement will ask
      const live = this.tiled ? {} : { live: true }; // then the server need not draw them
      this.request("rest", { asked: data.asked + 1, have: this.sheetName, ...live });
    };
    this.asking = setTimeout(ask, data.waking ? 700 : 0);
  }

  // ---- the network in the browser ----

  connect(given = null) {
    if (given?.sha256 === this.given?.sha256) return;
    clearTimeout(this.connecting);
    const pause = this.given ? PAUSE : 0;
    Object.assign(this, { given, network: null, tiled: !given, mapped: null });
    this.plane.continuous = false;
    this.box.dataset.pictures = "";
    this.quiet.textContent = "";
    if (given) this.connecting = setTimeout(() => this.load(given), pause);
  }

  async load(given) {
    const late = setTimeout(() => this.fallBack(given, "the network is not here yet"), PATIENCE);
    const loaded = network(given), reason = await loaded.ready;
    clearTimeout(late);
    if (this.given !== given) return;
    if (reason !== null) {
      this.fallBack(given, reason);
      return;
    }
    Object.assign(this, { network: loaded, tiled: false });
    this.quiet.textContent = "";
    this.plane.continuous = true;
    this.box.dataset.pictures = "network";
    this.fillPlane();
  }

  fallBack(given, reason) {
    if (this.given !== given) return;
    this.tiled = true;
    this.box.dataset.pictures = "tiles";
    this.quiet.textContent = `The pictures under your hand come from the server, in steps, because ${reason}.`;
    this.ask(this.data);
  }

  // Draws the network's picture of a code as soon as it is here. keep: it is to be seen until the hand moves on.
  async follow(code, time, keep = false) {
    if (keep) this.official = false;
    const { epoch } = this, output = await this.picture(code);
    if (!output || epoch !== this.epoch) return;
    const paint = (context) => context.putImageData(output, 0, 0);
    if (keep) this.current = paint;
    this.draw(paint, time);
  }

  async picture(code, lane) {
    const z = inLatent(this.vectors, code);
    const output = await this.network?.run({ z: floats([1, z.length], z) }, lane);
    return output ? image(output.picture) : null;
  }

  // The pictures of the plane, one after another, so that the hand never waits for more than one of them.
  fillPlane() {
    if (!this.network || !this.data || this.held) return;
    const { plane, basis } = this.data, rest = movedTo(plane, this.code, [0, 0]);
    const identity = JSON.stringify([plane.axes, basis, Array.from(rest, (part) => part.toFixed(4))]);
    if (identity === this.mapped) return;
    this.mapped = identity;
    this.plane.paint(async (u) => {
      const picture = await this.picture(movedTo(plane, rest, u), "plane");
      return this.mapped === identity ? picture : null;
    });
  }

  // Whether there are other rows than before.
  fillRows(data) {
    const identity = JSON.stringify([data.rows, data.size, data.session]);
    if (identity === this.rowsIdentity) return false;
    this.rowsIdentity = identity;
    const hand = {
      moved: (row, value, time) => this.move(row, value, time),
      released: (time) => this.commit(time),
      typed: (row, value, time) => this.type(row, value, time),
    };
    this.rows = data.rows.map((row, index) => new Row(row, index, hand));
    this.rowsBox.replaceChildren(...this.rows.map(({ box }) => box));
    return true;
  }

  showRows() {
    for (const row of this.rows) row.show(this.valueOf(row), row !== this.held);
  }

  valueOf(row) {
    return valueInCode(row, this.code);
  }

  // ---- from the hand ----

  move(row, value, time) {
    if (this.held && this.held !== row) this.held.held = false;
    this.held = row;
    row.held = true;
    const reached = this.network ? Math.round(value * 1e3) / 1e3 : snapped(row, value);
    this.code = withValue(row, this.code, reached);
    this.show(row, reached, time);
    this.showRows();
    this.plane.rest(inPlane(this.data.plane, this.code));
  }

  // The picture of the code, in which this row has this value.
  show(row, value, time) {
    if (this.network) {
      this.follow(this.code, time, true);
      return;
    }
    this.current = this.tile(row, toStep(row, value));
    if (!this.plane.held) this.draw(this.current, time);
  }

  tile(row, step) {
    const [width, height] = this.data.size;
    return (context) =>
      this.sheet &&
      context.drawImage(this.sheet, step * width, row.index * height, width, height, 0, 0, width, height);
  }

  type(row, value, time) {
    this.sentence.textContent = value === null ? `${row.label} takes a number ${row.bounds}.` : "";
    if (value === null) return;
    this.code = withValue(row, this.code, value);
    this.showRows();
    this.commit(time);
  }

  pick(draw, u, time) {
    this.code = movedTo(this.data.plane, this.code, u);
    if (draw) {
      this.current = draw;
      this.draw(draw, time);
    } else {
      this.follow(this.code, time, true);
    }
    this.showRows();
    this.plane.rest(u);
    this.commit(time);
  }

  // The hand has left the plane without taking a place in it.
  leave() {
    if (this.network && !this.official) {
      this.follow(this.code, undefined, true);
      return;
    }
    this.epoch += 1;
    this.draw(this.current);
  }

  draw(paint, time) {
    paint(this.context);
    if (time !== undefined) this.latency.measure("drag", time);
  }

  // ---- to the server ----

  commit(time) {
    if (this.held) this.held.held = false;
    this.held = null;
    this.showRows();
    this.tell("code", { code: [...this.code] }, time);
  }

  tell(name, message, time) {
    this.sent += 1;
    if (time !== undefined) this.times.set(this.sent, time);
    this.report(name, { ...message, serial: this.sent });
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

export default mount(Explorer);
