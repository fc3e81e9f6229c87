// The numbers of the chain. Each explains its origin on hover, tap or focus.

import { fixed } from "../lib/numbers.js";

// Without a mouse a number is tapped, and there may be no Tab key.
const REST = globalThis.matchMedia?.("(hover: none)").matches
  ? "In nats, except the MSE. Tap a number to see where it comes from."
  : "In nats, except the MSE. Point at a number, or move to it with the Tab key, to see where it comes from.";

const GAUSSIAN =
  " This decoder is Gaussian: the picture is its mean clamped to 0 … 1, so log p(x|z) and the ELBO cannot be computed from it.";
const BERNOULLI = "Σ x·ln p + (1 − x)·ln(1 − p) over the pixels: x is the input, p the picture of z. In nats.";

// name, decimals, and an explanation
const NUMBERS = {
  elbo: ["ELBO", 1, () => "log p(x|z) − KL, at this one z: a lower bound of log p(x) on average over z. In nats."],
  likelihood: ["log p(x|z)", 1, () => BERNOULLI],
  kl: ["KL", 1, ({ moved }) => `½ Σ (mean² + σ² − 1 − ln σ²) over the dimensions: mean and σ are the encoder’s${moved ? ", with the bars that you moved" : ""}. In nats.`],
  mse: ["MSE", 4, () => "The mean of (x − picture)² over the pixels, which are between 0 and 1: x is the input."],
};

export class Figures {
  constructor(box) {
    const items = Object.entries(NUMBERS).map(([key, [name]]) => {
      const item = Object.assign(document.createElement("div"), { className: `figure ${key}`, tabIndex: 0 });
      item.append(Object.assign(document.createElement("span"), { textContent: name }), document.createElement("b"));
      item.querySelector("b").textContent = "–";
      return [key, item];
    });
    this.items = Object.fromEntries(items);
    this.words = Object.assign(document.createElement("p"), { className: "from", textContent: REST });
    this.words.setAttribute("aria-live", "polite");
    const row = Object.assign(document.createElement("div"), { className: "equation" });
    const sign = (textContent) => Object.assign(document.createElement("span"), { className: "sign", textContent });
    this.bound = [this.items.elbo, sign("="), this.items.likelihood, sign("−")];
    row.append(...this.bound, this.items.kl, this.items.mse);
    box.append(row, this.words);
    this.context = {};
    this.rest = REST;
    for (const [key, item] of items) this.explain(item, () => NUMBERS[key][2](this.context));
  }

  // words(): the explanation of the number in `element`.
  explain(element, words) {
    const say = () => (this.words.textContent = words());
    for (const name of ["pointerenter", "focus", "click"]) element.addEventListener(name, say);
    for (const name of ["pointerleave", "blur"]) element.addEventListener(name, () => (this.words.textContent = this.rest));
  }

  // Start with another model. variance: of a Gaussian decoder, 0 for a Bernoulli one.
  begin(variance) {
    for (const one of this.bound) one.hidden = variance > 0;
    this.rest = this.words.textContent = variance > 0 ? REST + GAUSSIAN : REST;
    this.show(null);
  }

  // values: {elbo, likelihood, kl, mse}; context: {moved}. null if unknown.
  show(values, context = this.context) {
    this.context = context;
    for (const [key, item] of Object.entries(this.items)) {
      item.querySelector("b").textContent = values ? fixed(values[key], NUMBERS[key][1]) : "–";
    }
  }
}
