// A field for a typed number, with one rule for all of them: what is no number, or out of bounds, is replaced by the value
// that stands, and one sentence says so. What is being typed is left alone until Enter is pressed or the field is left.

import { number } from "./numbers.js";

export class TypedNumber {
  // field: <input type="number">. name(): whose number it is, begins the sentence. bounds(): [least, most].
  // taken(value, time): a number of these; it calls show(). refused(sentence, time).
  constructor(field, { name, bounds, taken, refused }) {
    Object.assign(this, { field, typing: false, text: field.value });
    field.addEventListener("input", () => (this.typing = true));
    field.addEventListener("change", ({ timeStamp }) => {
      const value = field.valueAsNumber, [least, most] = bounds();
      this.leave();
      if (value >= least && value <= most) taken(value, timeStamp); // false for NaN
      else refused(`${name()} must be a number from ${number(least)} to ${number(most)}; ${number(this.text)} was kept.`, timeStamp);
    });
    field.addEventListener("blur", () => this.leave());
  }

  // The value that stands; a text keeps its digits.
  show(value) {
    this.text = String(value);
    if (!this.typing) this.field.value = this.text;
  }

  // Nothing is being typed any more.
  leave() {
    this.typing = false;
    this.field.value = this.text;
  }
}
