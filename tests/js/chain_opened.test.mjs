import assert from "node:assert/strict";
import { test } from "node:test";
import mounted from "../../ui/components/chain/index.js";
import { Element, browser } from "./page.mjs";

browser();
globalThis.ImageData = class {};

// Pages are white, whatever was drawn: as after a stroke of the eraser.
Element.prototype.getContext = () =>
  new Proxy({}, { get: (_, name) => (name === "getImageData" ? (_x, _y, width, height) => ({ data: new Uint8ClampedArray(4 * width * height).fill(255), width, height }) : () => {}) });

const picture = btoa("\0".repeat(28 * 28));
const preset = { switches: ["invert", "contrast", "crop", "fit", "centre"], page: false, side: 0.7, stroke: 0.1, binary: false };
const networks = { encoder: null, decoder: null, classifier: null };
const model = { identity: "a", title: "toy", words: { empty: "Nothing is there.", code: "code", one: "one" }, latent: 2, order: [0, 1], size: [28, 28], variance: 0, preset, classes: [], networks };
const first = { image: picture, words: "a recorded one", mean: [0, 0], log_var: [0, 0], picture, log_likelihood: -1 };
const state = { ink: "", test: null, own: false, noise: 1, scale: 0, means: [], view: "tsne" };

function opened(ink) {
  const root = new Element();
  const data = { model, first, strip: { page: 0, set: "test", images: [] }, image: null, own: null, map: null, answer: null, visit: "a", state: { ...state, ink } };
  const leave = mounted({ data, parentElement: root, setTriggerValue: () => {} });
  leave();
  return { input: root.querySelector("canvas.input"), sentence: root.querySelector(".sentence").textContent };
}

test("a link whose drawing was erased opens with the recorded pass, and says that the page is empty", () => {
  assert.equal(opened("").input.width, 28);
  const { input, sentence } = opened("P3w3wE3w3w");
  assert.deepEqual([input.width, sentence], [28, "Nothing is there."]);
});
