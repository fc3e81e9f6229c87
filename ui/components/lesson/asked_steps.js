// Requested steps that the server has not sent yet, so that quick presses of an arrow all count: each starts from the
// step requested before.

export class AskedSteps {
  constructor() {
    Object.assign(this, { waiting: [], at: 0, identity: null, went: 0 });
  }

  // The last requested step, or undefined if none is pending.
  get last() {
    return this.waiting.at(-1)?.step;
  }

  // The report for a step. Its times always increase, even if the clock does not.
  ask(step) {
    this.at = Math.max(Date.now(), this.at + 1);
    this.waiting.push({ step, at: this.at });
    return { step, at: this.at };
  }

  // went: the time of the last request that the server has received. A new step without a request came from somebody
  // else, a presenter or the teacher of a room, and is followed.
  receive({ identity, went }) {
    const elsewhere = identity !== this.identity && went === this.went;
    this.waiting = elsewhere ? [] : this.waiting.filter(({ at }) => at > went);
    Object.assign(this, { identity, went });
  }
}
