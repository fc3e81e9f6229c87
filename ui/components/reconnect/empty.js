// Streamlit 1.67 empties a page when something of the page before is reported behind the change of page: a button that was
// pressed, or what a component asked for, while the server was already sending another page. It is then asked for again.

const PAGE = "[data-testid=stMain] [data-testid=stVerticalBlock]";
const EVERY = 200; // ms
const AFTER = 10; // looks after a run: a busy browser draws late
const EMPTY = 4; // of them in a row at an empty page
const MOST = 3; // times in a row that a page is asked for

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
    // What calls this stands on every page and is never taken away; every page has more.
    if (document.querySelector(PAGE)?.childElementCount !== 1) Object.assign(this, { had: true, empty: 0 });
    else if (this.had && this.isIdle()) this.empty += 1;
    if (this.empty === EMPTY) this.fill();
    else if (this.looks++ < AFTER) this.timer = setTimeout(() => this.look(), EVERY);
    else if (!this.empty) this.times = 0;
  }

  fill() {
    if (this.times++ < MOST) dispatchEvent(new PopStateEvent("popstate")); // as Back to this address
  }

  stop() {
    clearTimeout(this.timer);
  }
}
