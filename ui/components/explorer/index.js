// The live explorer. After the first picture it loads the network, which from then on draws the picture of every place that the
// user passes; numbers and class follow. If no network runs, the server sends every picture that the next movement can reach (a
// sheet: one row per dimension, 31 steps from −3 to 3), and during the movement this code only selects a tile of it. On release
// the complete code is sent to the server once, with a serial number, and the server's own picture of it is drawn; the next sheet
// follows if it is needed. The newest request wins: answers to older serials are dropped.

import { bitmap, floats as decoded } from "../lib/decode.js";
import { fill } from "../lib/fill.js";
import { Latency } from "../lib/latency.js";
import { mount } from "../lib/mount.js";
import { image } from "../lib/pixels.js";
import { Facts } from "./facts.js";
import { Favourites } from "./favourites.js";
import { fromLatent, inLatent, inPlane, movedTo, snapped, toStep, valueInCode, withValue } from "../lib/latent.js";
import { Live } from "./live.js";
import { Naming } from "./naming.js";
import { Plane } from "../lib/plane.js";
import { Row } from "./rows.js";
import { Starts } from "../lib/starts.js";
import { Walking } from "./walking.js";

const BY_HAND = "Set by hand";

class Explorer {
  receivesWhileHeld = true; // tiles during a drag are drawn again as soon as those around the new code are here

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
    this.times = new Map(); // serial -> time of the release
    this.pictures = new Map(); // data URL -> decoded, of the last data only
    this.held = new Set(); // rows held by a finger or a key
    this.point = null; // coordinates under a pointer in the plane, not yet taken
    this.tiled = true; // whether the current pictures are tiles from the server
    this.epoch = 0; // pictures of an older epoch are not drawn
    this.live = new Live({ runs: () => this.runs(), fails: (reason) => this.fallBack(reason) });
    this.facts = new Facts(root);
    this.naming = new Naming(find(".class"), () => this.favourites.draw());
    this.walking = new Walking(root, {
      code: () => this.code,
      stops: () => this.favourites.codes.map((z) => this.coordinates(z)),
      to: (code, words) => this.wander(code, words),
      end: () => {
        this.refresh(); // at once: a change in the next frame would undo the user's selection in the field
        this.tell("code", { code: [...this.code], walk: true });
      },
    });
    this.favourites = new Favourites(root, {
      code: () => inLatent(this.vectors, this.code),
      picture: (z) => this.live.picture(z, "favourites"),
      caption: (picture) => this.naming.caption(picture),
      go: (z, words) => this.go(this.coordinates(z), words),
      changed: () => this.walking.update(),
    });
    this.plane = new Plane(root, {
      preview: (draw, u, time) => this.preview(draw, u, time),
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
    this.pictures = new Map(); // pictures still being decoded come too late
    clearTimeout(this.asking);
    cancelAnimationFrame(this.frame);
    this.walking.halt();
    this.live.stop();
  }

  // ---- from the server ----

  async receive(data) {
    if (data.session !== this.session) [this.session, this.sent] = [data.session, data.serial];
    if (data.serial < this.sent) return; // the user has gone on since
    if (this.walking.on && this.knows(data)) return; // the page ran again for another reason
    this.walking.halt();
    const known = this.pictures;
    const loading = new Map();
    this.pictures = loading;
    const stale = () => this.pictures !== loading || data.serial < this.sent; // newer data or a newer movement came
    const load = (url) => {
      if (url && !loading.has(url)) loading.set(url, known.get(url) ?? bitmap(url));
      return loading.get(url);
    };
    const picture = await load(data.picture); // alone, so that nothing larger is decoded before it
    if (stale()) return;
    // A pointer over the plane keeps showing its place, unless the code has changed or no picture can follow.
    if (!this.plane.held && !(this.knows(data) && (this.plane.continuous || data.plane.map))) [this.point, this.plane.over] = [null, false];
    const [width, height] = data.size;
    if (this.view.width !== width || this.view.height !== height) Object.assign(this.view, { width, height });
    this.context = this.view.getContext("2d");
    if (!this.occupied) {
      this.rest(picture);
      this.draw(this.current);
    }
    this.arrived(data.serial);
    const others = [data.sheet, data.plane.map, data.plane.recorded, data.strip?.sheet, data.original?.picture];
    const [sheet, map, recorded, strip, original] = await Promise.all(others.map(load));
    if (stale()) return;
    this.apply(data, picture, sheet, map, recorded);
    this.starts.update(data.strip, strip, data.original, original, data.size);
    this.ask(data);
  }

  // Whether this code of this model is the last one of the user or the server.
  knows({ session, network, code }) {
    const same = session === this.data?.session && network?.sha256 === this.live.given?.sha256 && code.length === this.known.length;
    return same && code.every((part, d) => Math.abs(part - this.known[d]) < 1e-3);
  }

  apply(data, picture, sheet, map, recorded) {
    if (this.live.connect(data.network)) this.disconnected();
    const values = [...this.held].map((row) => [row, this.valueOf(row)]);
    this.data = data;
    this.vectors = data.vectors ? decoded(data.vectors) : null;
    this.code = Float64Array.from(data.code);
    this.known = this.code;
    this.words = data.origin;
    this.naming.update(data.classifier);
    this.facts.update(data.code.length, data.codes);
    const sameRows = !this.fillRows(data);
    if (sheet) [this.sheet, this.sheetName] = [sheet, data.sheet_name];
    else if (!sameRows) this.sheet = this.sheetName = null; // otherwise the old sheet serves until the new one is here
    if (!sameRows) this.held.clear();
    if (this.held.size) {
      // A slider is held: its value stays, and its picture is drawn again around the new code.
      for (const [row, value] of values) this.code = withValue(row, this.code, value);
      this.show(this.last, this.valueOf(this.last));
    } else {
      this.rest(picture);
      if (!this.occupied) this.draw(this.current);
    }
    this.plane.update(data.plane, inPlane(data.plane, this.code), map, recorded, data.size);
    fill(this.bases, data.bases, data.basis);
    fill(this.pages, data.pages, data.page);
    this.pages.hidden = data.pages.length < 2;
    this.axes.forEach((select, axis) => fill(select, data.plane.choices, data.plane.axes[axis]));
    this.refresh();
    this.nameRest();
    this.fillPlane();
    this.box.dataset.server = data.waking ? "waking" : "ready";
  }

  get occupied() {
    return this.held.size > 0 || this.plane.held || this.point !== null;
  }

  // The official picture is shown until the next movement.
  rest(picture) {
    this.current = (context) => context.drawImage(picture, 0, 0);
    this.official = true;
    if (!this.occupied) this.epoch += 1;
  }

  arrived(serial) {
    const time = this.times.get(serial);
    this.times.clear();
    if (time !== undefined) this.latency.measure("release", time);
  }

  // The first answer after a movement holds only the official picture. Sheet and map take hundreds of pictures, so they
  // are requested when the first one is on the screen; the answer leaves out what is already here.
  ask(data) {
    clearTimeout(this.asking);
    if (this.tiled ? data.plane.map && this.sheetName === data.sheet_name : !data.waking) return;
    const ask = () => {
      if (data.serial !== this.sent) return; // the answer to the newer movement will ask
      if (!this.tiled && this.occupied) {
        this.asking = setTimeout(ask, 200); // not urgent
        return;
      }
      const live = this.tiled ? {} : { live: true }; // then the server need not draw them
      this.request("rest", { asked: data.asked + 1, have: this.sheetName, ...live });
    };
    this.asking = setTimeout(ask, data.waking ? 700 : 0);
  }

  // ---- the network in the browser ----

  // Another model, whose network is being loaded if it has one, or the network has stopped.
  disconnected() {
    Object.assign(this, { tiled: !this.live.given, mapped: null, named: null });
    this.plane.continuous = false;
    this.box.dataset.pictures = "";
    this.quiet.textContent = "";
    this.walking.possible = false;
    this.favourites.close();
    this.naming.forget();
  }

  runs() {
    this.tiled = false;
    this.quiet.textContent = "";
    this.plane.continuous = true;
    this.box.dataset.pictures = "network";
    this.walking.possible = true;
    this.favourites.open(this.live.given.sha256, this.code.length);
    this.nameRest();
    this.fillPlane();
    this.naming.start();
  }

  fallBack(reason) {
    this.disconnected();
    this.tiled = true;
    this.box.dataset.pictures = "tiles";
    this.quiet.textContent = `While you drag, the pictures come from the server, in steps, because ${reason}.`;
    this.ask(this.data);
  }

  // Draws the network's picture of a code as soon as it is computed. keep: it is shown until the next movement.
  async follow(code, time, keep = false) {
    if (keep) this.official = false;
    const { epoch } = this, z = inLatent(this.vectors, code), picture = await this.live.picture(z);
    if (!picture || epoch !== this.epoch) return;
    const drawn = image(picture), paint = (context) => context.putImageData(drawn, 0, 0);
    if (keep) this.current = paint;
    this.draw(paint, time);
    this.named = z;
    this.naming.look(picture);
  }

  // The class of the official picture, which the network here has not drawn.
  async nameRest() {
    const z = inLatent(this.vectors, this.code), { epoch } = this;
    if (!this.naming.given || !this.live.network || this.occupied || this.named?.every((part, d) => Math.abs(part - z[d]) < 1e-3)) return;
    const picture = await this.live.picture(z, "class");
    if (!picture || epoch !== this.epoch) return;
    this.named = z;
    this.naming.look(picture);
  }

  // The pictures of the plane, one after another, so that a drag never waits for more than one.
  fillPlane() {
    if (!this.live.network || !this.data || this.held.size || this.walking.on) return;
    const { plane, basis } = this.data, rest = movedTo(plane, this.code, [0, 0]);
    const identity = JSON.stringify([plane.axes, basis, Array.from(rest, (part) => part.toFixed(4))]);
    if (identity === this.mapped) return;
    this.mapped = identity;
    this.plane.paint(async (u) => {
      const picture = await this.live.picture(inLatent(this.vectors, movedTo(plane, rest, u)), "plane");
      return picture && this.mapped === identity ? image(picture) : null;
    });
  }

  // ---- what is on the screen besides the picture ----

  // Whether the rows have changed.
  fillRows(data) {
    const identity = JSON.stringify([data.rows, data.size, data.session]);
    if (identity === this.rowsIdentity) return false;
    this.rowsIdentity = identity;
    const hand = {
      moved: (row, value, time) => this.move(row, value, time),
      released: (row, time) => this.release(row, time),
      cancelled: (row) => this.cancel(row),
      typed: (row, value, time) => this.type(row, value, time),
      refused: (sentence) => (this.sentence.textContent = sentence),
    };
    this.rows = data.rows.map((row, index) => new Row(row, index, hand));
    this.rowsBox.replaceChildren(...this.rows.map(({ box }) => box));
    return true;
  }

  valueOf(row) {
    return valueInCode(row, this.code);
  }

  coordinates(z) {
    return Float64Array.from(fromLatent(this.vectors, z));
  }

  // Updates sliders, cross-hair, words and numbers once before the next frame, however many movements come until then.
  later() {
    this.frame ??= requestAnimationFrame(() => this.refresh());
  }

  refresh() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    for (const row of this.rows) row.show(this.valueOf(row));
    if (!this.point) this.plane.rest(inPlane(this.data.plane, this.code));
    this.originWords.textContent = this.point ? "Under the pointer" : this.words;
    this.facts.show(inLatent(this.vectors, this.seen));
  }

