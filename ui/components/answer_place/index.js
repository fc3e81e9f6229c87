// The place where somebody in a room expects the answer, and then those of the class.

import { answerPlace } from "../lib/answer_place.js";
import { mount } from "../lib/mount.js";

class Place {
  constructor(root) {
    this.frame = root.querySelector(".frame");
  }

  // What stands is left alone until something else comes: a room is asked for news every second or two.
  receive(data) {
    const state = JSON.stringify(data);
    if (state === this.state) return;
    this.state = state;
    this.frame.classList.toggle("projected", data.projected);
    this.frame.replaceChildren(answerPlace(data.asked, data.words, (answer) => this.request("answer", { answer, at: Date.now() })));
  }
}

export default mount(Place);
