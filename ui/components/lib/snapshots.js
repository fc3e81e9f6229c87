// The course of a training as snapshots {step, passing, …}: numbers and weights of one moment; passing: whether the next
// snapshot takes its place.

const MOST = 500; // then every second one of all but the last twenty goes

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

  // Goes on from the current one: what came after it is forgotten.
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

  // Where a snapshot is; once it has gone, what took its place, or that of the nearest step.
  place(snapshot) {
    const index = this.list.indexOf(snapshot);
    if (index >= 0) return index;
    return snapshot.passing ? this.last : this.nearest(snapshot.step);
  }

  // Their numbers as the text of a CSV file. columns: {title: function of a snapshot}.
  csv(columns) {
    const rows = this.list.map((snapshot) => Object.values(columns).map((value) => value(snapshot) ?? "").join(","));
    return [Object.keys(columns).join(","), ...rows, ""].join("\n");
  }
}
