// What the page's style blurs until a question is answered (ui/lesson/strip.py) cannot be reached by key or read out, either.

const STRIP = "[data-testid=stLayoutWrapper]:has(> .st-key-lesson_strip)", ROOM = ":has(.st-key-classroom)";

export class Cover {
  constructor() {
    this.on = false;
    this.watcher = new MutationObserver(() => this.update()); // pages are drawn piece by piece
  }

  set(on) {
    this.on = on;
    this.watcher.disconnect();
    const main = document.querySelector("[data-testid=stMain]") ?? document.body;
    if (on) this.watcher.observe(main, { childList: true, subtree: true }); // a room's bar is known by what comes later
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
