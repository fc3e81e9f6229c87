// Keeps a text in this tab, and returns it to a server that does not have it: another one than the sender, or the same
// one after it has forgotten the visit.

import { mount } from "../lib/mount.js";

const PREFIX = "latent lab, kept: ";

class Kept {
  receive({ name, visit, text }) {
    const place = PREFIX + name;
    if (text !== null) {
      this.store(place, { visit, text });
      return;
    }
    const kept = this.read(place);
    if (!kept) return;
    if (kept.visit === visit) this.remove(place);
    else if (this.asked !== visit) this.request("back", kept.text);
    this.asked = visit; // a server that does not accept it is not asked again
  }

  // Reports when storing starts to fail, and when it works again.
  store(place, kept) {
    let stored = true;
    try {
      sessionStorage.setItem(place, JSON.stringify(kept));
    } catch {
      stored = false; // full, or not allowed
      this.remove(place);
    }
    if (stored !== (this.stored ?? true)) this.request("stored", stored);
    this.stored = stored;
  }

  read(place) {
    try {
      return JSON.parse(sessionStorage.getItem(place));
    } catch {
      return null;
    }
  }

  remove(place) {
    try {
      sessionStorage.removeItem(place);
    } catch {
      // storage is not allowed
    }
  }
}

export default mount(Kept);
