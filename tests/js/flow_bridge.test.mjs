import assert from "node:assert/strict";
import { test } from "node:test";
import mounted from "../../ui/components/flow/index.js";
import { Element, browser, fire, until } from "./page.mjs";

browser();
globalThis.ImageData = class {};
globalThis.Worker = class {
  postMessage({ id, load, inputs }) {
    const outputs = load ? {} : { velocity: { data: new Float32Array(inputs.x.data.length) } };
    setTimeout(() => this.onmessage({ data: { id, outputs } }));
  }
};

const runtime = { worker: "worker.js", script: "ort.mjs", wasm: { url: "ort.wasm", sha256: "w" } };
const network = { part: "velocity", url: "v", sha256: "v", runtime };
const view = { t: 1, chosen: 0, label: "each", solver: "euler", steps: 1, guidance: 1 }, mean = { picture: btoa("\0\0\0\0"), words: "real ones" };
const data = {
  shape: [1, 2, 2], classes: ["a", "b"], noise: btoa("\0".repeat(2 * 16)), view, solvers: ["euler"], counts: [1, 2], guidances: [0, 4],
  stored: null, answer: null, means: { 0: mean, 1: mean, 2: mean },
};

test("pictures from one step to many are there when the network has made them, and not before", { timeout: 20_000 }, async () => {
  const root = new Element();
  Object.assign(root.querySelector(".count"), { value: 0 });
  const send = (more) => mounted({ data: { ...data, ...more }, parentElement: root, setTriggerValue: () => {} });
  const hidden = () => root.querySelector(".bridge").children.map((figure) => figure.hidden);
  send({ identity: "one", network });
  assert.deepEqual(hidden(), [false, true, true, true, true, true]); // the mean of real pictures is known
  const nearness = () => root.querySelector(".mean").textContent;
  await until(() => hidden().every((one) => !one));
  assert.match(nearness(), /One step of Euler/);
  root.querySelector(".label").value = "1"; // another class: its mean is not compared with the end for the class before
  fire(root.querySelector(".label"), "input");
  assert.equal(nearness(), "");
  await until(nearness);
  const leave = send({ identity: "two", network: null }); // what another network made is of no use
  assert.deepEqual(hidden(), [false, true, true, true, true, true]);
  leave();
});
