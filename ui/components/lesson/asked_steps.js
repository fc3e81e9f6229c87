// Steps that were asked for and that the server has not sent yet, so that however many quick presses of an arrow are as
// many steps: each counts from the one before.

export class AskedSteps {
  constructor() {
    Object.assign(this, { waiting: [], at: 0, identity: null, went: 0 });
  }

  // The step that was asked for last, or undefined where none is waited for.
  get last() {
    return this.waiting.at(-1)?.step;
  }

  // What to report. Times grow with every one of them, also where the clock does not.
  ask(step) {
    this.at = Math.max(Date.now(), this.at + 1);
    this.waiting.push({ step, at: this.at });
    return { step, at: this.at };
  }

  // went: the time of the last one that the server has heard. Another step without one was somebody else's: a presenter,
  // or the teacher of a room. It is followed.
  receive({ identity, went }) {
    const elsewhere = identity !== this.identity && went === this.went;
    this.waiting = elsewhere ? [] : this.waiting.filter(({ at }) => at > went);
    Object.assign(this, { identity, went });
  }
}
