// A map of codes: points in the plane, their pictures on hover, one of them chosen by a click or the keyboard.
// All pictures came as one sheet, so hovering asks nobody.

const REACH = { mouse: 14, pen: 14, touch: 24 }; // CSS pixels within which a point is met
const CLOSEST = 40; // largest zoom
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WHOLE = { scale: 1, x: 0, y: 0 };
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let scatter = instances.get(parentElement);
  if (!scatter) instances.set(parentElement, (scatter = new Scatter(parentElement)));
  scatter.report = (row) => setTriggerValue("chosen", row);
  scatter.receive(data);
  return () => {
    scatter.watcher.disconnect();
    instances.delete(parentElement);
  };
}

class Scatter {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.canvas = find(".points");
    this.tip = find(".tip");
    this.said = find(".said");
    this.legend = find(".legend");
    this.cloud = document.createElement("canvas"); // all points, so that hovering draws one ring and not thousands
    this.hidden = new Set();
    this.met = this.chosen = null;
    this.view = WHOLE; // of the unit square: zoom and offset
    this.watcher = new ResizeObserver(() => this.draw());
    this.watcher.observe(this.canvas);
    root.querySelectorAll("[data-zoom]").forEach((button) =>
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom), 0, 0)));
    find("[data-save]").addEventListener("click", () => this.save());
    this.hand();
    this.keyboard();
  }

  async receive(data) {
    const before = this.data;
    if (before && before.identity === data.identity) return; // the same map: the hand knows better what is chosen
    this.data = data;
    this.chosen = data.chosen;
    this.canvas.setAttribute("aria-label", data.label);
    if (!before || String(before.classes) !== String(data.classes)) this.buildLegend();
    this.filter();
    this.met = null;
    this.tip.hidden = true;
    this.view = WHOLE;
    this.draw();
    if (before && before.sprites === data.sprites) return;
    this.sheet = null; // not the pictures of another model
    const image = new Image();
    image.src = data.sprites;
    await image.decode();
    if (this.data.sprites !== data.sprites) return;
    this.sheet = image;
    if (this.met !== null) this.showTip();
  }

  // ---- the legend

  buildLegend() {
    this.hidden.clear();
    this.legend.replaceChildren(...this.data.classes.map((name, index) => {
      const button = document.createElement("button");
      const dot = document.createElement("i");
      dot.style.background = this.data.colours[index];
      button.type = "button";
      button.append(dot, name);
      button.addEventListener("click", () => {
        if (!this.hidden.delete(index)) this.hidden.add(index);
        this.filter();
      });
      button.addEventListener("dblclick", () => {
        const others = this.data.classes.map((_, other) => other).filter((other) => other !== index);
        const alone = others.every((other) => this.hidden.has(other));
        this.hidden = new Set(alone ? [] : others);
        this.filter();
      });
      return button;
    }));
  }

  // Which rows are shown, after the data or the legend changed.
  filter() {
    this.shown = [];
    this.data.labels.forEach((label, row) => this.hidden.has(label) || this.shown.push(row));
    [...this.legend.children].forEach((button, index) => button.setAttribute("aria-pressed", String(!this.hidden.has(index))));
    this.draw();
  }

  // ---- geometry: points are whole numbers from 0 to 10000 on both axes, y upwards

  measure() {
    const { width, height } = this.canvas.getBoundingClientRect();
    this.size = { width, height, side: Math.min(width, height) - 30 };
  }

  place(row) {
    const { width, height, side } = this.size, { scale, x, y } = this.view;
    const px = this.data.points[2 * row] / 10000 - 0.5, py = 0.5 - this.data.points[2 * row + 1] / 10000;
    return [width / 2 + (px * scale + x) * side, height / 2 + (py * scale + y) * side];
  }

  // A place on the canvas as an offset from its middle, in units of the map.
  offset([x, y]) {
    const { width, height, side } = this.size;
    return [(x - width / 2) / side, (y - height / 2) / side];
  }

  // The shown row that is best by `cost(dx, dy)`; lower is better, Infinity never.
  best(x, y, cost) {
    let found = null, least = Infinity;
    for (const row of this.shown) {
      const [px, py] = this.place(row);
      const value = cost(px - x, py - y);
      if (value < least) [found, least] = [row, value];
    }
    return found;
  }

  // ---- drawing

  draw() {
    if (!this.data) return;
    this.measure();
    const density = window.devicePixelRatio || 1;
    const width = Math.round(this.size.width * density), height = Math.round(this.size.height * density);
    Object.assign(this.cloud, { width, height });
    const context = this.cloud.getContext("2d");
    context.scale(density, density);
    this.paint(context);
    this.rings();
  }

  paint(context) {
    context.globalAlpha = 0.8;
    for (const row of this.shown) {
      const [x, y] = this.place(row);
      context.fillStyle = this.data.colours[this.data.labels[row]];
      context.beginPath();
      context.arc(x, y, this.radius, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  get radius() {
    return Math.min(6, 2.2 * Math.sqrt(this.view.scale) * (this.data.labels.length < 2000 ? 1.5 : 1));
  }

  // The points again, with rings around what is met and what is chosen.
  rings() {
    const { width, height } = this.cloud, density = window.devicePixelRatio || 1;
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.drawImage(this.cloud, 0, 0);
    context.scale(density, density);
    this.ring(context, this.met, 1.5);
    this.ring(context, this.chosen, 3);
  }

  ring(context, row, thickness) {
    if (row === null) return;
    const [x, y] = this.place(row);
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--st-text-color") || "#888";
    context.lineWidth = thickness;
    context.beginPath();
    context.arc(x, y, this.radius + 4, 0, 7);
    context.stroke();
  }

  meet(row) {
    if (row === this.met) return;
    this.met = row;
    this.rings();
    this.tip.hidden = row === null;
    if (row !== null) this.showTip();
  }

  showTip() {
    const [x, y] = this.place(this.met), { width, height } = this.size;
    const { columns, tile: [tileHeight, tileWidth], classes, labels } = this.data;
    this.tip.style.left = `${Math.min(width - 140, Math.max(0, x + (x > width / 2 ? -150 : 18)))}px`;
    this.tip.style.top = `${Math.min(height - 150, Math.max(0, y - 70))}px`;
    const words = `${classes[labels[this.met]]} · number ${this.met}`;
    this.tip.querySelector("span").textContent = this.sheet ? words : `${words} · picture on its way`;
    const canvas = this.tip.querySelector("canvas");
    canvas.hidden = !this.sheet;
    if (!this.sheet) return;
    Object.assign(canvas, { width: tileWidth, height: tileHeight });
    const left = (this.met % columns) * tileWidth, top = Math.floor(this.met / columns) * tileHeight;
    canvas.getContext("2d").drawImage(this.sheet, left, top, tileWidth, tileHeight, 0, 0, tileWidth, tileHeight);
  }

  choose(row) {
    this.chosen = row;
    this.meet(row); // a finger does not hover
    this.rings();
    this.report(row);
  }

  // ---- moving about

  // Zoom by a factor around an offset from the middle; 0 shows everything.
  zoom(factor, cx, cy) {
    if (!factor) return this.look(WHOLE);
    const scale = Math.min(CLOSEST, Math.max(1, this.view.scale * factor)), real = scale / this.view.scale;
    this.look({ scale, x: cx + (this.view.x - cx) * real, y: cy + (this.view.y - cy) * real });
  }

  look({ scale, x, y }) {
    const most = scale / 2; // some of the map stays in sight
    const inside = (value) => (scale === 1 ? 0 : Math.min(most, Math.max(-most, value)));
    this.view = { scale, x: inside(x), y: inside(y) };
    this.canvas.style.touchAction = scale > 1 ? "none" : ""; // a finger moves the map once there is something to move
    this.meet(null);
    this.draw();
  }

  save() {
    const link = document.createElement("a");
    const { width, height } = this.size;
    const picture = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    const context = picture.getContext("2d");
    context.fillStyle = getComputedStyle(this.canvas).backgroundColor;
    context.fillRect(0, 0, picture.width, picture.height);
    context.scale(2, 2);
    this.paint(context);
    this.ring(context, this.chosen, 3);
    link.href = picture.toDataURL("image/png");
    link.download = `${this.data.name}.png`;
    link.click();
  }

  // ---- the hand and the keyboard

  hand() {
    const fingers = new Map(); // pointer id -> where it is
    let start = null, moved = false; // where one or two fingers began, and the view they began with
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const near = (event) => {
      const [x, y] = at(event), reach = (REACH[event.pointerType] ?? REACH.mouse) ** 2;
      return this.best(x, y, (dx, dy) => (dx * dx + dy * dy <= reach ? dx * dx + dy * dy : Infinity));
    };
    const grip = () => {
      const [one, two] = fingers.values();
      return two
        ? { centre: [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2], spread: Math.hypot(one[0] - two[0], one[1] - two[1]) }
        : { centre: one, spread: 1 };
    };
    const begin = () => (start = fingers.size ? { ...grip(), view: this.view, count: fingers.size } : null);

    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button || fingers.size === 2) return;
      if (!fingers.size) moved = false;
      else moved = true; // two fingers never choose a point
      fingers.set(event.pointerId, at(event));
      this.canvas.setPointerCapture(event.pointerId);
      begin();
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!fingers.size) return event.pointerType === "touch" || this.meet(near(event));
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, at(event));
      const { centre, spread } = grip();
      const factor = Math.max(spread, 1) / Math.max(start.spread, 1);
      if (start.count === 1 && Math.hypot(centre[0] - start.centre[0], centre[1] - start.centre[1]) > 4) moved = true;
      if (!moved) return;
      const [fromX, fromY] = this.offset(start.centre), [toX, toY] = this.offset(centre), { view } = start;
      const scale = Math.min(CLOSEST, Math.max(1, view.scale * factor)), real = scale / view.scale;
      this.look({ scale, x: toX + (view.x - fromX) * real, y: toY + (view.y - fromY) * real });
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (!fingers.delete(event.pointerId)) return;
      if (!moved) {
        const row = near(event);
        if (row !== null) this.choose(row);
      }
      begin();
    });
    this.canvas.addEventListener("pointercancel", (event) => {
      fingers.delete(event.pointerId);
      moved = true;
      begin();
    });
    this.canvas.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.meet(null));
    // One finger scrolls the page over the whole map; two are for the map alone.
    this.canvas.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
    // The wheel scrolls the page until the map was clicked, so that nobody gets stuck in it.
    this.canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !this.canvas.matches(":focus")) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), ...this.offset(at(event)));
    }, { passive: false });
  }

  keyboard() {
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.met !== null) return this.choose(this.met);
      if (event.key === "Escape") return this.meet(null);
      if (event.key === "+" || event.key === "-") return this.zoom(event.key === "+" ? 1.5 : 1 / 1.5, 0, 0);
      if (event.key === "0") return this.zoom(0);
      const direction = KEYS[event.key];
      if (!direction) return;
      event.preventDefault();
      const start = [this.met, this.chosen].find((row) => row !== null && !this.hidden.has(this.data.labels[row])) ?? this.shown[0];
      if (start === undefined) return;
      const [x, y] = this.place(start), [ux, uy] = direction;
      // Ahead counts once, aside twice, so the next point is the nearest one in about this direction.
      const next = this.best(x, y, (dx, dy) => {
        const ahead = dx * ux + dy * uy, aside = Math.abs(dx * uy - dy * ux);
        return ahead > 0.5 ? ahead + 2 * aside : Infinity;
      }) ?? start;
      this.follow(next);
      this.meet(next);
      this.said.textContent = this.tip.querySelector("span").textContent;
    });
  }

  // Move the map when a point lies outside of what is seen.
  follow(row) {
    const [x, y] = this.place(row), { width, height } = this.size;
    if (x > 0 && x < width && y > 0 && y < height) return;
    const [dx, dy] = this.offset([x, y]);
    this.look({ ...this.view, x: this.view.x - dx, y: this.view.y - dy });
  }
}
