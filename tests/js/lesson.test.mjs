import assert from "node:assert/strict";
import test from "node:test";
import { Measured } from "../../ui/components/lesson/measured.js";
import { toTop, within } from "../../ui/components/lesson/sight.js";
import { wanders } from "../../ui/components/lesson/view.js";

const view = { page: "wgan", query: { clip: "3", layer: "1" }, frame: ["lesson", "lesson_step"] };
const at = (address) => wanders(new URL(address, "http://localhost/base/"), view);

test("the view of a step is shown, in whatever order its parameters stand", () => {
  assert.equal(at("wgan?clip=3&layer=1"), false);
  assert.equal(at("wgan?lesson=gan&layer=1&clip=3&lesson_step=2"), false);
});

test("another page, another value, one more and one less are another view", () => {
  for (const address of ["gan?clip=3&layer=1", "?clip=3&layer=1", "wgan?clip=4&layer=1", "wgan?clip=3", "wgan?clip=3&layer=1&seed=1"]) {
    assert.equal(at(address), true, address);
  }
});

test("the first page has no name", () => {
  assert.equal(wanders(new URL("http://localhost/?lesson=a"), { page: "", query: {}, frame: ["lesson"] }), false);
});

const box = (top, bottom) => ({ top, bottom, height: bottom - top });

test("a control is moved as little as brings it into sight, and its upper edge is never covered", () => {
  assert.equal(within(box(200, 240), 100, 800), 0);
  assert.equal(within(box(780, 820), 100, 800), 20);
  assert.equal(within(box(60, 100), 100, 800), -40);
  assert.equal(within(box(900, 1900), 100, 800), 800);
  assert.equal(within(box(0, 0), 100, 800), 0, "one that is not drawn");
});

test("a heading goes to the top", () => {
  assert.equal(toTop(box(300, 340), 100), 200);
  assert.equal(toTop(box(50, 90), 100), -50);
});

test("of a long training every second row is left out, and never the newest", () => {
  const measured = new Measured();
  for (let step = 0; step < 1000; step++) {
    measured.push({ step, energy: 1 / (1 + step) });
    assert.deepEqual(measured.rows.at(-1), [step, 1 / (1 + step)]);
    assert.ok(measured.rows.length <= 400);
  }
  assert.ok(measured.rows.length >= 200);
  assert.deepEqual(measured.rows[0], [0, 1]);
});
