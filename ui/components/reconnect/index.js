// Covers the page while there is no connection to the server, and until the page has run again.
//
// A restarted server knows nothing of this page, and Streamlit asks it for pieces of the page that it does not have:
// input at that time would be lost. So the page is covered, and the report "back" reruns all of it.

import { mount } from "../lib/mount.js";
import { Refill } from "./empty.js";
import { lostWith } from "./lost.js";
import { sentenceOfProxy } from "./proxy.js";

const STATE = "data-test-connection-state", RUNS = "data-test-script-state"; // on Streamlit's root element
const IDLE = "notRunning";

class Reconnect {
  constructor(root) {
    this.cover = root.querySelector(".cover");
    this.note = root.querySelector(".note");
    this.refill = new Refill(() => this.idle);
    root.querySelector("button").addEventListener("click", () => { this.note.hidden = true; });
  }

  // New data come from the beginning of a run.
  receive(data) {
    this.app ??= document.querySelector("[data-testid=stApp]");
    this.watcher ??= this.watch(this.app);
    this.newRun = data.run;
    this.uncover();
    this.say(lostWith(this.data, data));
    this.data = data;
    if (data.replica && !this.asked) this.askProxy(data.replica);
  }

  get idle() {
    return (this.app?.getAttribute(RUNS) ?? IDLE) === IDLE;
  }

  // When the whole page has run after the connection was lost.
  uncover() {
    if (this.lost || this.newRun === this.run || !this.idle) return;
    this.cover.hidden = true;
    this.run = this.newRun;
    dispatchEvent(new Event("page has run again")); // lib/mount.js sends the reports that waited
  }

  async askProxy(replica) {
    this.asked = true;
    this.say(await sentenceOfProxy(replica));
  }

  say(sentence) {
    if (!sentence) return;
    this.note.querySelector("span").textContent = sentence;
    this.note.hidden = false;
  }

  watch(app) {
    const watcher = new MutationObserver(() => {
      const connected = app.getAttribute(STATE) === "CONNECTED";
      if (connected && this.lost) this.request("back", Date.now());
      this.lost = !connected;
      if (this.lost) this.cover.hidden = false;
      this.uncover();
      this.refill.watch();
    });
    watcher.observe(app, { attributes: true, attributeFilter: [STATE, RUNS] });
    return watcher;
  }

  stop() {
    this.watcher?.disconnect();
    this.refill.stop();
  }
}

export default mount(Reconnect);
