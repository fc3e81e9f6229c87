// Covers the page while there is no connection to the server, and until the page has run again.
//
// A server that was started again knows nothing of this page, and Streamlit asks it for pieces of the page, which it does
// not have: what is pressed then would be lost. So the page is covered, and the report "back" lets all of it run.

import { mount } from "../lib/mount.js";

const STATE = "data-test-connection-state"; // of Streamlit's own root

class Reconnect {
  constructor(root) {
    this.cover = root.querySelector(".cover");
  }

  // New data come from the end of a run.
  receive() {
    if (!this.lost) this.cover.hidden = true;
    this.watcher ??= this.watch(document.querySelector("[data-testid=stApp]"));
  }

  watch(app) {
    const watcher = new MutationObserver(() => {
      const connected = app.getAttribute(STATE) === "CONNECTED";
      if (connected && this.lost) this.request("back", Date.now());
      this.lost = !connected;
      if (this.lost) this.cover.hidden = false;
    });
    watcher.observe(app, { attributes: true, attributeFilter: [STATE] });
    return watcher;
  }

  stop() {
    this.watcher?.disconnect();
  }
}

export default mount(Reconnect);
