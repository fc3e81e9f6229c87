// The presenter's tools: keys and a small bar for full screen, pointer, black screen, time, notes and menu.

import { enlarged } from "../lib/canvas.js";
import { mount } from "../lib/mount.js";
import { Begun } from "./begun.js";
import { timing } from "./clock.js";
import { wish } from "./keys.js";
import { Speaker } from "./speaker.js";

const MENU = "data-presenter-menu"; // of the document: the side bar is there (ui/presenting/style.py)
const LINK = "[data-testid=stSidebar] a[href]";
const ARROWS = { next: "ArrowRight", previous: "ArrowLeft" }; // handled by the strip of a lesson
const ASKED = ["next", "previous", "black"]; // requests that the second window may send
const OPEN = "[data-testid=stPopoverBody], [role=dialog], [role=listbox]"; // of Streamlit: Esc closes it
const NO_WINDOW = "This browser allows no second window: allow pop-ups for this address, and press N again.";
const NO_SCREEN = "This browser has no full screen for pages: use its own key, often F11.";

class Presenter {
  constructor(root) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    [this.dark, this.dot, this.list, this.sentence] = [".dark", ".dot", ".keys", ".sentence"].map(this.find);
    this.begun = new Begun();
    this.speaker = new Speaker(this.begun.id, (name) => ASKED.includes(name) && this[name]());
    this.gone = new AbortController();
    const { signal } = this.gone, first = { signal, capture: true };
    for (const button of root.querySelectorAll("[data-does]")) button.addEventListener("click", () => this[button.dataset.does]());
    addEventListener("keydown", (event) => this.wake(event), first);
    addEventListener("pointerdown", (event) => this.wake(event), first);
    addEventListener("keydown", (event) => this.key(event), { signal });
    addEventListener("pointermove", (event) => this.follow(event), { ...first, passive: true });
    addEventListener("click", ({ target }) => target.closest?.(LINK) && this.chosen(), { signal });
    document.addEventListener("fullscreenchange", () => this.press("screen", Boolean(document.fullscreenElement)), { signal });
    this.timer = setInterval(() => this.tick(), 1000);
  }

  receive(data) {
    this.data = data;
    this.find(".bar").hidden = false; // now keys and buttons work
    this.begun.step(data.notes.identity);
    this.press("screen", Boolean(document.fullscreenElement));
    this.tick();
  }

  // ---- keys

  // While the screen is black, the first key or press only ends the black screen.
  wake(event) {
    if (this.dark.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.black();
  }

  key(event) {
    const name = wish(event, event.composedPath()[0]);
    if (name === null) return;
    if (name === "escape") {
      const open = document.querySelector(OPEN);
      setTimeout(() => open || event.defaultPrevented || this.escape()); // after all other listeners
      return;
    }
    if (ARROWS[name] && !this.data.notes.lesson) return; // the page scrolls instead
    event.preventDefault();
    this[name]();
  }

  escape() {
    if (!this.list.hidden) this.keys();
    else if (document.documentElement.hasAttribute(MENU)) this.menu();
    else if (document.fullscreenElement) document.exitFullscreen();
    else this.leave();
  }

  next() {
    this.turn("next");
  }

  previous() {
    this.turn("previous");
  }

  turn(name) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ARROWS[name], bubbles: true, cancelable: true }));
  }

  // ---- what they do

  async screen() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      this.say(NO_SCREEN);
    }
  }

  black() {
    this.dark.hidden = !this.dark.hidden;
    if (!this.dark.hidden) this.dark.showPopover?.(); // above everything
    else if (this.dark.matches(":popover-open")) this.dark.hidePopover();
  }

  pointer() {
    this.dot.hidden = !this.dot.hidden;
    this.press("pointer", !this.dot.hidden);
    if (!this.dot.hidden) {
      this.dot.showPopover?.();
      this.put();
    } else if (this.dot.matches(":popover-open")) this.dot.hidePopover();
  }

  follow({ clientX, clientY }) {
    this.mouse = [clientX, clientY];
    if (!this.dot.hidden) this.put();
  }

  put() {
    const zoom = enlarged(this.dot);
    if (this.mouse) this.dot.style.translate = this.mouse.map((place) => `${place / zoom}px`).join(" ");
  }

  notes() {
    if (!this.speaker.open(this.data.address)) this.say(NO_WINDOW);
  }

  menu() {
    this.press("menu", document.documentElement.toggleAttribute(MENU));
  }

  keys() {
    this.list.hidden = !this.list.hidden;
    this.press("keys", !this.list.hidden);
  }

  restart() {
    this.begun.restart();
    this.tick();
  }

  leave() {
    this.begun.end();
    if (document.fullscreenElement) document.exitFullscreen();
    this.request("leave", { at: Date.now() });
  }

  // ---- what is seen

  press(name, on) {
    this.find(`[data-does=${name}]`).setAttribute("aria-pressed", String(on));
  }

  say(sentence) {
    this.sentence.textContent = sentence;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (this.sentence.textContent = ""), 8000);
  }

  // A page of the menu: it has done what it was opened for.
  chosen() {
    if (document.documentElement.hasAttribute(MENU)) this.menu();
  }

  tick() {
    if (!this.data) return;
    const { since, stepSince } = this.begun, { notes } = this.data, times = timing({ since, stepSince, now: Date.now() }, notes.lesson);
    const parts = times.map(({ name, text, over }) => {
      const part = document.createElement("span");
      part.textContent = `${name} ${text}`.trim();
      part.classList.toggle("over", over);
      return part;
    });
    this.find(".time").replaceChildren(...parts);
    this.speaker.say(notes, times);
  }

  stop() {
    this.gone.abort();
    clearInterval(this.timer);
    clearTimeout(this.quiet);
    this.speaker.stop();
    document.documentElement.removeAttribute(MENU);
  }
}

export default mount(Presenter);
