// Codes kept by the user, with their pictures: for this tab and model, also after a reload. Only the browser stores them.

import { bytes } from "../lib/decode.js";
import { image } from "../lib/pixels.js";
import { element } from "../lib/element.js";

const MOST = 12;
const HINTS = {
  0: "Keep codes that you like. Walk can lead from one to the next.",
  1: "Keep one more, and Walk can lead from one to the other.",
  [MOST]: `At most ${MOST} codes can be kept. Forget one to keep another.`,
};

export class Favourites {
  // code(): the code z to keep. picture(z): the decoder's output, {data, dims} or null. caption(picture): the
  // classifier's class, may be "". go(z, words): take it. changed(): favourites were added or removed.
  constructor(root, { code, picture, caption, go, changed }) {
    Object.assign(this, { picture, caption, go, changed, codes: [] });
    this.box = root.querySelector(".favourites");
    [this.strip, this.hint, this.keep] = [".kept", ".hint", ".keep"].map((name) => this.box.querySelector(name));
    this.keep.addEventListener("click", () => this.set([...this.codes, Float32Array.from(code())]));
  }

  // Show those of a model whose network runs.
  open(model, latent) {
    this.box.hidden = false;
    this.stored = `latent-lab favourites ${model}`;
    this.show(read(this.stored).filter((code) => code.length === latent && code.every(Number.isFinite)));
  }

  close() {
    this.box.hidden = true;
    this.show([]);
  }

  set(codes) {
    write(this.stored, codes);
    this.show(codes);
  }

  show(codes) {
    this.codes = codes;
    this.hint.textContent = HINTS[codes.length] ?? "";
    this.keep.disabled = codes.length >= MOST;
    this.strip.replaceChildren(...codes.map((code, k) => this.item(code, k)));
    this.changed();
    this.draw();
  }

  item(code, k) {
    const item = element("div", { className: "favourite" }), words = `Favourite ${k + 1}`;
    const take = element("button", { type: "button", title: words });
    take.setAttribute("aria-label", `Go to favourite ${k + 1}`);
    take.append(element("canvas"));
    take.addEventListener("click", () => this.go(code, words));
    const forget = element("button", { type: "button", className: "forget", textContent: "×", title: "Forget it" });
    forget.setAttribute("aria-label", `Forget favourite ${k + 1}`);
    forget.addEventListener("click", () => {
      this.set(this.codes.filter((one) => one !== code));
      this.keep.focus();
    });
    item.append(take, forget, element("small", { textContent: k + 1 }));
    return item;
  }

  describe(k, caption) {
    const item = this.strip.children[k], words = `Favourite ${k + 1}: ${caption}`;
    item.querySelector("small").textContent = `${k + 1}: ${caption}`;
    item.firstChild.title = words;
    item.firstChild.setAttribute("aria-label", `Go to favourite ${k + 1}: ${caption}`);
  }

  // One picture after another, so that a drag never waits for more than one.
  async draw() {
    const { codes } = this;
    for (const [k, code] of codes.entries()) {
      const picture = await this.picture(code);
      if (codes !== this.codes) return;
      if (!picture) continue;
      const canvas = this.strip.children[k].querySelector("canvas"), drawn = image(picture);
      Object.assign(canvas, { width: drawn.width, height: drawn.height });
      canvas.getContext("2d").putImageData(drawn, 0, 0);
      const caption = await this.caption(picture);
      if (codes !== this.codes) return;
      if (caption) this.describe(k, caption);
    }
  }
}

// Storage may be unavailable (a private window, a page from a disk): then favourites last as long as the page.
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]").map((text) => new Float32Array(bytes(text).buffer));
  } catch {
    return [];
  }
}

function write(key, codes) {
  try {
    const texts = codes.map(({ buffer }) => btoa(String.fromCharCode(...new Uint8Array(buffer))));
    sessionStorage.setItem(key, JSON.stringify(texts));
  } catch {
    // kept in the page
  }
}
