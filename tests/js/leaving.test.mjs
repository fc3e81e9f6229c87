import assert from "node:assert/strict";
import { test } from "node:test";
import explorer from "../../ui/components/explorer/index.js";
import livePictures from "../../ui/components/live_pictures/index.js";
import { Element, browser } from "./page.mjs";

browser();

const runtime = { worker: "worker.js", script: "ort.mjs", wasm: { url: "ort.wasm", sha256: "w" } };
const decoder = { part: "decoder", url: "toy.decoder.onnx", sha256: "d", runtime };
const empty = { arrays: {}, classifiers: [], sliders: [], strip: 0, columns: 1, curves: null, play: null, values: {} };
const panel = { title: "", note: "", alt: "", size: [2, 2], channels: 1, part: 0, way: { kind: "still" }, shown: 1, columns: 1, ends: null, classifier: null };
const stored = { sheet: "data:image/png;base64,", columns: 1, at: [[]] };

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
    await new Promise((done) => setTimeout(done, 50));
    assert.deepEqual(workers, []);
  });
