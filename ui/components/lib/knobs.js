// Sliders with a logarithmic scale, for numbers that may change during a training.

import { clamp, number } from "./numbers.js";

// Powers of ten at both ends; zero: whether the left end means 0.
const SCALES = { beta: { low: -3, high: 2, zero: true }, sigma: { low: -2, high: 0.5 }, rate: { low: -5, high: -1 } };
const STEP = 0.05;

export class Knobs {
  // changed(name): the user has moved one.
  constructor(root, changed) {
    this.values = {};
    this.inputs = {};
    for (const input of root.querySelectorAll("[data-knob]")) {
      const name = input.dataset.knob, { low, high, zero } = SCALES[name];
      Object.assign(input, { min: zero ? low - STEP : low, max: high, step: STEP });
      this.inputs[name] = input;
      input.addEventListener("input", () => {
        this.values[name] = fromPlace(name, input.valueAsNumber);
        this.label(name);
        changed(name);
      });
    }
  }

  receive(values) {
    for (const [name, input] of Object.entries(this.inputs)) {
      this.values[name] = values[name];
      input.value = toPlace(name, values[name]);
      this.label(name);
    }
  }

  label(name) {
    const words = number(this.values[name]);
    this.inputs[name].setAttribute("aria-valuetext", words);
    this.inputs[name].parentElement.querySelector("output").textContent = words;
  }
}

// The value at a place of the slider, to two digits.
function fromPlace(name, place) {
  const { low, zero } = SCALES[name];
  return zero && place < low - STEP / 2 ? 0 : Number((10 ** place).toPrecision(2));
}

function toPlace(name, value) {
  const { low, high, zero } = SCALES[name];
  return zero && value < 10 ** low ? low - STEP : clamp(Math.log10(value), low, high);
}
