import assert from "node:assert/strict";
import test from "node:test";
import { energyDistance } from "../../ui/components/lib/energy.js";
import { gaussian, seeded } from "../../ui/components/lib/random.js";
import { Game } from "../../ui/components/lib/toy_net.js";
import { close, expected } from "./compare.mjs";

const byUnit = (rows) => Float64Array.from([...rows.map((row) => row[0]), ...rows.map((row) => row[1])]);

for (const { name, settings, turns, start, end, losses, energy } of expected)
  test(`steps are those of PyTorch: ${name}`, () => {
    const game = new Game(settings, byUnit(turns[0].real)), found = [];
    game.generator.weights.set(start.generator);
    game.discriminator.weights.set(start.discriminator);
    game.mean.set(start.generator);
    for (const { real, noise, mix } of turns) {
      game.updateDiscriminator(byUnit(real), byUnit(noise), Float64Array.from(mix), real.length);
      game.updateGenerator(byUnit(noise), real.length);
      game.stepCount++;
      found.push(game.losses.discriminator, game.losses.generator);
    }
    close(found, losses, { relative: 1e-9, absolute: 1e-10 });
    close(game.generator.weights, end.generator, { relative: 1e-7, absolute: 1e-9 });
    close(game.discriminator.weights, end.discriminator, { relative: 1e-7, absolute: 1e-9 });
    close(game.mean, end.mean, { relative: 1e-7, absolute: 1e-9 });
    close(energyDistance(byUnit(turns[0].real), byUnit(turns[0].noise)), energy, { relative: 1e-9 });
  });

test("noise is Gaussian and repeats", () => {
  const draw = (seed) => gaussian(new Float64Array(20001), seeded(seed));
  const [one, again, other] = [draw(1), draw(1), draw(2)];
  assert.deepEqual(one, again);
  const mean = (value) => one.reduce((sum, _, k) => sum + value(k), 0) / one.length;
  close(mean((k) => one[k]), 0, { absolute: 0.05 });
  close(mean((k) => one[k] ** 2), 1, { absolute: 0.05 });
  close(mean((k) => one[k] ** 4), 3, { absolute: 0.15 });
  close(mean((k) => one[k] * other[k]), 0, { absolute: 0.05 });
});

test("a training that goes on from the middle of its head start takes the rest of it", () => {
  const { settings, turns } = expected[0], pool = byUnit(turns[0].real);
  const begun = () => new Game({ ...settings, head_start: 5, batch: 4 }, pool), first = begun(), later = begun();
  for (let k = 0; k < 3; k++) first.step();
  const { stepCount: step, headStartCount, generator, discriminator } = first;
  later.load({ step, headStartCount, generator: generator.weights, discriminator: discriminator.weights, shown: first.shown });
  const steps = Array.from({ length: 4 }, () => {
    later.step();
    return [later.headStartCount, later.stepCount];
  });
  assert.deepEqual(steps, [[4, 0], [5, 0], [5, 1], [5, 2]]);
  later.load({ step: 0, generator: generator.weights, discriminator: discriminator.weights, shown: first.shown }); // of a recording
  assert.equal(later.headStartCount, 0);
});
