import assert from "node:assert/strict";
import { mock, test } from "node:test";
import mounted from "../../ui/components/picture_player/index.js";
import { Element, browser } from "./page.mjs";

browser();

// A recording of three frames that plays by itself, whose sheet is decoded when the test says so.
function shown() {
  const decoded = [], root = new Element();
  globalThis.Image = class {
    decode = () => new Promise((done) => decoded.push(done));
  };
  root.querySelector(".speed").value = "1×";
  const row = { title: "a network", note: "", alt: "its pictures", sheet: "data:,", columns: 3, size: [4, 4] };
  const captions = ["step 0", "step 1", "step 2"], curves = { panels: [], x: [], axis: [0, 2] };
  const data = { identity: "a", rows: [row], captions, label: "Step", frame: 0, playing: true, milliseconds: 80, ...curves };
  const leave = mounted({ data, parentElement: root, setTriggerValue: () => {} });
  const decode = async () => {
    decoded.forEach((done) => done());
    for (let k = 0; k < 10; k++) await null;
  };
  return { root, leave, decode, words: () => root.querySelector(".caption").textContent };
}

test("pictures play once they are decoded, and not when their page was left meanwhile", async () => {
  mock.timers.enable({ apis: ["setInterval"] });
  try {
    const stays = shown(), left = shown();
    await stays.decode();
    left.leave();
    await left.decode();
    mock.timers.tick(80);
    assert.deepEqual([stays.words(), left.words()], ["step 1", ""]);
    stays.leave();
    mock.timers.tick(80);
    assert.equal(stays.words(), "step 1");
  } finally {
    mock.timers.reset();
  }
});
