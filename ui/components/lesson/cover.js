// What the page's style blurs until a question is answered (ui/lesson/strip.py) cannot be reached by key or read out, either.

const STRIP = "[data-testid=stLayoutWrapper]:has(> .st-key-lesson_strip)", ROOM = ":has(> .st-key-classroom)";

export class Cover {
  constructor() {
    this.on = false;
    this.watcher = new MutationObserver(() => this.update()); // pages are drawn piece by piece
  }

  set(on) {
    this.on = on;
    const page = document.querySelector(STRIP)?.parentElement;
    this.watcher.disconnect();
    if (on && page) this.watcher.observe(page, { childList: true, subtree: true }); // a room's bar is known by what comes into it later
    this.update();
  }

  update() {
    const covered = this.on ? [...document.querySelectorAll(`${STRIP} ~ :not(${ROOM})`)] : [];
    for (const element of document.querySelectorAll("[data-covered]")) {
      if (!covered.includes(element)) mark(element, false);
    }
    for (const element of covered) mark(element, true);
  }
}

function mark(element, covered) {
  element.inert = covered;
  element.toggleAttribute("data-covered", covered);
}
