// A training that continues from a snapshot, with its mean losses between two snapshots.

import { Course } from "../lib/live_training.js";
import { sum } from "../lib/numbers.js";
import { Game } from "../lib/toy_net.js";

export class Training extends Course {
  constructor(settings, pool, snapshot) {
    super(new Game(settings, pool), snapshot);
    this.means = { discriminator: snapshot.d ?? null, generator: snapshot.g ?? null };
    this.losses = { discriminator: [], generator: [] };
  }

  // A user who continues after the rates have fallen wants it to learn.
  start() {
    super.start();
    if (this.fallen) this.model.constant = true;
  }

  // Whether the learning rates have fallen to 0, so that nothing changes any more.
  get fallen() {
    const { constant, settings: { falling, steps } } = this.model;
    return falling && !constant && this.step >= steps;
  }

  get arrived() {
    return this.fallen || super.arrived;
  }

  // player: "discriminator", "generator", or "both" for a step.
  take(player) {
    if (player === "both") this.model.step();
    else this.model.turn(player);
    for (const name of player === "both" ? Object.keys(this.losses) : [player]) {
      const loss = this.model.losses[name];
      if (loss !== null) this.losses[name].push(loss);
    }
  }

  // The current numbers and weights, without the energy distance. clear: whether the means start anew after it.
  snapshot(clear) {
    const { generator, discriminator, shown, headStartCount } = this.model;
    for (const [name, values] of Object.entries(this.losses)) {
      if (values.length) this.means[name] = sum(values) / values.length;
    }
    if (clear) this.losses = { discriminator: [], generator: [] };
    const weights = { generator: generator.weights.slice(), discriminator: discriminator.weights.slice(), shown: shown.slice() };
    return { step: this.step, headStartCount, d: this.means.discriminator, g: this.means.generator, ...weights };
  }
}
