import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { Networks } from "../../ui/components/lib/networks.js";
import { EMBEDDED, floats, network } from "../../ui/components/lib/onnx.js";
import { sha256 } from "../../ui/components/lib/sha256.js";

globalThis.document = { baseURI: "http://host/app/latent_space?z=1" };
const runtime = { worker: "networks/r/worker.js", script: "networks/r/ort.mjs", wasm: { url: "networks/r/ort.wasm", sha256: "w" } };
const given = { part: "decoder", url: "networks/d/toy.decoder.onnx", sha256: "d", runtime };

// A worker whose answers the test gives.
function fake() {
  const asked = [], urls = [];
  const worker = (url) => {
    urls.push(url);
    return { over: new Promise(() => {}), ask: (message) => new Promise((resolve, reject) => asked.push({ message, resolve, reject })) };
  };
  return { asked, urls, worker };
}
const z = (value) => ({ z: floats([1, 1], [value]) });
const turns = () => new Promise((resolve) => setTimeout(resolve));

async function loaded() {
  const { asked, worker } = fake(), decoder = network(given, worker);
  asked.shift().resolve({});
  assert.equal(await decoder.ready, null);
  return { asked, decoder };
}

test("what is loaded has absolute addresses below the page's", () => {
  const { asked, urls, worker } = fake();
  network(given, worker);
  assert.deepEqual(urls, ["http://host/app/networks/r/worker.js"]);
  assert.deepEqual(asked[0].message, {
    load: { url: "http://host/app/networks/d/toy.decoder.onnx", sha256: "d" },
    runtime: { script: "http://host/app/networks/r/ort.mjs", wasm: { url: "http://host/app/networks/r/ort.wasm", sha256: "w" } },
  });
});

test("in a saved page the message holds what stands in the page", async () => {
  const { asked, urls, worker } = fake();
  const message = { load: { bytes: Uint8Array.of(1), sha256: "d" }, runtime: { script: { bytes: Uint8Array.of(2) } } };
  globalThis[EMBEDDED] = async ({ sha256 }) => ({ code: `blob:null/${sha256}`, ...message });
  try {
    network(given, worker);
    await turns();
  } finally {
    delete globalThis[EMBEDDED];
  }
  assert.deepEqual([urls, asked[0].message], [["blob:null/d"], message]);
});

test("a result is that of its request", async () => {
  const { asked, decoder } = await loaded();
  const result = decoder.run(z(3));
  await turns();
  assert.deepEqual(asked[0].message, { run: "d", inputs: { z: { data: Float32Array.of(3), dims: [1, 1] } } });
  asked[0].resolve({ outputs: "picture of 3" });
  assert.equal(await result, "picture of 3");
});

test("the newest request wins: one runs, one waits, and those between give null", async () => {
  const { asked, decoder } = await loaded();
  const results = [1, 2, 3, 4].map((value) => decoder.run(z(value)));
  await turns();
  assert.equal(asked.length, 1);
  asked[0].resolve({ outputs: 1 });
  assert.deepEqual(await Promise.all(results.slice(0, 3)), [1, null, null]);
  await turns();
  assert.equal(asked[1].message.inputs.z.data[0], 4);
  asked[1].resolve({ outputs: 4 });
  assert.equal(await results[3], 4);
});

test("requests of another lane are not dropped", async () => {
  const { asked, decoder } = await loaded();
  const results = [decoder.run(z(1)), decoder.run(z(2), "plane"), decoder.run(z(3))];
  await turns();
  assert.equal(asked.length, 2);
  asked.forEach(({ message, resolve }) => resolve({ outputs: message.inputs.z.data[0] }));
  await turns();
  asked[2].resolve({ outputs: 3 });
  assert.deepEqual(await Promise.all(results), [1, 2, 3]);
});

test("a request before the network is there waits for it", async () => {
  const { asked, worker } = fake(), decoder = network(given, worker), result = decoder.run(z(1));
  await turns();
  assert.equal(asked.length, 1);
  asked[0].resolve({});
  await turns();
  asked[1].resolve({ outputs: 1 });
  assert.equal(await result, 1);
});

for (const [what, worker, reason] of [
  ["no workers", undefined, "this browser has no workers"],
  ["a load that fails", () => ({ ask: () => Promise.reject("the download was cut") }), "the download was cut"],
  ["a blocked worker", () => { throw new Error("blocked"); }, "it does not run here (blocked)"],
])
  test(`${what}: a reason, and every result is null`, async () => {
    const decoder = network(given, worker), early = decoder.run(z(1));
    assert.equal(await decoder.ready, reason);
    assert.deepEqual([await early, await decoder.run(z(2)), decoder.live], [null, null, false]);
  });

test("a run that fails gives null, and the next one runs", async () => {
  const { asked, decoder } = await loaded();
  const results = [decoder.run(z(1)), decoder.run(z(2))];
  await turns();
  asked[0].reject("out of memory");
  assert.equal(await results[0], null);
  await turns();
  asked[1].resolve({ outputs: 2 });
  assert.equal(await results[1], 2);
});

// Workers of a browser, which answer every load and are broken by the test.
function workers() {
  const started = [];
  globalThis.Worker = class {
    constructor() {
      started.push(this);
    }
    postMessage({ id, load }) {
      if (load) queueMicrotask(() => this.onmessage({ data: { id } }));
    }
    terminate() {}
  };
  return started;
}

test("a worker that breaks says so once to who uses its networks, and the next network has another one", async () => {
  const started = workers(), heard = [];
  try {
    const networks = new Networks(["decoder"], { live: () => heard.push("live"), failed: (reason) => heard.push(reason) });
    networks.connect({ decoder: given }, true);
    while (!heard.length) await turns();
    const waiting = networks.run("decoder", z(1));
    await turns();
    started[0].onerror({ preventDefault: () => {} });
    assert.equal(await waiting, null);
    await turns();
    assert.deepEqual(heard, ["live", "the worker in this browser has stopped"]);
    assert.equal(await networks.run("decoder", z(2)), null);
    const next = network(given);
    assert.deepEqual([await next.ready, started.length], [null, 2]);
    started[1].onmessageerror({ preventDefault: () => {} }); // what it sends cannot be read: nobody waits for it
    assert.deepEqual([await next.over, next.live], ["the worker in this browser has stopped", false]);
  } finally {
    delete globalThis.Worker;
  }
});

for (const size of [0, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])
  test(`SHA-256 of ${size} bytes, ours and the browser's`, async () => {
    const bytes = Uint8Array.from({ length: size + 1 }, (_, k) => (k * 7919) >> 3).subarray(1);
    const wanted = createHash("sha256").update(bytes).digest("hex");
    assert.equal(await sha256(bytes, null), wanted);
    assert.equal(await sha256(bytes), wanted);
  });
