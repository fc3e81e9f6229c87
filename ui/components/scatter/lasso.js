// Groups of points, filled with a lasso on the map or one by one: two groups, one of which is being filled.

// Whether a place [x, y] lies inside a closed polygon of places, by the even-odd rule.
export function inside(polygon, [x, y]) {
  let within = false;
  polygon.forEach(([x0, y0], k) => {
    const [x1, y1] = polygon[(k + 1) % polygon.length];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) within = !within;
  });
  return within;
}

const LEAST = 4; // CSS pixels between two places of the lasso; a shorter movement counts as a press
const NEXT = { from: "to", to: "from" };

export class Lasso {
  // map: the Scatter. It is asked for places and rows and redraws.
  constructor(root, map) {
    Object.assign(this, { map, on: false, active: "from", groups: { from: [], to: [] }, path: null });
    this.box = root.querySelector(".lassos");
    this.counts = Object.fromEntries([...root.querySelectorAll("[data-count]")].map((box) => [box.dataset.count, box]));
    this.buttons = [...root.querySelectorAll("[data-group]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.group));
    root.querySelector("[data-empty]").addEventListener("click", () => this.set([]));
  }

  // groups: {from, to: {label, rows}} or null, where the map has no groups.
  receive(groups) {
    this.on = !!groups;
    this.box.hidden = !groups;
    this.path = null;
    if (!groups) return;
    this.groups = { from: groups.from.rows, to: groups.to.rows };
    for (const button of this.buttons) button.querySelector("b").textContent = groups[button.dataset.group].label;
    this.choose(groups.from.rows.length && !groups.to.rows.length ? "to" : "from");
  }

  choose(group) {
    this.active = group;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.group === group));
    this.count();
  }

  count() {
    for (const [group, box] of Object.entries(this.counts)) box.textContent = String(this.groups[group].length);
  }

  set(rows) {
    this.groups = { ...this.groups, [this.active]: rows };
    this.count();
    this.map.rings();
    this.map.report("lassoed", { group: this.active, rows });
  }

  // Adds a point to the group, or removes it.
  toggle(row) {
    const rows = this.groups[this.active];
    this.set(rows.includes(row) ? rows.filter((one) => one !== row) : [...rows, row]);
  }

  // ---- the hand on the map, in CSS pixels of its canvas

  grab(at) {
    if (!this.on) return false;
    this.path = [at];
    return true;
  }

  drag(at) {
    const [x, y] = this.path.at(-1);
    if (Math.hypot(at[0] - x, at[1] - y) < LEAST) return;
    this.path.push(at);
    this.map.rings();
  }

  // The points inside the lasso become the group, and the next lasso fills the other one.
  drop(row) {
    const { path } = this;
    this.path = null;
    if (path.length < 3) return row === null ? this.map.rings() : this.toggle(row);
    this.set(this.map.rows.filter((one) => inside(path, this.map.place(one))));
    if (this.groups[this.active].length) this.choose(NEXT[this.active]);
  }

  // ---- on the map

  paint(context, ink, paper) {
    if (!this.on) return;
    Object.assign(context, { strokeStyle: ink, lineWidth: 1.2 });
    for (const [group, rows] of Object.entries(this.groups)) {
      context.fillStyle = group === "to" ? ink : paper; // dark and hollow, whatever the colour of the class
      for (const row of rows) {
        context.beginPath();
        context.arc(...this.map.place(row), this.map.radius + 0.5, 0, 7);
        context.fill();
        context.stroke();
      }
    }
    if (!this.path) return;
    for (const [colour, width] of [[paper, 5], [ink, 2]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
      context.beginPath();
      for (const place of this.path) context.lineTo(...place);
      context.closePath();
      context.stroke();
    }
  }
}
