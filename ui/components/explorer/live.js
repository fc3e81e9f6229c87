// The decoder of the model in the browser.

import { Networks } from "../lib/networks.js";
import { floats } from "../lib/onnx.js";

export class Live {
  // runs(): the network is there. fails(reason): it is not, or not yet; a clause that follows "because".
  constructor({ runs, fails }) {
    this.networks = new Networks(["decoder"], { live: runs, failed: fails });
    this.given = null;
  }

  // null until it runs.
  get network() {
    return this.networks.running?.decoder ?? null;
  }

  // given: of ui/browser_networks.py, null where the model has none. Whether it is another one than before.
  connect(given = null) {
    if (given?.sha256 === this.given?.sha256) return false;
    if (given) this.networks.connect({ decoder: given }, !this.given);
    else this.networks.stop();
    this.given = given;
    return true;
  }

  // The picture (1, C, H, W) of a code {data, dims}, or null: nothing runs, or a newer one of this lane was asked for.
  async picture(z, lane) {
    const output = await this.networks.run("decoder", { z: floats([1, z.length], z) }, lane);
    return output?.picture ?? null;
  }

  stop() {
    this.networks.stop();
    this.given = null;
  }
}
