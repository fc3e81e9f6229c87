// A classifier's three most probable classes for a picture, as a small list that is updated live.
//
//   const list = new Classes(element);          an empty <ol>
//   list.names = given.classes;                 of ui/classifiers.py
// for one picture; null if unknown

import { sum } from "./numbers.js";
import { write } from "./write.js";

const SHOWN = 3;

// Probabilities from logits, which may be large.
export function softmax(logits) {
  const most = Math.max(...logits), weights = Array.from(logits, (logit) => Math.exp(logit - most));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

// [[class, probability]] of the `count` most probable classes, in descending order; of equal ones the first class.
export function best(logits, count = SHOWN) {
  const order = softmax(logits).map((probability, index) => [index, probability]);
  return order.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, count);
}

// 97%; <1% and >99% if it is not exactly 0 or 1.
export function percent(probability) {
  if (probability > 0 && probability < 0.005) return "<1%";
  if (probability < 1 && probability >= 0.995) return ">99%";
  return `${Math.round(100 * probability)}%`;
}

export class Classes {
  constructor(list) {
    this.list = list;
    list.classList.add("classes");
    this.rows = [];
  }

  set names(names) {
    this.words = names;
    this.rows = names.slice(0, SHOWN).map(() => {
      const row = document.createElement("li"), [name, bar, share] = ["b", "i", "span"].map((tag) => document.createElement(tag));
      bar.setAttribute("aria-hidden", "true");
      row.append(name, bar, share);
      return { row, name, bar, share };
    });
    this.list.replaceChildren(...this.rows.map(({ row }) => row));
    this.show(null);
  }

  // The elements are reused, so that nothing jumps or blinks during a drag.
  show(logits) {
    const known = logits && Array.prototype.every.call(logits, Number.isFinite);
    this.list.classList.toggle("unknown", !known);
    const shown = known ? best(logits, this.rows.length) : [];
    this.rows.forEach(({ row, name, bar, share }, k) => {
      const [index, probability] = shown[k] ?? [null, 0];
      write(name, index === null ? "" : this.words[index]);
      write(share, index === null ? "" : percent(probability));
      bar.style.setProperty("--share", probability.toFixed(3));
      row.classList.toggle("sure", probability >= 0.5);
    });
  }
}
