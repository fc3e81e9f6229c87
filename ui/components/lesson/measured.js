// Measurements of a training on the page since the step was opened: [[step, energy distance]], to check a challenge.

const MOST = 400; // rows that are kept

export class Measured {
  rows = [];

  push({ step, energy }) {
    this.rows.push([step, energy]);
    const last = this.rows.length - 1;
    if (last >= MOST) this.rows = this.rows.filter((_, k) => k % 2 === last % 2); // keeps the last one
  }
}
