// The networks of one model in the browser: encoder, decoder and, where there is one, the classifier of its data set.

import { network } from "../lib/onnx.js";

const PAUSE = 300; // ms from a change of the model until its networks are loaded: somebody may only pass by
const PATIENCE = 20_000; // ms until the server does, though the networks may still come

export class Networks {
  // live(): they run; failed(reason): they do not, a clause, for the model that was asked for last.
  constructor({ live, failed }) {
    Object.assign(this, { live, failed, running: null });
  }

  // given: {encoder, decoder, classifier} of ui/browser_networks.py. soon: at once, behind the first picture.
  connect(given, soon) {
    this.stop();
    this.given = given;
    const start = () => this.load(given);
    if (!given.encoder || !given.decoder) this.failed("this model has no networks for browsers");
    else this.starting = setTimeout(start, soon ? 0 : PAUSE);
  }

  async load(given) {
    this.waiting = setTimeout(() => this.given === given && this.failed("the networks are not here yet"), PATIENCE);
    const parts = Object.entries(given).filter(([, one]) => one).map(([name, one]) => [name, network(one)]);
    const loaded = Object.fromEntries(parts);
    const reasons = await Promise.all([loaded.encoder.ready, loaded.decoder.ready]);
    if (this.given !== given) return;
    clearTimeout(this.waiting);
    const reason = reasons.find((each) => each !== null);
    if (reason !== undefined) return this.failed(reason);
    this.running = loaded;
    this.live();
  }

  // The outputs of a part; null where it does not run, a newer request came first, or another model was chosen meanwhile.
  async run(part, inputs) {
    const { running } = this, outputs = await running?.[part]?.run(inputs);
    return outputs && running === this.running ? outputs : null;
  }

  stop() {
    clearTimeout(this.starting);
    clearTimeout(this.waiting);
    Object.assign(this, { given: null, running: null });
  }
}
