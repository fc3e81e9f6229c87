// The course of a training as snapshots {step, d, g, energy, generator, discriminator, shown, passing}: losses of the
// discriminator and the generator, null where unknown; the energy distance; weights of both networks and of the generator
// that is shown; passing: whether the next snapshot takes its place.

import { halves } from "../lib/decode.js";

const MOST = 500; // then every second one of all but the last twenty goes

export class Snapshots {
  constructor(list) {
    Object.assign(this, { list, at: 0 });
  }

  get last() {
    return this.list.length - 1;
  }

  get current() {
    return this.list[this.at];
  }

  get end() {
    return this.list[this.last].step;
  }

  values(name) {
    return this.list.map((snapshot) => snapshot[name]);
  }

  // Goes on from the current one: what came after it is forgotten.
  cut() {
    this.list.length = this.at + 1;
  }

  add(snapshot) {
    if (this.current.passing) this.list.pop();
    this.list.push(snapshot);
    if (this.list.length > MOST) this.list = this.list.filter((_, k) => k % 2 === 0 || k > MOST - 20);
    this.at = this.last;
  }

  nearest(step) {
    const distances = this.list.map((snapshot) => Math.abs(snapshot.step - step));
    return distances.indexOf(Math.min(...distances));
  }

  // Their numbers as a CSV file.
  csvUrl() {
    const rows = this.list.map(({ step, d, g, energy }) => [step, d ?? "", g ?? "", energy].join(","));
    const text = ["step,discriminator_loss,generator_loss,energy_distance", ...rows, ""].join("\n");
    return URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  }
}

// The snapshots of a recording, whose networks have so many weights.
export function recorded({ history, generator, discriminator, shown }, generatorSize, discriminatorSize) {
  const weights = { generator: halves(generator), discriminator: halves(discriminator), shown: halves(shown ?? generator) };
  const part = (name, size, k) => weights[name].subarray(k * size, (k + 1) * size);
  return history.map((metrics, k) => ({
    ...metrics,
    generator: part("generator", generatorSize, k),
    discriminator: part("discriminator", discriminatorSize, k),
    shown: part("shown", generatorSize, k),
  }));
}
