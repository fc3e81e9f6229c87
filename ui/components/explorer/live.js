// The decoder of the model in the browser: loaded behind the first picture, given up with a reason.

import { floats, network } from "../lib/onnx.js";

const PAUSE = 300; // ms from a change of the model until its network is loaded: somebody may only pass by
const PATIENCE = 20_000; // ms until the server's pictures do, though the network may still come

export class Live {
  // runs(): the network is there. fails(reason): it is not, or not yet; a clause that follows "because".
  constructor({ runs, fails }) {
    Object.assign(this, { runs, fails, given: null, network: null });
  }

  // given: of ui/browser_networks.py, null where the model has none. Whether it is another one than before.
  connect(given = null) {
    if (given?.sha256 === this.given?.sha256) return false;
    clearTimeout(this.starting);
    const pause = this.given ? PAUSE : 0;
    Object.assign(this, { given, network: null });
    if (given) this.starting = setTimeout(() => this.load(given), pause);
    return true;
  }

  async load(given) {
    const fail = (reason) => this.given === given && this.fails(reason);
    const late = setTimeout(fail, PATIENCE, "the network is not here yet");
    const loaded = network(given), reason = await loaded.ready;
    clearTimeout(late);
    if (this.given !== given) return;
    if (reason !== null) {
      fail(reason);
      return;
    }
    this.network = loaded;
    this.runs();
  }

  // The picture (1, C, H, W) of a code {data, dims}, or null: nothing runs, or a newer one of this lane was asked for.
  async picture(z, lane) {
    const output = await this.network?.run({ z: floats([1, z.length], z) }, lane);
    return output?.picture ?? null;
  }

  stop() {
    clearTimeout(this.starting);
    this.given = null;
  }
}
