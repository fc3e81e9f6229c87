import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Refill } from "../../ui/components/reconnect/empty.js";
import { browser } from "./page.mjs";

browser();

test("an empty page is asked for again where it had more before and nothing runs, three times in a row at most", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let children = 1, idle = true, asked = 0;
  document.querySelector = () => ({ childElementCount: children });
  globalThis.PopStateEvent = class extends Event {};
  globalThis.dispatchEvent = () => (asked += 1);
  const refill = new Refill(() => idle);
  const run = (elements, ended = true) => {
    [children, idle] = [elements, ended];
    refill.watch();
    for (let turn = 0; turn < 20; turn++) mock.timers.tick(200);
    return asked;
  };
  assert.equal(run(1), 0); // a first visit that nothing has been drawn of
  assert.equal(run(5), 0);
  assert.equal(run(1, false), 0); // the next page is on its way
  assert.deepEqual([run(1), run(1), run(5), run(1)], [1, 2, 2, 3]);
  assert.deepEqual([run(1), run(1), run(1)], [4, 5, 5]);
  children = 5;
  refill.watch();
  mock.timers.tick(600);
  children = 1; // taken away a moment after the run
  for (let turn = 0; turn < 20; turn++) mock.timers.tick(200);
  assert.equal(asked, 5);
  assert.equal(run(5), 5);
  refill.watch();
  mock.timers.tick(600);
  children = 1;
  for (let turn = 0; turn < 20; turn++) mock.timers.tick(200);
  assert.equal(asked, 6);
  refill.watch();
  refill.stop();
  for (let turn = 0; turn < 20; turn++) mock.timers.tick(200);
  assert.equal(asked, 6);
});
