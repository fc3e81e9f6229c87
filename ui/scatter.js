// A map of codes: points in the plane, their pictures on hover, one of them chosen by a click or the keyboard.
// All pictures came as one sheet, so hovering asks nobody.

const REACH = 14; // CSS pixels within which a point is met
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
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
    this.legend = find(".legend");
    this.hidden = new Set();
    this.view = { scale: 1, x: 0, y: 0 }; // of the unit square: zoom and offset
    this.watcher = new ResizeObserver(() => this.draw());
    this.watcher.observe(this.canvas);
    root.querySelectorAll("[data-zoom]").forEach((button) =>
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom), 0.5, 0.5)));
    find("[data-save]").addEventListener("click", () => this.save());
    this.listen();
  }

  async receive(data) {
    const said = JSON.stringify(data);
    if (said === this.said) return;
    this.said = said;
    const moved = !this.data || this.data.name !== data.name;
    if (moved) {
      this.view = { scale: 1, x: 0, y: 0 };
      this.met = null;
    }
    const before = this.data;
    this.data = data;
    this.canvas.setAttribute("aria-label", data.label);
    if (!before || String(before.classes) !== String(data.classes)) this.buildLegend();
    this.draw();
    if (data.sprites && (!before || before.sprites !== data.sprites)) {
      const image = new Image();
      image.src = data.sprites;
      await image.decode();
      if (this.data.sprites === data.sprites) this.sheet = image;
    }
  }

  buildLegend() {
    this.hidden.clear();
    this.legend.replaceChildren(...this.data.classes.map((name, index) => {
      const button = document.createElement("button");
      const dot = document.createElement("i");
      dot.style.background = this.data.colours[index];
      button.type = "button";
      button.append(dot, name);
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        if (!this.hidden.delete(index)) this.hidden.add(index);
        button.setAttribute("aria-pressed", String(!this.hidden.has(index)));
        this.draw();
      });
      return button;
    }));
  }

  // ---- geometry: points are whole numbers from 0 to 10000 on both axes, y upwards

  place(row) {
    const { width, height } = this.size;
    const side = Math.min(width, height) - 30;
    const { scale, x, y } = this.view;
    const px = this.data.points[2 * row] / 10000 - 0.5, py = 0.5 - this.data.points[2 * row + 1] / 10000;
    return [width / 2 + (px * scale + x) * side, height / 2 + (py * scale + y) * side];
  }

  get size() {
    const box = this.canvas.getBoundingClientRect();
    return { width: box.width, height: box.height };
  }

  get shown() {
    const rows = [];
    for (let row = 0; row < this.data.labels.length; row++) if (!this.hidden.has(this.data.labels[row])) rows.push(row);
    return rows;
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
    const { width, height } = this.size, density = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: width * density, height: height * density });
    const context = this.canvas.getContext("2d");
    context.scale(density, density);
    this.paint(context);
  }

  paint(context) {
    const radius = Math.min(6, 2.2 * Math.sqrt(this.view.scale) * (this.data.labels.length < 2000 ? 1.5 : 1));
    context.globalAlpha = 0.8;
    for (const row of this.shown) {
      const [x, y] = this.place(row);
      context.fillStyle = this.data.colours[this.data.labels[row]];
      context.beginPath();
      context.arc(x, y, radius, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
    const text = getComputedStyle(this.canvas).getPropertyValue("--st-text-color") || "#888";
    for (const row of [this.data.chosen, this.met]) {
      if (row === null || row === undefined) continue;
      const [x, y] = this.place(row);
      context.strokeStyle = text;
      context.lineWidth = row === this.data.chosen ? 3 : 1.5;
      context.beginPath();
      context.arc(x, y, radius + 4, 0, 7);
      context.stroke();
    }
  }

  meet(row) {
    if (row === this.met) return;
    this.met = row;
    this.draw();
    this.tip.hidden = row === null;
    if (row === null) return;
    const [x, y] = this.place(row), { width } = this.size;
    const { columns, tile: [tileHeight, tileWidth], classes, labels } = this.data;
    this.tip.style.left = `${Math.min(width - 140, Math.max(0, x + (x > width / 2 ? -150 : 18)))}px`;
    this.tip.style.top = `${Math.max(0, y - 70)}px`;
    this.tip.querySelector("span").textContent = `${classes[labels[row]]} · number ${row}`;
    const canvas = this.tip.querySelector("canvas");
    Object.assign(canvas, { width: tileWidth, height: tileHeight });
    if (this.sheet)
      canvas.getContext("2d").drawImage(this.sheet, (row % columns) * tileWidth, Math.floor(row / columns) * tileHeight,
        tileWidth, tileHeight, 0, 0, tileWidth, tileHeight);
  }

  zoom(factor, atX, atY) {
    if (!factor) this.view = { scale: 1, x: 0, y: 0 };
    else {
      const scale = Math.min(40, Math.max(1, this.view.scale * factor)), real = scale / this.view.scale;
      const cx = atX - 0.5, cy = atY - 0.5;
      this.view = { scale, x: cx + (this.view.x - cx) * real, y: cy + (this.view.y - cy) * real };
    }
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
    link.href = picture.toDataURL("image/png");
    link.download = `${this.data.name}.png`;
    link.click();
  }

  // ---- the hand and the keyboard

  listen() {
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const near = (event) => {
      const [x, y] = at(event);
      return this.best(x, y, (dx, dy) => (dx * dx + dy * dy <= REACH * REACH ? dx * dx + dy * dy : Infinity));
    };
    let from = null, dragged = false;
    this.canvas.addEventListener("pointerdown", (event) => {
      [from, dragged] = [{ point: at(event), view: { ...this.view } }, false];
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!from) return this.meet(near(event));
      const [x, y] = at(event), dx = x - from.point[0], dy = y - from.point[1];
      if (Math.hypot(dx, dy) > 4) dragged = true;
      if (!dragged) return;
      const side = Math.min(this.size.width, this.size.height) - 30;
      this.view = { ...this.view, x: from.view.x + dx / side, y: from.view.y + dy / side };
      this.meet(null);
      this.draw();
    });
    this.canvas.addEventListener("pointerup", (event) => {
      const row = near(event);
      if (from && !dragged && row !== null) this.choose(row);
      from = null;
    });
    this.canvas.addEventListener("pointercancel", () => (from = null));
    this.canvas.addEventListener("pointerleave", () => this.meet(null));
    this.canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== this.canvas && !this.canvas.matches(":focus")) return;
      event.preventDefault();
      const { width, height } = this.size, side = Math.min(width, height) - 30, [x, y] = at(event);
      this.zoom(Math.exp(-event.deltaY / 300), 0.5 + (x - width / 2) / side, 0.5 + (y - height / 2) / side);
    }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.met !== null && this.met !== undefined) return this.choose(this.met);
      if (event.key === "+" || event.key === "-") return this.zoom(event.key === "+" ? 1.5 : 1 / 1.5, 0.5, 0.5);
      const direction = KEYS[event.key];
      if (!direction) return;
      event.preventDefault();
      const start = this.met ?? this.data.chosen ?? this.shown[0];
      if (start === undefined) return;
      const [x, y] = this.place(start), [ux, uy] = direction;
      // Ahead counts once, aside twice, so the next point is the nearest one in about this direction.
      const next = this.best(x, y, (dx, dy) => {
        const ahead = dx * ux + dy * uy, aside = Math.abs(dx * uy - dy * ux);
        return ahead > 0.5 ? ahead + 2 * aside : Infinity;
      });
      this.meet(next ?? start);
    });
  }

  choose(row) {
    this.data.chosen = row;
    this.draw();
    this.report(row);
  }
}
