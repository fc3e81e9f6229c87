import assert from "node:assert/strict";
import { test } from "node:test";
import mounted from "../../ui/components/inside/index.js";
import { Element, browser, fire, until } from "./page.mjs";

browser();
globalThis.ImageData = class {};
globalThis.createImageBitmap = async () => ({});
globalThis.Worker = class {
  postMessage({ id, load }) {
    const outputs = { picture: { data: new Float32Array(4), dims: [1, 1, 2, 2] }, inner: { data: new Float32Array(2), dims: [1, 2] } };
    setTimeout(() => this.onmessage({ data: load ? { id } : { id, outputs } }));
  }
};

const runtime = { worker: "worker.js", script: "ort.mjs", wasm: { url: "ort.wasm", sha256: "w" } };
const plane = { names: ["z0", "z1"], axes: ["0", "1"], choices: [], vectors: [[1, 0], [0, 1]], scale: [1, 1], centre: [0, 0] };
const data = {
  identity: "a", part: "decoder", shape: [1, 2, 2], size: [2, 2], networks: { decoder: { part: "decoder", url: "d", sha256: "d", runtime, outputs: ["inner"] }, encoder: null },
  layers: [{ title: "dense", shape: [2], tensor: "inner", bounds: [0, 1], ends: [0, 1], dead: [] }], looked: "1,000 codes", view: { code: [0, 0], unit: null },
  picture: "data:image/png;base64,", made: "the code 0", given: null, served: null, plane, recorded: null, strip: null, found: null,
};

test("a picture that the server sends while the pointer rests on the plane is called what it is", { timeout: 20_000 }, async () => {
  const root = new Element(), captions = [".made", ".given"].map((name) => (root.querySelector(name).lastElementChild = new Element()));
  const send = (more) => mounted({ data: { ...data, ...more }, parentElement: root, setTriggerValue: () => {} });
  send({});
  assert.equal(captions[0].textContent, "the code 0");
  await until(() => root.querySelector(".inside").dataset.runs === "browser");
  fire(root.querySelector(".pad"), "pointermove", { pointerType: "mouse", clientX: 80, clientY: 20 });
  assert.equal(captions[0].textContent, "picture of the code under the pointer");
  const cross = () => root.querySelector(".pad").style["--x"], under = cross();
  send({ made: "the code 0" }); // a late answer to an older movement
  assert.deepEqual([captions[0].textContent, cross()], ["picture of the code under the pointer", under]);
  const leave = send({ made: "a draw of the prior", view: { code: [1, 1], unit: null } });
  assert.equal(captions[0].textContent, "a draw of the prior");
  assert.notEqual(cross(), under);
  leave();
});
