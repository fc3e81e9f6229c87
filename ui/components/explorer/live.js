// The decoder of the model in the browser.

import { Networks } from "../lib/networks.js";
import { floats } from "../lib/onnx.js";

export class Live {
  // runs(): the network is loaded. fails(reason): it is not, or not yet; a clause that follows "because".
  constructor({ runs, fails }) {
    this.networks = new Networks(["decoder"], { live: runs, failed: fails });
    this.given = null;
  }

  // null until it runs.
  get network() {
    return this.networks.running?.decoder ?? null;
  }

  // given: from ui/browser_networks.py, null if the model has none. Returns whether it has changed.
  connect(given = null) {
    if (given?.sha256 === this.given?.sha256) return false;
    if (given) this.networks.connect({ decoder: given }, !this.given);
    else this.networks.stop();
    this.given = given;
    return true;
  }

  // The picture (1, C, H, W) of a code {data, dims}; null if nothing runs, or this lane has a newer request.
  async picture(z, lane) {
    const output = await this.networks.run("decoder", { z: floats([1, z.length], z) }, lane);
    return output?.picture ?? null;
  }

  stop() {
    this.networks.stop();
    this.given = null;
  }
}
