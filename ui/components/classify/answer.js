// One network's answer: the most probable class in large type, and a bar for every class, always in the same order.

import { best, percent, softmax } from "../lib/classes.js";
import { write } from "../lib/write.js";

const WAITS = "The server answers when you let go.";

export class Answer {
  // given: {name, title, note} from the server; classes: names.
  constructor({ name, title, note }, classes) {
    const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
    this.classes = classes;
    this.element = make("article", "answer");
    this.element.dataset.network = name;
    this.first = make("p", "first");
    this.list = make("ol", "bars");
    this.list.setAttribute("aria-label", `Probabilities by ${title}`);
    this.rows = classes.map((word) => {
      const row = make("li", ""), parts = [make("span", "name", word), make("i", ""), make("span", "share")];
      parts[1].setAttribute("aria-hidden", "true");
      row.append(...parts);
      this.list.append(row);
      return { row, bar: parts[1], share: parts[2] };
    });
    this.official = make("p", "official");
    this.official.title = "This browser computes while you draw. When you let go, the server computes the final numbers.";
    this.element.append(make("h4", "", title), this.first, this.list, make("p", "note", note), this.official);
    this.show(null);
  }

  // The elements are reused, so that nothing jumps or blinks during a drag.
  show(logits) {
    const known = Boolean(logits) && Array.prototype.every.call(logits, Number.isFinite), shares = known ? softmax(logits) : [];
    const [top, probability] = known ? best(logits, 1)[0] : [null, 0];
    this.element.classList.toggle("unknown", !known);
    this.element.classList.remove("stale");
    write(this.first, known ? `${this.classes[top]} · ${percent(probability)}` : " ");
    this.rows.forEach(({ row, bar, share }, k) => {
      write(share, known ? percent(shares[k]) : "");
      bar.style.setProperty("--share", (shares[k] ?? 0).toFixed(4));
      row.classList.toggle("top", k === top);
    });
  }

  // The picture's class in the data set, null if unknown.
  label(index) {
    this.rows.forEach(({ row }, k) => {
      row.classList.toggle("label", k === index);
      if (k === index) row.setAttribute("aria-description", "its class in the data set");
      else row.removeAttribute("aria-description");
    });
  }

  // Shows the server's answer for the same picture.
  confirm(logits) {
    this.show(logits);
    const [top, probability] = best(logits, 1)[0];
    write(this.official, `Computed on the server: ${this.classes[top]}, ${(100 * probability).toFixed(2)}%`);
    return `${this.classes[top]} ${percent(probability)}`;
  }

  // Shows a sentence on why there is no answer.
  excuse(sentence) {
    this.show(null);
    write(this.official, sentence);
  }

  // From now on the network in this browser answers.
  follow() {
    if (this.official.textContent === WAITS) write(this.official, "");
  }

  // The picture has changed. waits: whether no network in this browser answers.
  changed(waits) {
    write(this.official, waits ? WAITS : "");
    this.element.classList.toggle("stale", waits);
  }
}
