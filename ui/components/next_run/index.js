// Messages arrive in order: after the last element of a run all others have arrived.

import { mount } from "../lib/mount.js";

class NextRun {
  receive({ number, connection }) {
    const one = `${number} ${connection}`;
    if (one !== this.said) this.request("drawn", number); // an element drawn again without a run was already reported
    this.said = one;
  }
}

export default mount(NextRun);
