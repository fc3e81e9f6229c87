import assert from "node:assert/strict";
import { test } from "node:test";
import explorer from "../../ui/components/explorer/index.js";
import livePictures from "../../ui/components/live_pictures/index.js";
import turning from "../../ui/components/turning/index.js";
import { Element, browser, until } from "./page.mjs";

browser();
globalThis.ImageData = class {};

const runtime = { worker: "worker.js", script: "ort.mjs", wasm: { url: "ort.wasm", sha256: "w" } };
const decoder = { part: "decoder", url: "toy.decoder.onnx", sha256: "d", runtime };
const empty = { arrays: {}, classifiers: [], sliders: [], strip: 0, columns: 1, curves: null, play: null, values: {} };
const panel = { title: "", note: "", alt: "", size: [2, 2], channels: 1, part: 0, way: { kind: "still" }, shown: 1, columns: 1, ends: null, classifier: null };
const stored = { sheet: "data:image/png;base64,", columns: 1, at: [[]] };

// So many that a network would have been asked for.
async function turns() {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setTimeout(done));
}

// The component with its first data, and what makes of them pictures that are drawn.
const cases = {
  explorer: [explorer, { session: "a", serial: 0, size: [2, 2], picture: stored.sheet, network: decoder, plane: {} }],
  live_pictures: [livePictures, { ...empty, identity: "a", scene: "a", networks: [decoder], panels: [{ ...panel, stored }] }],
};

for (const [name, [component, data]] of Object.entries(cases))
  test(`${name} draws nothing and loads no network when its page was left while pictures were decoded`, async () => {
    const decoded = [], workers = [], root = new Element();
    globalThis.createImageBitmap = () => new Promise((done) => decoded.push(done));
    globalThis.Worker = class {
      constructor(url) {
        workers.push(url);
      }

      postMessage() {}
    };
    const leave = component({ data, parentElement: root, setTriggerValue: () => {} });
    assert.equal(decoded.length, 1);
    leave();
    decoded[0]({ width: 2, height: 2 });
    await turns();
    assert.deepEqual(workers, []);
  });

test("turning asks for no more of its curve once its page was left", { timeout: 20_000 }, async () => {
  const asked = [], root = new Element(), degrees = Array.from({ length: 91 }, (_, k) => 4 * k);
  globalThis.requestAnimationFrame = (turn) => void setTimeout(turn);
  globalThis.Worker = class {
    postMessage({ id, load }) {
      if (load) setTimeout(() => this.onmessage({ data: { id } }));
      else asked.push(() => this.onmessage({ data: { id, outputs: { logits: { data: new Float32Array(64) } } } }));
    }
  };
  const data = {
    label: "a digit", pixels: btoa("\0".repeat(16)), size: 4, drawn: false, angle: 0, moved: 0, degrees, chances: null, network: { ...decoder, sha256: "r", url: "r" },
    quarters: ["upright", "left", "upside down", "right"].map((name) => [name, "#000"]), save: {},
  };
  Object.assign(root.querySelector(".paint"), { querySelectorAll: () => ["", "draw", "erase"].map((mode) => Object.assign(new Element(), { dataset: { mode } })) });
  for (const slider of [".angle", ".shift"]) root.querySelector(slider).previousElementSibling = new Element();
  const leave = turning({ data, parentElement: root, setTriggerValue: () => {} });
  await until(() => asked.length === 2); // the guess, and the first angles of the curve
  asked.splice(0).forEach((answer) => answer());
  await until(() => asked.length === 1);
  leave();
  asked.splice(0).forEach((answer) => answer());
  await turns();
  assert.equal(asked.length, 0);
});
