import assert from "node:assert/strict";
import test from "node:test";
import { GUARDS, arrival, respond, simulate } from "../../ui/components/lib/pi_controller.js";
import { close, expected } from "./compare.mjs";

test("the guards are those of models/control.py", () => assert.deepEqual(GUARDS, expected.guards));

for (const { controller, measured, answers } of expected.cases)
  test(`the controller is the one that trains: ${JSON.stringify(controller)}`, () => {
    let state = [0, controller.betaMin];
    const found = measured.map(([kl, setPoint]) => {
      const answer = respond(controller, kl ?? NaN, state, setPoint);
      state = answer.state;
      return [answer.beta, ...state];
    });
    close(found, answers, { relative: 1e-12, absolute: 1e-12 });
  });

const { starts, plant, steps } = expected.page;

// A start of the page: its course, and what the page says of it.
function start(name, changed = {}) {
  const [, numbers, about] = starts.find(([words]) => words === name), [first, second, kp, ki, betaMin, betaMax, ramp, guard] = numbers;
  const controller = { kp, ki, betaMin, betaMax, guard: GUARDS[guard], ...changed };
  const course = simulate(controller, plant, [first, second], ramp, steps), { kl, beta } = course;
  return { about, first, beta, most: Math.max(...beta), steps: arrival(kl, second, steps / 2, steps), end: beta.slice(-1000) };
}

const hundreds = (value) => (100 * Math.round(value / 100)).toLocaleString("en");
const atBound = (betas) => betas.every((value) => value <= 1);

test("an arrival is the first step from which the mean stays near the goal", () => {
  const kl = [...Array(300).fill(0), ...Array(700).fill(8)];
  assert.equal(arrival(kl, 8, 0, 1000), 294); // 100 steps of which 6 are 0 have a mean of 7.52
  assert.equal(arrival(kl, 8, 300, 1000), 0);
  assert.equal(arrival(kl, 9, 0, 1000), null);
});

test("what the page says of each start is what its simulation does", () => {
  const [paper, faster, strong] = ["Paper", "Ki × 50", "Too strong"].map((name) => start(name));
  assert.ok(paper.about.includes(`about ${hundreds(paper.steps)} steps`));
  const figures = [`about ${10 * Math.round(faster.steps / 10)} steps instead of ${hundreds(paper.steps)}`];
  figures.push(`${Math.round(faster.most)} instead of ${Math.round(paper.most)}`);
  for (const words of figures) assert.ok(faster.about.includes(words), words);
  const mean = strong.end.reduce((sum, value) => sum + value, 0) / 1000;
  const spread = Math.sqrt(strong.end.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1000);
  assert.ok(strong.about.includes(`${mean.toFixed(1)} ± ${spread.toFixed(1)}`));
  assert.ok(atBound(start("Too strong", { guard: "published" }).end));

  const [windup, guarded, locked] = ["Windup", "Guarded", "Locked by the guard"].map((name) => start(name));
  assert.equal(windup.steps, null);
  assert.ok(atBound(windup.beta.slice(steps / 2)));
  assert.ok(guarded.about.includes(`about ${hundreds(guarded.steps)} steps`));
  assert.ok(atBound(locked.beta));
});
