// Messages come in order: who hears of a run's last element has the others.

import { mount } from "../lib/mount.js";

class NextRun {
  receive({ number, connection }) {
    const one = `${number} ${connection}`;
    if (one !== this.said) this.request("drawn", number); // what is drawn again without a run has been said
    this.said = one;
  }
}

export default mount(NextRun);
