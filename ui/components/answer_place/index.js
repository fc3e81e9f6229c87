// The axis or plane on which a participant of a room gives the expected answer, and then the answers of the class.

import { answerPlace } from "../lib/answer_place.js";
import { mount } from "../lib/mount.js";

class Place {
  constructor(root) {
    this.frame = root.querySelector(".frame");
  }

  // Unchanged data are ignored: a room is polled every second or two.
  receive(data) {
    const state = JSON.stringify(data);
    if (state === this.state) return;
    this.state = state;
    this.frame.classList.toggle("projected", data.projected);
    this.frame.replaceChildren(answerPlace(data.asked, data.words, (answer) => this.request("answer", { answer, at: Date.now() })));
  }
}

export default mount(Place);
