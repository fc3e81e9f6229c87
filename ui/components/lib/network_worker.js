// The worker that runs networks for lib/onnx.js: ONNX Runtime Web on WebAssembly, one thread. WebGPU is left out: its
// WebAssembly file has 26 MB, more than the 20 MB allowed for a file of this repository, and a forward pass of these
// networks takes only milliseconds.
//
// In:  {id, load: {url, sha256, outputs}, runtime: {script, wasm: {url, sha256}}}     Out: {id} or {id, error: words}
// A saved page sends {bytes} instead of each address.
//      {id, run: key of a loaded part (lib/outputs.js), inputs: {name: {data, dims}}}           {id, outputs: {name: {data, dims}}}
//
// Every failure is answered with `error`, a clause that follows "because".

import { keyOf, withOutputs } from "./outputs.js";
import { sha256 } from "./sha256.js";

const KEPT = 12; // sessions: four decoders and their classifiers on one page, and some more for switching back and forth
const sessions = new Map(); // key of a part -> promise of a session, the newest last
let runtime;

async function bytesOf({ url, bytes, sha256: wanted }) {
  bytes ??= await downloaded(url);
  if ((await sha256(bytes)) !== wanted) throw "a file is not the one that its card describes";
  return bytes;
}

async function downloaded(url) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw "the server cannot be reached";
  }
  if (!response.ok) throw `the server has no such file (${response.status})`;
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw "the download was cut";
  }
}

async function start({ script, wasm }) {
  if (typeof WebAssembly === "undefined") throw "this browser has no WebAssembly";
  const [ort, binary] = await Promise.all([import(addressOf(script)), bytesOf(wasm)]);
  Object.assign(ort.env.wasm, { numThreads: 1, wasmBinary: binary.buffer });
  ort.env.logLevel = "error";
  return ort;
}

// A module from bytes: its blob is made here, since a worker of a page opened from a disk cannot read the page's blobs.
function addressOf(script) {
  return typeof script === "string" ? script : URL.createObjectURL(new Blob([script.bytes], { type: "text/javascript" }));
}

async function load(part, given) {
  runtime ??= start(given);
  runtime.catch(() => (runtime = undefined)); // so that the next one tries again
  const [ort, bytes] = await Promise.all([runtime, bytesOf(part)]);
  return { ort, session: await ort.InferenceSession.create(withOutputs(bytes, part.outputs), { executionProviders: ["wasm"] }) };
}

function loaded(part, given) {
  const key = keyOf(part), session = sessions.get(key) ?? load(part, given);
  sessions.delete(key);
  sessions.set(key, session);
  session.catch(() => sessions.delete(key));
  for (const [old, unused] of [...sessions].slice(0, -KEPT)) {
    sessions.delete(old);
    unused.then(({ session }) => session.release(), () => {});
  }
  return session;
}

async function run(key, inputs) {
  if (!sessions.has(key)) throw "the network was put aside";
  const { ort, session } = await sessions.get(key);
  const tensor = ({ data, dims }) => new ort.Tensor(data instanceof Int32Array ? "int32" : "float32", data, dims);
  const results = await session.run(Object.fromEntries(Object.entries(inputs).map(([name, given]) => [name, tensor(given)])));
  return Object.fromEntries(Object.entries(results).map(([name, { data, dims }]) => [name, { data, dims }]));
}

let turn = Promise.resolve(); // a session runs one request at a time

self.onmessage = ({ data: { id, load: part, runtime: given, run: key, inputs } }) => {
  const answer = (message, transferred = []) => self.postMessage({ id, ...message }, transferred);
  const failed = (error) => answer({ error: typeof error === "string" ? error : `it does not run here (${error?.message ?? error})` });
  if (part) {
    loaded(part, given).then(() => answer({}), failed);
    return;
  }
  turn = turn.then(() => run(key, inputs)).then(
    (outputs) => answer({ outputs }, Object.values(outputs).map(({ data }) => data.buffer)),
    failed,
  );
};
