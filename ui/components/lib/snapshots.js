// The course of a training as snapshots {step, passing, …}: numbers and weights at one moment; passing: whether the
// next snapshot replaces it.

const MOST = 500; // beyond that, every second one is dropped except for the last twenty

export class Snapshots {
  constructor(list) {
    Object.assign(this, { list, at: 0 });
  }

  get last() {
    return this.list.length - 1;
  }

  get current() {
    return this.list[this.at];
  }

  get end() {
    return this.list[this.last].step;
  }

  values(name) {
    return this.list.map((snapshot) => snapshot[name]);
  }

  // Continues from the current one: later ones are dropped.
  cut() {
    this.list.length = this.at + 1;
  }

  add(snapshot) {
    if (this.current.passing) this.list.pop();
    this.list.push(snapshot);
    if (this.list.length > MOST) this.list = this.list.filter((_, k) => k % 2 === 0 || k > MOST - 20);
    this.at = this.last;
  }

  nearest(step) {
    const distances = this.list.map((snapshot) => Math.abs(snapshot.step - step));
    return distances.indexOf(Math.min(...distances));
  }

  // The index of a snapshot; if it was dropped, that of its replacement, or of the nearest step.
  place(snapshot) {
    const index = this.list.indexOf(snapshot);
    if (index >= 0) return index;
    return snapshot.passing ? this.last : this.nearest(snapshot.step);
  }

  // Their numbers as CSV text. columns: {title: function of a snapshot}.
  csv(columns) {
    const rows = this.list.map((snapshot) => Object.values(columns).map((value) => value(snapshot) ?? "").join(","));
    return [Object.keys(columns).join(","), ...rows, ""].join("\n");
  }
}
