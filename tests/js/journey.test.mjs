import assert from "node:assert/strict";
import { test } from "node:test";
import { Journey } from "../../ui/components/scatter/journey.js";
import { Element, browser, fire, press } from "./page.mjs";

browser();
globalThis.ImageData = class {};

// Pages are white, whatever was drawn: as after a stroke of the eraser.
Element.prototype.getContext = () =>
  new Proxy({}, { get: (_, name) => (name === "getImageData" ? (_x, _y, width, height) => ({ data: new Uint8ClampedArray(4 * width * height).fill(255), width, height }) : () => {}) });

const base64 = (array) => btoa(String.fromCharCode(...new Uint8Array(array.buffer)));
const preset = { switches: ["invert", "contrast", "crop", "fit", "centre"], page: false, side: 0.7, stroke: 0.1, binary: false };
const live = {
  networks: {}, codes: { count: 2, latent: 2, labelled: false, data: base64(new Uint16Array(4)) }, preset, classes: null,
  kind: "pca", components: base64(new Float32Array(4)), centre: base64(new Float32Array(2)), middle: [0, 0], span: 1,
};
const map = { labels: [0, 1], points: [0, 0, 10000, 10000], tile: [28, 28], live, walk: null, ink: "" };

// On a map whose networks are on their way for ever.
function begun() {
  const scatter = { canvas: new Element(), chosen: null, looked: () => {}, rings: () => {} }, journey = new Journey(new Element(), scatter);
  journey.networks.connect = () => {};
  return journey;
}

test("the time of a picture counts from the pointer or the key that moved the slider, whichever was last", () => {
  const root = new Element(), journey = new Journey(root, {}), slider = root.querySelector(".alpha"), went = [];
  journey.go = (alpha, time) => went.push([alpha, time]);
  const move = (event, alpha) => {
    slider.value = alpha;
    fire(slider, "input");
    return [alpha, event.timeStamp];
  };
  const wanted = [move(fire(slider, "pointermove"), 0.4), move(press(slider, "ArrowRight"), 0.401), move(fire(slider, "pointerdown"), 0.9)];
  assert.deepEqual(went, wanted);
});

const withDrawing = { ...map, walk: [-1, 1, 0.25], ink: "P3w3wE3w3w" };
for (const [name, data] of Object.entries({ "cannot be drawn on": { ...withDrawing, live: { ...live, preset: null } }, "gets an erased drawing": withDrawing }))
  test(`a line that begins at a drawing begins at a point of a map that ${name}`, async () => {
    const journey = begun();
    await journey.receive(data);
    assert.deepEqual([journey.mode, journey.ends, journey.alpha], ["walk", [0, 1], 0.25]);
    assert.ok(journey.line);
    journey.live();
    assert.match(journey.sentenceBox.textContent, /^Drag the handle/); // says nothing about the drawing, which is encoded now
  });

for (const [of, labels, ends] of [["two classes", [0, 0, 1], [0, 2]], ["one class", [0, 0, 0], [0, 1]]])
  test(`the first line on a map of ${of} has two ends`, async () => {
    const journey = begun(), codes = { ...live.codes, count: 3, data: base64(new Uint16Array(6)) };
    await journey.receive({ ...map, labels, points: [0, 0, 10000, 10000, 5000, 5000], live: { ...live, codes } });
    journey.choose("walk");
    assert.deepEqual(journey.ends, ends);
  });

test("what was drawn before the codes came is encoded when they are here", async () => {
  const journey = begun(), received = journey.receive(map);
  let encoded = 0;
  journey.encode = async () => (encoded += 1);
  journey.pen.restore("P3w3w");
  await received;
  assert.equal(encoded, 1);
});
