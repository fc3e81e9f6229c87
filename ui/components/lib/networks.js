// The networks of one model in the browser: loaded after the first picture, or given up with a reason.

import { network } from "./onnx.js";

const PAUSE = 300; // ms from a change of the model until its networks are loaded, since the user may only be passing it
const PATIENCE = 20_000; // ms until the server takes over, though the networks may still arrive

export class Networks {
  // needed: names of the required parts. live(): they run; failed(reason): they do not, not yet or no longer, a clause
  // that follows "because", for the model that was requested last.
  constructor(needed, { live, failed }) {
    const late = needed.length > 1 ? "the networks are not here yet" : "the network is not here yet";
    Object.assign(this, { needed, live, failed, late, running: null });
  }

  // given: {name: the part from ui/browser_networks.py, or null}. soon: right after the first picture, without a pause.
  connect(given, soon) {
    this.stop();
    this.given = given;
    const start = () => this.load(given);
    if (this.needed.some((name) => !given[name])) this.failed("this model has no networks for browsers");
    else this.starting = setTimeout(start, soon ? 0 : PAUSE);
  }

  async load(given) {
    this.waiting = setTimeout(() => this.given === given && this.failed(this.late), PATIENCE);
    const parts = Object.entries(given).filter(([, one]) => one).map(([name, one]) => [name, network(one)]);
    const loaded = Object.fromEntries(parts);
    const reasons = await Promise.all(this.needed.map((name) => loaded[name].ready));
    if (this.given !== given) return;
    clearTimeout(this.waiting);
    const reason = reasons.find((each) => each !== null);
    if (reason !== undefined) return this.failed(reason);
    this.running = loaded;
    Promise.race(this.needed.map((name) => loaded[name].over)).then((over) => {
      if (this.running !== loaded) return;
      this.running = null;
      this.failed(over);
    });
    this.live();
  }

  // The outputs of a part; null if it does not run, this lane has a newer request, or another model was chosen
  // meanwhile.
  async run(part, inputs, lane) {
    const { running } = this, outputs = await running?.[part]?.run(inputs, lane);
    return outputs && running === this.running ? outputs : null;
  }

  stop() {
    clearTimeout(this.starting);
    clearTimeout(this.waiting);
    Object.assign(this, { given: null, running: null });
  }
}
