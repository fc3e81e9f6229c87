// A field for a typed number, with one rule for all of them: text that is not a number or is out of bounds is replaced by the
// current value, and a sentence says so. Text being typed is left alone until Enter is pressed or the field is left.

import { number } from "./numbers.js";

export class TypedNumber {
  // field: <input type="number">. name(): the number's name, which begins the sentence. bounds(): [least, most].
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

  // Shows the current value; a text keeps its digits.
  show(value) {
    this.text = String(value);
    if (!this.typing) this.field.value = this.text;
  }

  // Typing has ended.
  leave() {
    this.typing = false;
    this.field.value = this.text;
  }
}
