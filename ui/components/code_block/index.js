// Code that can be copied. Its parts come with their kinds, and style.css has the colours.

import { mount } from "../lib/mount.js";

const SAID = 2000; // ms for which the button says what it did

class CodeBlock {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.box, this.code, this.button, this.words] = [".block", "code", "button", "[role=status]"].map(find);
    this.button.addEventListener("click", () => this.copy());
  }

  stop() {
    clearTimeout(this.timer);
  }

  receive({ tokens, wrap }) {
    this.code.replaceChildren(...tokens.map(([kind, text]) => span(kind, text)));
    this.box.classList.toggle("wrap", wrap);
  }

  // Browsers have a clipboard for pages of https and of this machine; elsewhere the selected text is copied.
  async copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      this.say("Copied");
    } catch {
      getSelection().selectAllChildren(this.code);
      this.say(document.execCommand("copy") ? "Copied" : "Selected: press Ctrl-C");
    }
  }

  say(words) {
    this.words.textContent = words;
    this.button.classList.toggle("said", Boolean(words));
    clearTimeout(this.timer);
    if (words) this.timer = setTimeout(() => this.say(""), SAID);
  }
}

function span(kind, text) {
  const element = document.createElement("span");
  Object.assign(element, { className: kind, textContent: text });
  return element;
}

export default mount(CodeBlock);
