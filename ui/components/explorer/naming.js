// The class of the current picture. A classifier takes longer than most decoders, and both run in one worker: it
// classifies only the newest picture, and then rests for twice as long as that took, so that pictures stay fluent.

import { Classes, best, percent } from "../lib/classes.js";
import { network } from "../lib/onnx.js";

export class Naming {
  // ready(): the classifier runs.
  constructor(box, ready) {
    Object.assign(this, { box, ready, list: new Classes(box.querySelector("ol")), given: null, network: null, next: null });
  }

  // given: from ui/classifiers.py, null if the model's pictures have no classes.
  update(given = null) {
    this.box.hidden = !given;
    if (given?.network.sha256 === this.given?.network.sha256) return;
    Object.assign(this, { given, network: null, next: null });
    if (!given) return;
    this.list.names = given.classes;
    const share = (100 * given.accuracy).toFixed(1);
    this.box.title = `Softmax of the logits of a classifier that classifies ${share}% of the test images correctly. It always chooses one of its classes, whatever the picture shows.`;
  }

  // Called when the decoder runs; the classifier is loaded after it.
  async start() {
    const { given } = this;
    if (!given || this.network) return;
    this.network = network(given.network);
    const reason = await this.network.ready;
    if (this.given !== given) return;
    if (reason === null) this.ready();
    else this.box.hidden = true;
  }

  // The most probable class of a picture and its probability, as words; "" if unknown.
  async caption(picture) {
    const { network: classifier, given } = this;
    const output = await classifier?.run({ x: picture }, "favourites");
    if (!output || this.given !== given) return "";
    const [[index, probability]] = best(output.logits.data, 1);
    return `${given.classes[index]}, ${percent(probability)}`;
  }

  // picture: {data, dims} from a decoder.
  look(picture) {
    this.next = picture;
    if (!this.looking) this.looking = this.lookOn().finally(() => (this.looking = null));
  }

  async lookOn() {
    while (this.next && this.network) {
      const x = this.next, { network: classifier } = this, began = performance.now();
      this.next = null;
      const output = await classifier.run({ x });
      if (output && classifier === this.network) this.list.show(output.logits.data);
      await new Promise((resolve) => setTimeout(resolve, 2 * (performance.now() - began)));
    }
  }

  // The current picture's class is unknown.
  forget() {
    this.next = null;
    this.list.show(null);
  }
}
