import assert from "node:assert/strict";
import { test } from "node:test";
import { Course, LiveTraining } from "../../ui/components/lib/live_training.js";
import { Snapshots } from "../../ui/components/lib/snapshots.js";
import { Element, browser, fire } from "./page.mjs";

browser();

// A training whose model counts its steps, and whose frames come when the test says so.
class Counting extends LiveTraining {
  budget = 0;
  looks = [];

  begin() {
    this.snapshots = new Snapshots([{ step: 0 }]);
    this.show(0);
  }

  prepare() {
    const model = { stepCount: 0, settings: { steps: 1e6 }, load: ({ step }) => (model.stepCount = step) };
    this.training = new Course(model, this.snapshots.current);
    this.training.take = () => (model.stepCount += 1);
  }

  add(measured) {
    this.snapshots.add({ step: this.training.step, passing: !measured });
    this.show(this.snapshots.last);
  }

  look({ step }) {
    this.looks.push(step);
  }

  draw() {
    this.drawCaption(`step ${this.snapshots.current.step}`);
  }
}

function trained(frames, speed = "1 step/frame") {
  let next;
  const set = (turn) => {
    next = turn;
    return 1;
  };
  Object.assign(globalThis, { requestAnimationFrame: set, cancelAnimationFrame: () => set(null) });
  const root = new Element(), training = new Counting(root, "counting");
  training.begin();
  training.speed.value = speed;
  training.learn();
  for (let frame = 0; frame < frames; frame++) next(performance.now());
  return { training, time: root.querySelector(".time") };
}

for (const chosen of [0, 3, 9])
  test(`the slider of a training that runs goes to snapshot ${chosen}, and the training pauses`, () => {
    const { training, time } = trained(10);
    assert.equal(training.snapshots.last, 10);
    time.value = chosen;
    fire(time, "input");
    assert.deepEqual([training.learning, training.looks.at(-1), time.value, time.getAttribute("aria-valuetext")], [false, chosen, chosen, `step ${chosen}`]);
  });

test("a snapshot that was only passing gives way to the measured one of its step", () => {
  const { training, time } = trained(0);
  training.training.take();
  training.add(false);
  assert.equal(training.snapshots.current.passing, true);
  time.value = training.snapshots.last;
  fire(time, "input");
  assert.deepEqual([training.snapshots.at, training.snapshots.current], [1, { step: 1, passing: false }]);
});

test("a training that pauses has one snapshot of its last step, which is measured", () => {
  for (const [speed, frames] of [["1 step/frame", 7], ["10 steps/frame", 5], ["10 steps/frame", 6], ["1 step/frame", 0]]) {
    const { training, time } = trained(frames, speed);
    training.pause();
    const steps = training.snapshots.values("step"), { current } = training.snapshots;
    assert.deepEqual([new Set(steps).size, time.value, Boolean(current.passing)], [steps.length, training.snapshots.last, false], `${speed}, ${frames} frames`);
    assert.equal(training.looks.at(-1), current.step);
    assert.equal(training.learning, false);
  }
});

test("the speed that a training begins with says that it is one, also on a phone, where no word stands before it", () => {
  const { training } = trained(0);
  assert.equal(training.usualSpeed, "full speed");
  assert.ok(training.usualSpeed in training.speeds);
  for (const name of Object.keys(training.speeds)) assert.match(name, /^(full speed|\d+ steps?\/(frame|s))$/);
});
