// Networks of the checkpoints in the browser, the interface for components:
//
//   const decoder = network(given);             what the server said (ui/browser_networks.py): {part, url, sha256, runtime}, and
//                                               perhaps outputs: names of tensors inside it that are to be outputs, too
//   await decoder.ready                         null, or a clause why it does not run here; never rejects
//   await decoder.over                          a clause why it runs no longer, if its worker ever breaks after that
//   await decoder.run({ z: floats([n, latent], numbers) })      {picture: {data: Float32Array, dims}}
//
// The newest request wins: while one runs, one more waits, and it is dropped with the result null when a newer one
// comes. `lane` separates requests for different things on the screen. A result is also null if nothing runs.
//
// All components of a page share one worker, which is started by the first `network`, so call it behind the first
// picture; after one that broke the next `network` starts another. In a saved page (ui/standalone) there is no address to
// load from: it sets globalThis[EMBEDDED], a function of `given` like `addresses` below, with bytes in place of addresses.

import { keyOf } from "./outputs.js";

const SHARED = Symbol.for("latent-lab network worker");
export const EMBEDDED = Symbol.for("latent-lab embedded files");

export const floats = (dims, numbers) => ({ data: Float32Array.from(numbers), dims });

export function network(given, worker = shared) {
  return new Network(given, worker);
}

class Network {
  constructor(given, worker) {
    Object.assign(this, { given, lanes: new Map(), failure: undefined });
    this.over = new Promise((resolve) => (this.ends = resolve));
    this.ready = this.load(worker).then(
      () => {
        this.failure = null;
        this.worker.over.then((reason) => {
          this.failure = reason;
          this.ends(reason);
        });
        return null;
      },
      (reason) => (this.failure = typeof reason === "string" ? reason : `it does not run here (${reason?.message ?? reason})`),
    );
  }

  get live() {
    return this.failure === null;
  }

  async load(worker) {
    const embedded = globalThis[EMBEDDED], { code, ...message } = embedded ? await embedded(this.given) : addresses(this.given);
    this.worker = worker(code);
    await this.worker.ask(message);
  }

  async run(inputs, lane = "") {
    if (this.failure) return null;
    const waiting = this.lanes.get(lane);
    if (waiting) {
      waiting.next?.drop();
      return new Promise((resolve) => (waiting.next = { drop: () => resolve(null), start: () => resolve(this.run(inputs, lane)) }));
    }
    const now = {};
    this.lanes.set(lane, now);
    try {
      if (!this.live) await this.ready; // otherwise the request is sent at once, and both work at the same time
      if (!this.live) return null;
      return (await this.worker.ask({ run: keyOf(this.given), inputs })).outputs;
    } catch {
      return null;
    } finally {
      this.lanes.delete(lane);
      now.next?.start();
    }
  }
}

// The address of the worker's code, and the message by which it loads the network.
function addresses({ url, sha256, outputs, runtime: { worker, script, wasm } }) {
  const absolute = (relative) => new URL(relative, document.baseURI).href;
  const runtime = { script: absolute(script), wasm: { ...wasm, url: absolute(wasm.url) } };
  return { code: absolute(worker), load: { url: absolute(url), sha256, ...(outputs && { outputs }) }, runtime };
}

class Asked {
  constructor(url) {
    Object.assign(this, { answers: new Map(), number: 0, answered: false });
    this.over = new Promise((resolve) => (this.ends = resolve));
    // On a page opened from a disk, Chromium cannot start a module worker from a blob's address, but a classic one.
    const type = url.startsWith("blob:") ? "classic" : "module";
    this.worker = new Worker(url, { type, name: "latent-lab networks" });
    this.worker.onmessage = ({ data: { id, error, ...answer } }) => {
      const { resolve, reject } = this.answers.get(id);
      this.answered = true;
      this.answers.delete(id);
      if (error) reject(error);
      else resolve(answer);
    };
    this.worker.onerror = this.worker.onmessageerror = (event) => {
      event.preventDefault();
      this.broken = this.answered ? "the worker in this browser has stopped" : "this browser does not start the worker";
      this.worker.terminate();
      for (const { reject } of this.answers.values()) reject(this.broken);
      this.answers.clear();
      if (globalThis[SHARED]?.asked === this) delete globalThis[SHARED];
      this.ends(this.broken);
    };
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      this.answers.set(++this.number, { resolve, reject });
      this.worker.postMessage({ id: this.number, ...message });
    });
  }
}

function shared(url) {
  if (typeof Worker === "undefined") throw "this browser has no workers";
  if (globalThis[SHARED]?.url !== url) globalThis[SHARED] = { url, asked: new Asked(url) };
  return globalThis[SHARED].asked;
}
