// A page to draw on. Every finished stroke reports the whole page once, as a PNG.

import { bitmap } from "../lib/decode.js";
import { mount } from "../lib/mount.js";
import { Pen } from "../lib/pen.js";

const PAUSE = 200; // ms after a stroke: the dot of an i belongs to it

class Drawing {
  constructor(root) {
    this.pen = new Pen(root.querySelector(".drawing"), { drawn: () => clearTimeout(this.timer), finished: () => this.tell() });
  }

  // A drawing from before the page was left, or one kept by the browser for another server, is restored once;
  // afterwards only the user draws.
  async receive({ label, picture, again = 0 }) {
    this.pen.label = label;
    const known = this.again === again;
    this.again = again;
    if (known || !picture) return;
    const drawn = await bitmap(picture);
    if (this.pen.untouched) this.pen.lay(drawn);
  }

  stop() {
    clearTimeout(this.timer);
  }

  tell() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report("drawn", this.pen.canvas.toDataURL("image/png")), PAUSE);
  }
}

export default mount(Drawing);
