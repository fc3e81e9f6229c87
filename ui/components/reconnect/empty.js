// Streamlit 1.67 empties a page if a report of the previous page arrives after the change of page: from a button pressed, or a
// component's request, while the server was already sending another page. The page is then requested again.

const PAGE = "[data-testid=stMain] [data-testid=stVerticalBlock]";
const EVERY = 200; // ms
const AFTER = 10; // checks after a run: a busy browser draws late
const EMPTY = 4; // consecutive checks that find an empty page
const MOST = 3; // consecutive times that a page is requested

export class Refill {
  constructor(isIdle) {
    Object.assign(this, { isIdle, had: false, empty: 0, times: 0 });
  }

  // Call it when a run may have begun or ended.
  watch() {
    this.looks = this.empty = 0;
    this.look();
  }

  look() {
    clearTimeout(this.timer);
    // The element of the caller is on every page and is never removed; every page has more.
    if (document.querySelector(PAGE)?.childElementCount !== 1) Object.assign(this, { had: true, empty: 0 });
    else if (this.had && this.isIdle()) this.empty += 1;
    if (this.empty === EMPTY) this.fill();
    else if (this.looks++ < AFTER) this.timer = setTimeout(() => this.look(), EVERY);
    else if (!this.empty) this.times = 0;
  }

  fill() {
    if (this.times++ < MOST) dispatchEvent(new PopStateEvent("popstate")); // like Back to this address
  }

  stop() {
    clearTimeout(this.timer);
  }
}
