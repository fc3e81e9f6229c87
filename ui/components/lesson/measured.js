// What a training on the page measured since the step was opened: [[step, energy distance]], for the check of a challenge.

const MOST = 400; // rows that are kept

export class Measured {
  rows = [];

  push({ step, energy }) {
    this.rows.push([step, energy]);
    if (this.rows.length > MOST) this.rows = this.rows.filter((_, k) => k % 2 === this.rows.length % 2); // the last one stays
  }
}
