// A training that goes on from a snapshot, with its pace and its mean losses between two snapshots.

import { Game } from "../lib/toy_net.js";

export class Training {
  constructor(settings, pool, snapshot) {
    this.game = new Game(settings, pool);
    this.game.load(snapshot);
    this.means = { discriminator: snapshot.d ?? null, generator: snapshot.g ?? null };
    this.losses = { discriminator: [], generator: [] };
    this.start();
  }

  // Measures the pace from here on.
  start() {
    this.since = { time: performance.now(), step: this.step };
  }

  get step() {
    return this.game.stepCount;
  }

  // Steps a second.
  get pace() {
    return (1000 * (this.step - this.since.step)) / (performance.now() - this.since.time);
  }

  // At the number of steps that was asked for a training pauses, once.
  get arrived() {
    const { steps } = this.game.settings;
    return this.step === steps && this.since.step < steps;
  }

  // Learning rates that have fallen to 0 end it.
  get ended() {
    const { falling, steps } = this.game.settings;
    return falling && this.step >= steps;
  }

  // player: "discriminator", "generator", or "both" for a step.
  take(player) {
    if (player === "both") this.game.step();
    else this.game.turn(player);
    for (const name of player === "both" ? Object.keys(this.losses) : [player]) {
      const loss = this.game.losses[name];
      if (loss !== null) this.losses[name].push(loss);
    }
  }

  // The numbers and weights of now, without the energy distance. clear: whether the means begin anew after it.
  snapshot(clear) {
    const { generator, discriminator, shown, headStartCount } = this.game;
    for (const [name, values] of Object.entries(this.losses)) {
      if (values.length) this.means[name] = values.reduce((sum, value) => sum + value, 0) / values.length;
    }
    if (clear) this.losses = { discriminator: [], generator: [] };
    const weights = { generator: generator.weights.slice(), discriminator: discriminator.weights.slice(), shown: shown.slice() };
    return { step: this.step, headStartCount, d: this.means.discriminator, g: this.means.generator, ...weights };
  }
}
