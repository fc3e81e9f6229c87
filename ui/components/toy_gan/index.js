// A toy GAN to watch: a recorded film under a slider, and the same networks trained on in the browser (toy_net.js).

import { decades, ticks } from "../lib/axes.js";
import { number } from "../lib/numbers.js";
import { Game, LOSSES, energyDistance, gaussian, meanDistance, seeded, sigmoid } from "../lib/toy_net.js";

const DOTS = 250; // points of each kind that are drawn
const CELLS = 48; // of the discriminator's surface, along each side
const BUDGET = 26; // ms of training in every picture at full speed
const KEPT = 500; // frames of one's own training, then every second one goes
const PER_FRAME = 160; // ms of the film at speed 1
const SPEEDS = { "full": Infinity, "10 a picture": 10, "1 a picture": 1, "2 a second": 0 }; // steps
const FULL = "full";
const FILM = { "0.5×": 0.5, "1×": 1, "2×": 2, "4×": 4 };
const ARROWS = { off: 0, "×1": 1, "×10": 10, "×100": 100 };
const LONGEST = 42; // CSS pixels of an arrow
const SURFACE = { real: [0, 114, 178], fake: [213, 94, 0] };
const INK = { light: SURFACE, dark: { real: [86, 180, 233], fake: [255, 152, 60] } }; // of points and curves
const EQUILIBRIUM = { discriminator: 2 * Math.log(2), generator: Math.log(2) };
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let toy = instances.get(parentElement);
  if (!toy) instances.set(parentElement, (toy = new Toy(parentElement)));
  toy.report = (points) => setTriggerValue("points", points);
  toy.receive(data);
  return () => {
    toy.rest();
    toy.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class Toy {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.find = find;
    this.box = find(".toy");
    for (const name of ["play", "time", "train", "caption", "said", "speed", "arrows", "plane", "features", "losses", "energy"])
      this[name] = find(`.${name}`);
    options(this.arrows, Object.keys(ARROWS), "×1");
    this.time.addEventListener("input", () => (this.rest(), this.show(this.time.valueAsNumber)));
    this.time.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.play.click();
    });
    this.play.addEventListener("click", () => (this.playing ? this.rest() : this.film()));
    this.train.addEventListener("click", () => (this.training ? this.rest() : this.learn()));
    root.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => this.single(button.dataset.step)));
    find(".again").addEventListener("click", () => (this.rest(), this.begin()));
    this.arrows.addEventListener("change", () => this.draw());
    find(".png").addEventListener("click", () => this.save());
    find(".csv").addEventListener("click", () => this.table());
    for (const chart of [this.losses, this.energy]) this.scrubs(chart);
    this.hand();
    this.watcher = new ResizeObserver(() => this.data && this.draw());
    this.watcher.observe(this.box);
  }

  // ---- what the server sends

  receive(data) {
    const before = this.data;
    this.data = data;
    this.find(".drawing").hidden = !data.draw;
    this.plane.classList.toggle("drawn", data.draw);
    if (before && before.identity === data.identity) {
      if (JSON.stringify(before.settings) !== JSON.stringify(data.settings)) this.game?.change(data.settings); // goes on
      return this.draw();
    }
    this.rest();
    this.drawn = data.points.slice();
    this.pool = unitwise(floats(data.pool));
    this.fresh = unitwise(floats(data.fresh));
    this.within = meanDistance(this.fresh, this.fresh);
    this.noise = gaussian(new Float64Array(this.fresh.length), seeded(1)); // the same for all frames: a point moves
    this.begin();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (data.recording && !before && !still) this.film(); // a visitor sees at once what it is about
  }

  // The film from its first frame, or untrained networks.
  begin() {
    const { recording, settings } = this.data;
    this.game = null;
    this.say("");
    this.generator = new Game(settings, this.pool).generator; // only to look with
    this.discriminator = new Game(settings, this.pool).discriminator;
    this.frames = recording ? this.unpacked(recording) : [this.photograph(new Game(settings, this.pool))];
    this.find(".play").classList.toggle("first", !!recording);
    this.train.classList.toggle("first", !recording);
    this.show(0);
  }

  unpacked({ history, generator, discriminator, shown }) {
    const [g, d] = [this.generator.weights.length, this.discriminator.weights.length];
    const all = { generator: halves(generator), discriminator: halves(discriminator), shown: halves(shown ?? generator) };
    return history.map((numbers, k) => ({
      ...numbers,
      generator: all.generator.subarray(k * g, (k + 1) * g),
      discriminator: all.discriminator.subarray(k * d, (k + 1) * d),
      shown: all.shown.subarray(k * g, (k + 1) * g),
    }));
  }

  // ---- the film

  get last() {
    return this.frames.length - 1;
  }

  get frame() {
    return this.frames[this.at];
  }

  show(index) {
    this.at = index;
    this.generator.weights.set(this.frame.shown);
    this.discriminator.weights.set(this.frame.discriminator);
    this.draw();
  }

  film() {
    if (this.last === 0) return;
    this.rest();
    if (this.at === this.last) this.show(0);
    this.playing = true;
    let before = performance.now();
    const turn = (now) => {
      if (!this.playing) return;
      const wait = PER_FRAME / FILM[this.speed.value];
      if (now - before >= wait) {
        before = now;
        this.show(this.at + 1);
        if (this.at === this.last) return this.rest();
      }
      this.timer = requestAnimationFrame(turn);
    };
    this.timer = requestAnimationFrame(turn);
    this.buttons();
  }

  rest() {
    cancelAnimationFrame(this.timer);
    if (this.training) this.keep(true);
    this.playing = this.training = false;
    this.buttons();
  }

  buttons() {
    if (!this.frames) return;
    const signs = this.playing ? "film" : "training";
    if (this.signs !== signs) options(this.speed, Object.keys(this.playing ? FILM : SPEEDS), this.playing ? "1×" : FULL);
    this.signs = signs;
    this.play.textContent = this.playing ? "❚❚ Pause" : "▶ Play";
    this.play.setAttribute("aria-label", this.playing ? "Pause the film" : "Play the film");
    this.train.textContent = this.training ? "❚❚ Pause" : this.frame.step ? "Train on" : "Train";
    this.play.disabled = this.last === 0 || !!this.training;
  }

  // ---- training

  // A game that goes on from the frame that is shown; what came after it is forgotten.
  playerFrom() {
    if (this.game && this.at === this.last) return;
    this.frames.length = this.at + 1;
    this.game = new Game(this.data.settings, this.pool);
    this.game.load(this.frame);
    this.sums = { discriminator: [], generator: [] };
  }

  learn() {
    this.rest();
    this.playerFrom();
    if (this.finished()) return;
    this.training = true;
    this.began = [performance.now(), this.game.done];
    this.ticks = 0;
    let before = 0;
    const turn = (now) => {
      if (!this.training) return;
      const count = SPEEDS[this.speed.value] ?? Infinity, until = performance.now() + BUDGET;
      const due = count || now - before >= 500;
      if (due) before = now;
      for (let k = 0; due && k < (count || 1) && performance.now() < until && !this.finished(true); k++) this.once();
      if (this.game.diverged) return this.lost();
      if (due) this.keep(count <= 1 || this.ticks++ % 4 === 0); // an energy distance costs as much as a few steps
      if (this.finished()) return this.rest();
      this.timer = requestAnimationFrame(turn);
    };
    this.timer = requestAnimationFrame(turn);
    this.say("");
    this.buttons();
  }

  once() {
    this.game.step();
    for (const player of ["discriminator", "generator"]) this.sums[player].push(this.game.losses[player]);
  }

  // At the number of steps that was asked for a training rests; where its rates have not fallen to 0 it can go on.
  finished(quiet = false) {
    const { steps, falling } = this.data.settings, { done } = this.game;
    if (falling && done >= steps) {
      if (!quiet) this.say(`The learning rates have fallen to 0 at step ${number(steps)}. Restart, or let them not fall.`);
      return true;
    }
    return this.training && done === steps && this.began[1] < steps;
  }

  single(player) {
    this.rest();
    this.playerFrom();
    if (player === "both") this.once();
    else {
      this.game.turn(player);
      this.sums[player].push(this.game.losses[player]);
    }
    if (this.game.diverged) return this.lost();
    this.keep(true);
    this.buttons();
  }

  lost() {
    this.training = false;
    this.say(`The training diverged at step ${number(this.game.done)}: its numbers grow without bound. Choose smaller learning rates and restart.`);
    this.game = null;
    this.buttons();
  }

  // What the game is at now becomes the last frame, measured where `stay`, and is shown.
  keep(stay) {
    const now = this.photograph(this.game, stay);
    if (this.frame.passing) this.frames.pop();
    this.frames.push({ ...now, passing: !stay });
    if (this.frames.length > KEPT) this.frames = this.frames.filter((_, k) => k % 2 === 0 || k > KEPT - 20);
    this.show(this.last);
  }

  photograph(game, measured = true) {
    const { generator, discriminator } = game, before = this.frames?.at(-1), shown = game.shown.slice();
    const mean = (player) => {
      const values = this.sums?.[player] ?? [];
      return values.length ? values.reduce((sum, v) => sum + v, 0) / values.length : before?.[player === "generator" ? "g" : "d"] ?? null;
    };
    const numbers = { step: game.done, ahead: game.ahead, d: mean("discriminator"), g: mean("generator") };
    if (measured) this.sums = { discriminator: [], generator: [] };
    this.generator.weights.set(shown);
    const energy = measured ? energyDistance(this.made(), this.fresh, this.within) : before.energy;
    return { ...numbers, energy, generator: generator.weights.slice(), discriminator: discriminator.weights.slice(), shown };
  }

  // Points (2, n) of the generator that is shown.
  made() {
    return this.generator.forward(this.noise, this.noise.length / 2, "look").at(-1);
  }

  say(words) {
    this.said.textContent = words;
    this.said.hidden = !words;
  }

  // ---- drawing

  draw() {
    if (!this.frames) return;
    const { step, energy, ahead } = this.frame, { floor, settings } = this.data;
    this.time.max = this.last;
    this.time.value = this.at;
    const where = energy === null || floor === null ? "" : energy <= floor ? ", under the floor of real samples" : `, floor ${floor.toPrecision(2)}`;
    const head = !step && ahead && ahead < settings.head_start ? `, head start ${number(ahead)} of ${number(settings.head_start)}` : "";
    const pace = this.training ? this.pace() : "";
    const words = `step ${number(step)}${head}: energy distance ${energy.toPrecision(2)}${where}${pace}`;
    this.caption.textContent = words;
    this.time.setAttribute("aria-valuetext", words);
    this.buttons();
    this.style = getComputedStyle(this.box);
    this.ink = this.style.color;
    this.colours = INK[isLight(this.ink) ? "dark" : "light"];
    this.box.style.setProperty("--real", rgb(this.colours.real));
    this.box.style.setProperty("--fake", rgb(this.colours.fake));
    const fake = slice(this.made(), DOTS), real = slice(this.pool, DOTS);
    this.drawPlane(real, fake);
    this.drawFeatures(real, fake);
    this.drawCharts();
  }

  pace() {
    const [since, first] = this.began, steps = this.game.done - first;
    return steps ? `, ${number(Math.round((1000 * steps) / (performance.now() - since)))} steps a second` : "";
  }

  // From logits to what is coloured, −1 (generated) to 1 (real).
  belief(logits) {
    const { loss } = this.data.settings;
    if (loss === "minimax" || loss === "non_saturating") return (t) => 2 * sigmoid(t) - 1;
    if (loss === "least_squares") return (t) => Math.max(-1, Math.min(1, 2 * t - 1));
    if (loss === "hinge") return (t) => Math.max(-1, Math.min(1, t));
    const [low, high] = extent(logits), half = (high - low) / 2 || 1;
    return (t) => (t - (low + high) / 2) / half;
  }

  drawPlane(real, fake) {
    const { context, width, height } = fresh(this.plane), { window: [[x0, x1], [y0, y1]], centre, scale, draw } = this.data;
    const low = [(x0 - centre[0]) / scale[0], (y0 - centre[1]) / scale[1]], high = [(x1 - centre[0]) / scale[0], (y1 - centre[1]) / scale[1]];
    const across = (u) => ((u - low[0]) / (high[0] - low[0])) * width, up = (v) => height - ((v - low[1]) / (high[1] - low[1])) * height;
    const grid = new Float64Array(2 * CELLS * CELLS);
    for (let k = 0; k < CELLS * CELLS; k++) {
      grid[k] = low[0] + (((k % CELLS) + 0.5) / CELLS) * (high[0] - low[0]);
      grid[CELLS * CELLS + k] = high[1] - ((Math.floor(k / CELLS) + 0.5) / CELLS) * (high[1] - low[1]);
    }
    const logits = this.discriminator.forward(grid, CELLS * CELLS, "grid").at(-1);
    const belief = this.belief(logits);
    context.drawImage(surface(logits, belief, CELLS), 0, 0, width, height);
    context.strokeStyle = this.ink;
    this.axes(context, width, height, [x0, x1], [y0, y1]);
    if (draw) for (const [x, y] of this.drawn) ring(context, ((x - x0) / (x1 - x0)) * width, height - ((y - y0) / (y1 - y0)) * height, this.ink);
    dots(context, real, across, up, rgb(this.colours.real, 0.75), 2.3);
    const factor = ARROWS[this.arrows.value];
    if (factor) this.drawArrows(context, fake, across, up, factor * 0.15);
    dots(context, fake, across, up, rgb(this.colours.fake, 0.9), 2.3);
  }

  // Minus the slope of the generator's loss at every point, in standard deviations: where it wants to go.
  drawArrows(context, fake, across, up, factor) {
    const n = fake.length / 2, judged = this.discriminator.forward(fake, n, "arrows"), slopes = this.discriminator.slopes(judged, n);
    const pull = LOSSES[this.data.settings.loss].generator[1], logits = judged.at(-1);
    context.strokeStyle = this.ink;
    context.globalAlpha = 0.6;
    context.lineWidth = 1.2;
    context.beginPath();
    for (let k = 0; k < n; k += 2) {
      const strength = -factor * pull(logits[k]), x = across(fake[k]), y = up(fake[n + k]);
      let dx = across(fake[k] + strength * slopes[k]) - x, dy = up(fake[n + k] + strength * slopes[n + k]) - y;
      const length = Math.hypot(dx, dy), shorter = Math.min(1, LONGEST / length);
      if (!(length > 0.7)) continue;
      [dx, dy] = [dx * shorter, dy * shorter];
      const [a, b, head] = [x + dx, y + dy, 0.28];
      context.moveTo(x, y);
      context.lineTo(a, b);
      context.moveTo(a - head * (dx + 0.6 * dy), b - head * (dy - 0.6 * dx));
      context.lineTo(a, b);
      context.lineTo(a - head * (dx - 0.6 * dy), b - head * (dy + 0.6 * dx));
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  axes(context, width, height, [x0, x1], [y0, y1]) {
    context.fillStyle = this.ink;
    context.globalAlpha = 0.65;
    context.font = `11px ${this.style.fontFamily}`;
    context.textAlign = "center";
    for (const tick of ticks(x0, x1, 4)) {
      const x = ((tick - x0) / (x1 - x0)) * width;
      if (x > 14 && x < width - 14) context.fillText(number(tick), x, height - 5);
    }
    context.textAlign = "left";
    for (const tick of ticks(y0, y1, 4)) {
      const y = height - ((tick - y0) / (y1 - y0)) * height;
      if (y > 12 && y < height - 20) context.fillText(number(tick), 5, y + 4);
    }
    context.globalAlpha = 1;
  }

  drawFeatures(real, fake) {
    const { context, width, height } = fresh(this.features);
    const places = [real, fake].map((points) => this.discriminator.forward(points, DOTS, "features").at(-2).slice());
    const span = [0, 1].map((axis) => {
      const values = places.flatMap((p) => [...p.subarray(axis * DOTS, (axis + 1) * DOTS)]), [low, high] = extent(values);
      const margin = 0.12 * (high - low) || 1e-3;
      return [low - margin, high + margin];
    });
    const across = (u) => ((u - span[0][0]) / (span[0][1] - span[0][0])) * width;
    const up = (v) => height - ((v - span[1][0]) / (span[1][1] - span[1][0])) * height;
    // The last layer alone on a grid of features: its border is a line.
    const last = this.discriminator.layers.at(-1), w = this.discriminator.weights, cells = 32, logits = new Float64Array(cells * cells);
    for (let k = 0; k < cells * cells; k++) {
      const u = span[0][0] + (((k % cells) + 0.5) / cells) * (span[0][1] - span[0][0]);
      const v = span[1][1] - ((Math.floor(k / cells) + 0.5) / cells) * (span[1][1] - span[1][0]);
      logits[k] = w[last.weight] * u + w[last.weight + 1] * v + w[last.bias];
    }
    context.drawImage(surface(logits, this.belief(logits), cells), 0, 0, width, height);
    this.drawMesh(context, across, up);
    dots(context, places[0], across, up, rgb(this.colours.real, 0.75), 2);
    dots(context, places[1], across, up, rgb(this.colours.fake, 0.85), 2);
  }

  // Lines of the plane where the discriminator puts them.
  drawMesh(context, across, up) {
    const lines = 9, fine = 33, n = lines * fine;
    context.strokeStyle = this.ink;
    context.globalAlpha = 0.22;
    context.lineWidth = 1;
    for (const upright of [true, false]) {
      const mesh = new Float64Array(2 * n);
      for (let k = 0; k < n; k++) {
        const along = -2.4 + (4.8 * (k % fine)) / (fine - 1), aside = -2.4 + (4.8 * Math.floor(k / fine)) / (lines - 1);
        mesh[k] = upright ? aside : along;
        mesh[n + k] = upright ? along : aside;
      }
      const placed = this.discriminator.forward(mesh, n, "mesh").at(-2);
      context.beginPath();
      for (let k = 0; k < n; k++) context[k % fine ? "lineTo" : "moveTo"](across(placed[k]), up(placed[n + k]));
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  drawCharts() {
    const { settings, floor } = this.data, bce = ["minimax", "non_saturating"].includes(settings.loss);
    const both = ["d", "g"].map((name) => this.frames.map((frame) => frame[name]));
    const rest = { discriminator: EQUILIBRIUM.discriminator, generator: (settings.loss === "minimax" ? -1 : 1) * EQUILIBRIUM.generator };
    const guides = bce ? [[rest.discriminator, rgb(this.colours.real, 0.8)], [rest.generator, rgb(this.colours.fake, 0.8)]] : [];
    this.find(".rest").textContent = bce ? "dashed: equilibrium" : "";
    this.chart(this.losses, both, [rgb(this.colours.real), rgb(this.colours.fake)], guides, false);
    this.chart(this.energy, [this.frames.map((frame) => frame.energy)], [this.ink], floor ? [[floor, this.ink]] : [], true);
  }

  chart(canvas, columns, colours, guides, log) {
    const { context, width, height } = fresh(canvas), left = 40, right = 8, top = 8, bottom = 18;
    const scale = (v) => (log ? Math.log10(Math.max(v, 1e-6)) : v), steps = this.frames.map((frame) => frame.step);
    const values = [...columns.flat().filter((v) => v !== null), ...guides.map(([v]) => v)].map(scale);
    let [low, high] = values.length ? extent(clipped(values)) : [0, 1];
    if (high - low < 1e-3) [low, high] = [low - 0.5, high + 0.5];
    const margin = 0.06 * (high - low), end = steps.at(-1) || 1;
    [low, high] = [low - margin, high + margin];
    const x = (s) => left + (s / end) * (width - left - right), y = (v) => height - bottom - ((scale(v) - low) / (high - low)) * (height - top - bottom);
    context.font = `10.5px ${this.style.fontFamily}`;
    context.fillStyle = context.strokeStyle = this.ink;
    const marks = log ? decades(10 ** low, 10 ** high) : ticks(low, high, 4).filter((_, k, all) => all.length < 5 || k % 2 === 0);
    context.textAlign = "right";
    for (const mark of marks) {
      context.globalAlpha = 0.15;
      context.fillRect(left, y(mark), width - left - right, 1);
      context.globalAlpha = 0.7;
      context.fillText(number(mark), left - 5, y(mark) + 3.5);
    }
    context.textAlign = "center";
    for (const mark of ticks(0, end, 4).filter((_, k) => k % 2 === 0)) if (x(mark) < width - 12) context.fillText(number(mark), x(mark), height - 4);
    context.globalAlpha = 0.5;
    context.fillRect(x(this.frame.step) - 0.75, top, 1.5, height - top - bottom);
    context.globalAlpha = 1;
    context.save();
    context.beginPath();
    context.rect(left, 0, width - left, height - bottom + 1);
    context.clip();
    for (const [value, colour] of guides) stroke(context, [[left, y(value)], [width - right, y(value)]], colour, 1.2, [5, 4]);
    columns.forEach((column, k) => {
      const path = column.flatMap((v, j) => (v === null ? [] : [[x(steps[j]), y(v)]]));
      stroke(context, path, colours[k], 1.8);
    });
    context.restore();
    canvas.axis = { left, right, end };
  }

  // A chart is a slider too.
  scrubs(chart) {
    const at = (event) => {
      if (!chart.axis || this.training) return;
      const box = chart.getBoundingClientRect(), { left, right, end } = chart.axis;
      const step = ((event.clientX - box.left - left) / (box.width - left - right)) * end;
      this.rest();
      const far = this.frames.map((frame) => Math.abs(frame.step - step));
      this.show(far.indexOf(Math.min(...far)));
    };
    chart.addEventListener("pointerdown", (event) => (chart.setPointerCapture(event.pointerId), at(event)));
    chart.addEventListener("pointermove", (event) => chart.hasPointerCapture(event.pointerId) && at(event));
  }

  // ---- a person's own points

  hand() {
    let held = null, pending = null;
    const add = (event) => {
      const box = this.plane.getBoundingClientRect(), { window: [[x0, x1], [y0, y1]] } = this.data;
      const x = x0 + ((event.clientX - box.left) / box.width) * (x1 - x0), y = y1 - ((event.clientY - box.top) / box.height) * (y1 - y0);
      const before = this.drawn.at(-1), near = (x1 - x0) / 60;
      if (event.type === "pointermove" && before && Math.hypot(before[0] - x, before[1] - y) < near) return;
      if (this.drawn.length < 500 && x > x0 && x < x1 && y > y0 && y < y1) this.drawn.push([Number(x.toFixed(3)), Number(y.toFixed(3))]);
      this.draw();
    };
    const tell = () => {
      clearTimeout(pending);
      pending = setTimeout(() => this.report(this.drawn), 400);
    };
    this.plane.addEventListener("pointerdown", (event) => {
      if (!this.data?.draw || event.button) return;
      this.rest();
      clearTimeout(pending);
      this.plane.setPointerCapture((held = event.pointerId));
      add(event);
    });
    this.plane.addEventListener("pointermove", (event) => held === event.pointerId && add(event));
    for (const end of ["pointerup", "pointercancel"])
      this.plane.addEventListener(end, (event) => held === event.pointerId && ((held = null), tell()));
    this.find(".undo").addEventListener("click", () => (this.drawn.splice(-10), this.draw(), tell()));
    this.find(".clear").addEventListener("click", () => ((this.drawn = []), this.draw(), tell()));
  }

  // ---- downloads

  save() {
    const all = [this.plane, this.features, this.losses, this.energy], density = window.devicePixelRatio || 1;
    const gap = 10 * density, wide = this.plane.width, beside = this.features.width;
    const sheet = document.createElement("canvas"), rest = all.slice(1);
    sheet.width = wide + beside + 3 * gap;
    sheet.height = Math.max(this.plane.height, rest.reduce((sum, one) => sum + one.height + gap, -gap)) + 2 * gap;
    const context = sheet.getContext("2d");
    context.fillStyle = this.style.getPropertyValue("--st-background-color") || "#fff";
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(this.plane, gap, gap);
    let top = gap;
    for (const one of rest) {
      context.drawImage(one, wide + 2 * gap, top);
      top += one.height + gap;
    }
    download(sheet.toDataURL("image/png"), "toy_gan.png");
  }

  table() {
    const rows = this.frames.map(({ step, d, g, energy }) => [step, d ?? "", g ?? "", energy].join(","));
    const text = ["step,discriminator_loss,generator_loss,energy_distance", ...rows].join("\n") + "\n";
    download(URL.createObjectURL(new Blob([text], { type: "text/csv" })), "toy_gan.csv");
  }
}

function download(href, name) {
  Object.assign(document.createElement("a"), { href, download: name }).click();
}

function options(select, names, chosen) {
  select.replaceChildren(...names.map((name) => new Option(name, name, name === chosen, name === chosen)));
}

// ---- arrays

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
}

function floats(text) {
  return Float64Array.from(new Float32Array(bytes(text)));
}

// float16 to float64.
function halves(text) {
  return Float64Array.from(new Uint16Array(bytes(text)), (u) => {
    const sign = u >> 15 ? -1 : 1, power = (u >> 10) & 31, rest = u & 1023;
    return sign * (power ? 2 ** (power - 15) * (1 + rest / 1024) : rest * 2 ** -24);
  });
}

// (n, 2) row by row to (2, n).
function unitwise(rows) {
  const n = rows.length / 2, out = new Float64Array(rows.length);
  for (let k = 0; k < n; k++) [out[k], out[n + k]] = [rows[2 * k], rows[2 * k + 1]];
  return out;
}

// The first points of (2, n).
function slice(points, count) {
  const n = points.length / 2, out = new Float64Array(2 * count);
  out.set(points.subarray(0, count));
  out.set(points.subarray(n, n + count), count);
  return out;
}

function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return [low, high];
}

// Without the highest and lowest hundredth, so that one spike does not flatten a curve.
function clipped(values) {
  const sorted = Float64Array.from(values).sort(), cut = Math.floor(sorted.length / 100);
  return sorted.subarray(cut, sorted.length - cut);
}

// ---- canvas

// A canvas as large as it is shown, and empty.
function fresh(canvas) {
  const { width, height } = canvas.getBoundingClientRect(), density = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

// Of a computed colour, "rgb(r, g, b)" or with an alpha.
function isLight(colour) {
  const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
  return r + g + b > 384;
}

function rgb([r, g, b], alpha = 1) {
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

// A picture of cells × cells: blue where a point is taken for real, orange for generated, clear where in doubt.
function surface(logits, belief, cells) {
  const canvas = Object.assign(document.createElement("canvas"), { width: cells, height: cells });
  const context = canvas.getContext("2d"), image = context.createImageData(cells, cells);
  for (let k = 0; k < cells * cells; k++) {
    const t = belief(logits[k]);
    image.data.set(t > 0 ? SURFACE.real : SURFACE.fake, 4 * k);
    image.data[4 * k + 3] = 130 * Math.min(1, Math.abs(t));
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function dots(context, points, across, up, colour, radius) {
  const n = points.length / 2;
  context.fillStyle = colour;
  context.beginPath();
  for (let k = 0; k < n; k++) {
    const x = across(points[k]), y = up(points[n + k]);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 7);
  }
  context.fill();
}

function ring(context, x, y, colour) {
  context.strokeStyle = colour;
  context.globalAlpha = 0.4;
  context.beginPath();
  context.arc(x, y, 5, 0, 7);
  context.stroke();
  context.globalAlpha = 1;
}

function stroke(context, path, colour, width, dash = []) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  path.forEach(([x, y], k) => context[k ? "lineTo" : "moveTo"](x, y));
  context.stroke();
  context.setLineDash([]);
}
