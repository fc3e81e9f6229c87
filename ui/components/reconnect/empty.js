// Streamlit 1.67 empties a page when something of the page before is reported behind the change of page: a button that was
// pressed, or what a component asked for, while the server was already sending another page. It is then asked for again.

const PAGE = "[data-testid=stMain] [data-testid=stVerticalBlock]";
const SETTLED = 100; // ms after the end of a run, in which Streamlit takes away what is no longer there
const MOST = 3; // times in a row

export class Refill {
  constructor(isIdle) {
    Object.assign(this, { isIdle, times: 0 });
  }

  // Call it when a run may have ended.
  look() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.isIdle() && this.fill(), SETTLED);
  }

  // What calls this stands on every page and is never taken away; every page has more.
  fill() {
    if (document.querySelector(PAGE)?.childElementCount !== 1) this.times = 0;
    else if (this.times++ < MOST) dispatchEvent(new PopStateEvent("popstate")); // as Back to this address
  }

  stop() {
    clearTimeout(this.timer);
  }
}