  // The code whose picture is shown.
  get seen() {
    return this.point ? movedTo(this.data.plane, this.code, this.point) : this.code;
  }

  // ---- from the hand ----

  move(row, value, time) {
    this.held.add(row);
    row.held = true;
    if (row.before === undefined) row.before = this.valueOf(row);
    this.last = row;
    const reached = this.live.network ? Math.round(value * 1e3) / 1e3 : snapped(row, value);
    this.code = withValue(row, this.code, reached);
    this.words = BY_HAND;
    this.show(row, reached, time);
    this.later();
  }

  // Shows the picture of the code with this value in this row.
  show(row, value, time) {
    if (this.live.network) {
      this.follow(this.seen, time, true);
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

  release(row, time) {
    this.letGo(row);
    this.commit(time);
  }

  // The finger scrolled the page instead.
  cancel(row) {
    this.code = withValue(row, this.code, row.before);
    this.show(row, row.before);
    this.letGo(row);
    this.later();
  }

  letGo(row) {
    this.held.delete(row);
    row.held = false;
    row.before = undefined;
  }

  type(row, value, time) {
    this.sentence.textContent = "";
    this.go(withValue(row, this.code, value), BY_HAND, time);
  }

  // Takes another code at once.
  go(code, words, time) {
    this.code = code;
    this.words = words;
    if (this.live.network) this.follow(code, undefined, true);
    this.refresh();
    this.commit(time);
  }

  // A place in the plane under the pointer. draw: its stored picture, null if the network draws one, or the server will
  // on release.
  preview(draw, u, time) {
    this.point = u;
    if (draw) this.draw(draw, time);
    else this.follow(this.seen, time);
    this.later();
  }

  pick(draw, u, time) {
    this.point = null;
    this.code = movedTo(this.data.plane, this.code, u);
    this.words = BY_HAND;
    if (draw) {
      this.current = draw;
      this.draw(draw, time);
    } else {
      this.follow(this.code, time, true);
    }
    this.plane.rest(u);
    this.refresh();
    this.commit(time);
  }

  // The pointer has left the plane without choosing a place.
  leave() {
    if (!this.point) return;
    this.point = null;
    this.later();
    if (this.live.network && !this.official) {
      this.follow(this.code, undefined, true);
      return;
    }
    this.epoch += 1;
    this.draw(this.current);
    this.nameRest();
  }

  // One step of a walk.
  wander(code, words) {
    Object.assign(this, { code, words, point: null, mapped: null });
    this.plane.stale = "The plane is redrawn when the walk stops.";
    this.follow(code, undefined, true);
    this.later();
  }

  draw(paint, time) {
    paint(this.context);
    if (time !== undefined) this.latency.measure("drag", time);
  }

  // ---- to the server ----

  commit(time) {
    this.refresh();
    this.tell("code", { code: [...this.code] }, time);
  }

  tell(name, message, time) {
    this.sent += 1;
    if (name === "code") this.known = this.code;
    if (time !== undefined) this.times.set(this.sent, time);
    this.report(name, { ...message, serial: this.sent });
  }
}

export default mount(Explorer);
